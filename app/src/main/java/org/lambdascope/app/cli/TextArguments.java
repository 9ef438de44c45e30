package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.tokenizer.Tokenizer;
import picocli.CommandLine.Option;

/** The text that a command reads, and how it becomes tokens. */
final class TextArguments {

  @Option(
      names = "--file",
      paramLabel = "F",
      description = {
        "The text, in UTF-8, or the name of a bundled document;",
        "welcome, which is bundled, by default."
      })
  private @Nullable Path named;

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

  private final Samples samples;

  TextArguments(Samples samples) {
    this.samples = samples;
  }

  /** The bundled text, if none was named. */
  Optional<Path> standIn() {
    return named == null ? Optional.of(file()) : Optional.empty();
  }

  /**
   * Where the text is.
   *
   * @throws CliException if it is not there, or none is named and none is bundled
   */
  Path file() {
    if (named == null) {
      return welcome("--file", samples);
    }
    Path file = samples.documentOr(named);
    if (!Files.exists(file)) {
      throw CliException.failure(
          "%s: no such file; expected a text in UTF-8%s"
              .formatted(file, Samples.orNamed(samples.documents())));
    }
    return file;
  }

  /**
   * The bundled text, which stands in where none is named.
   *
   * @param option what names a text
   * @throws CliException if it is not there
   */
  static Path welcome(String option, Samples samples) {
    return samples
        .welcome()
        .orElseThrow(
            () ->
                CliException.usage(
                    "expected %s, and no text is bundled: %s"
                        .formatted(option, samples.expected())));
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
    return TextFiles.read(file());
  }

  /** The tokens to use: at least 2. */
  int[] tokens(Tokenizer tokenizer, String text, Terminal terminal) {
    int[] all = tokenizer.encode(text, !noBos && tokenizer.addsBosByDefault());
    return first(file(), all, length, terminal);
  }

  /**
   * The first tokens of a text.
   *
   * @param all {@code [N]}: the whole text
   * @param length how many are wanted; null for all
   * @return at least 2 ids; the whole text, with a note, if it is shorter than what is wanted
   */
  static int[] first(Path file, int[] all, @Nullable Integer length, Terminal terminal) {
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
