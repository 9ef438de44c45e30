package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.tokenizer.Tokenizer;
import picocli.CommandLine.Option;

/** The documents of an experiment on context. */
final class DocumentArguments {

  @Option(
      names = {"--documents", "--file"},
      arity = "1..*",
      paramLabel = "F",
      description = {
        "Texts in UTF-8, or names of bundled documents; intervals are over",
        "documents. By default the longest bundled one."
      })
  private List<Path> named = new ArrayList<>();

  @Option(
      names = "--parts",
      paramLabel = "N",
      description = "Cut every text into N documents of equal length (default: ${DEFAULT-VALUE}).")
  private int parts = 1;

  private final Samples samples;

  DocumentArguments(Samples samples) {
    this.samples = samples;
  }

  /** A document as it is reported. */
  record Document(Path file, int part, int[] tokens) {}

  void check() {
    ModelArguments.atLeast("--parts", parts, 1);
  }

  /** The bundled text, if none was named. */
  Optional<Path> standIn() {
    return named.isEmpty() ? Optional.of(files().getFirst()) : Optional.empty();
  }

  /** Where the texts are. */
  List<Path> files() {
    if (!named.isEmpty()) {
      return named.stream().map(samples::documentOr).toList();
    }
    List<Path> bundled = samples.documents();
    if (bundled.isEmpty()) {
      throw CliException.usage(
          "expected --documents, and no text is bundled: " + samples.expected());
    }
    return List.of(bundled.getLast());
  }

  /** Reads the texts, before a model is opened. */
  List<String> read() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : files()) {
      texts.add(TextFiles.read(file));
    }
    return texts;
  }

  /** The documents' tokens, without BOS. */
  List<Document> documents(Tokenizer tokenizer, List<String> texts) {
    List<Document> documents = new ArrayList<>();
    for (int f = 0; f < texts.size(); f++) {
      int[] tokens = tokenizer.encode(texts.get(f), false);
      for (int p = 0; p < parts; p++) {
        int from = (int) ((long) tokens.length * p / parts);
        int to = (int) ((long) tokens.length * (p + 1) / parts);
        documents.add(new Document(files().get(f), p, Arrays.copyOfRange(tokens, from, to)));
      }
    }
    return documents;
  }
}
