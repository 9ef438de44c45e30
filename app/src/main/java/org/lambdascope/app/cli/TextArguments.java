package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.tokenizer.Tokenizer;
import picocli.CommandLine.Option;

/** The text that a command reads, and how it becomes tokens. */
final class TextArguments {

  @Option(names = "--file", required = true, paramLabel = "F", description = "The text, in UTF-8.")
  private Path file = Path.of("");

  @Option(
      names = "--length",
      paramLabel = "N",
      description = {
        "Use the first N tokens, BOS counted; all by default.",
        "A shorter text is used whole, with a note."
      })
  private @Nullable Integer length;

  @Option(
      names = "--no-bos",
      description = "Do not put BOS in front, even where the model's configuration does.")
  private boolean noBos;

  Path file() {
    return file;
  }

  void check() {
    if (length != null) {
      ModelArguments.atLeast("--length", length, 2);
    }
  }

  void requireLength() {
    if (length == null) {
      throw CliException.usage("expected --length=N");
    }
  }

  /** Reads the text, before a model is opened. */
  String read() throws IOException {
    return TextFiles.read(file);
  }

  /** The tokens to use: at least 2. */
  int[] tokens(Tokenizer tokenizer, String text, Terminal terminal) {
    int[] all = tokenizer.encode(text, !noBos && tokenizer.addsBosByDefault());
    if (all.length < 2) {
      throw CliException.failure(
          "%s: expected a text of at least 2 tokens, found %d".formatted(file, all.length));
    }
    if (length == null || length == all.length) {
      return all;
    }
    if (length > all.length) {
      terminal.note(
          "%s: the text has %d tokens, fewer than --length %d; using all of them"
              .formatted(file, all.length, length));
      return all;
    }
    return Arrays.copyOf(all, length);
  }
}
