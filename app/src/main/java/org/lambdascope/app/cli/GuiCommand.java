package org.lambdascope.app.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Opens the window. */
@Command(
    name = GuiCommand.NAME,
    description = {
      "Open the window, with a model and a text if they are given; else the bundled ones run."
    },
    sortOptions = false,
    footer = {
      "",
      "A session file alone does: lambdascope work.lambdascope",
      "",
      "Example:",
      "  lambdascope gui models/llama book.txt"
    })
final class GuiCommand implements Callable<Integer> {

  static final String NAME = "gui";

  private static final String WITHOUT_WINDOW =
      "; the commands demo, info, tokenize, logits, score, generate and probe work without one";

  private final Terminal terminal;
  private final Samples samples;
  private final WindowOpener window;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description = {
        "A Hugging Face folder, a GGUF file, the name of a bundled model,",
        "or a session (.lambdascope), which needs no TEXT."
      })
  private @Nullable Path model;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "A text file, in UTF-8, or the name of a bundled document.")
  private @Nullable Path text;

  GuiCommand(Terminal terminal, Samples samples, WindowOpener window) {
    this.terminal = terminal;
    this.samples = samples;
    this.window = window;
  }

  @Override
  public Integer call() {
    if (!hasDisplay(
        System.getProperty("os.name", ""),
        System.getProperty("glass.platform", ""),
        System.getenv())) {
      throw new CliException(
          ExitStatus.NO_DISPLAY, "there is no display for the window" + WITHOUT_WINDOW);
    }
    terminal.out().flush();
    try {
      window.open(
          Optional.ofNullable(model).map(samples::modelOr),
          Optional.ofNullable(text).map(samples::documentOr));
    } catch (UnsupportedOperationException | UnsatisfiedLinkError e) {
      throw new CliException(ExitStatus.NO_DISPLAY, noWindow(e), e);
    }
    return ExitStatus.OK;
  }

  /** What stands in the way of the window, from what JavaFX threw when it started. */
  static String noWindow(Throwable thrown) {
    StringBuilder messages = new StringBuilder();
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      messages.append(e.getMessage()).append(' ');
    }
    String all = messages.toString();
    String reason;
    if (all.toLowerCase(Locale.ROOT).contains("gtk")) {
      reason =
          "the window needs GTK 3, which is not installed (package libgtk-3-0 on Debian and Ubuntu, gtk3 on Fedora and Arch)";
    } else if (all.contains("DISPLAY")) {
      reason = "the display for the window cannot be opened";
    } else {
      reason = "the window cannot be opened: " + thrown.getMessage();
    }
    return reason + WITHOUT_WINDOW;
  }

  /** Whether a window can open; JavaFX's headless platform needs no display. */
  static boolean hasDisplay(String system, String glassPlatform, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (glassPlatform.equalsIgnoreCase("headless")
        || name.startsWith("windows")
        || name.startsWith("mac")) {
      return true;
    }
    return !environment.getOrDefault("DISPLAY", "").isEmpty()
        || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
  }
}
