package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.session.Action;
import org.lambdascope.app.session.CommandLines;

/**
 * Does what was done in a window once more, without one. What the commands write goes into numbered
 * folders, one per action, so that nothing is written over; of the program's commands only those
 * are run that compute or draw, since a session may come from somebody else.
 */
final class HistoryReplay {

  private static final Set<String> COMMANDS =
      Set.of("info", "score", "generate", "probe", "run", "figure");

  /** Options that name what is written. */
  private static final Set<String> OUTPUTS = Set.of("--out", "--json", "--caption", "--store");

  private final Terminal terminal;
  private final Samples samples;
  private final Path into;

  /** Folders of runs, which are resumed where the replay has them, by where the window had them. */
  private final Map<String, Path> runs = new HashMap<>();

  /**
   * Writes below a folder.
   *
   * @param into made if it is not there
   */
  HistoryReplay(Terminal terminal, Samples samples, Path into) {
    this.terminal = terminal;
    this.samples = samples;
    this.into = into;
  }

  /**
   * Does everything in its order; what fails does not stop what follows.
   *
   * @return the exit status
   */
  int run(List<Action> history) throws IOException {
    int failed = 0;
    for (int i = 0; i < history.size(); i++) {
      Action action = history.get(i);
      terminal.out().println("# %s %s".formatted(action.at(), action.what()));
      Path folder = into.resolve(String.format(Locale.ROOT, "%03d", i + 1));
      for (String line : action.command().lines().filter(l -> !l.startsWith("#")).toList()) {
        int status = run(line, folder);
        if (status == ExitStatus.INTERRUPTED) {
          return status;
        }
        failed += status == ExitStatus.OK ? 0 : 1;
      }
    }
    if (failed > 0) {
      terminal.note("%d commands of the history failed".formatted(failed));
    }
    return failed == 0 ? ExitStatus.OK : ExitStatus.FAILURE;
  }

  private int run(String line, Path folder) throws IOException {
    List<String> words;
    try {
      words = CommandLines.words(line);
    } catch (IllegalArgumentException e) {
      terminal.note(String.valueOf(e.getMessage()));
      return ExitStatus.FAILURE;
    }
    if (words.size() > 1 && words.get(1).equals(GuiCommand.NAME)) {
      return ExitStatus.OK; // histories of earlier versions: it opened the window
    }
    if (words.size() < 2
        || !words.getFirst().equals(CommandLines.PROGRAM)
        || !COMMANDS.contains(words.get(1))) {
      terminal.note("expected one of the commands that a window logs, found: " + line);
      return ExitStatus.FAILURE;
    }
    return new CommandLineRunner(terminal, samples, (model, text) -> {})
        .run(redirected(words, folder).toArray(String[]::new));
  }

  /** The command's words, with what it writes below a folder. */
  private List<String> redirected(List<String> words, Path folder) throws IOException {
    List<String> out = new ArrayList<>(words.subList(1, words.size()));
    boolean run = out.getFirst().equals("run");
    for (int i = 1; i < out.size(); i++) {
      String option = out.get(i - 1);
      if (OUTPUTS.contains(option)) {
        out.set(i, place(out.get(i), folder, run && out.contains("--resume"), run).toString());
      }
    }
    if (run) {
      out.addAll(List.of("--store", into.resolve("runs.duckdb").toString()));
    }
    return out;
  }

  private Path place(String named, Path folder, boolean resume, boolean run) throws IOException {
    Path known = runs.get(named);
    if (resume && known != null) {
      return known;
    }
    Files.createDirectories(folder);
    Path place = folder.resolve(String.valueOf(Path.of(named).getFileName()));
    if (run) {
      runs.put(named, place);
    }
    return place;
  }
}
