package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.LoadedDecoder;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.tokenizer.Tokenizer;
import org.lambdascope.engine.tokenizer.Tokenizers;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model, and what it runs on. */
final class ModelArguments {

  /** More than machines have: a slip is caught before the system runs out of threads. */
  static final int MOST_THREADS = 1024;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description = {
        "A Hugging Face folder, a GGUF file, or the name of a bundled model;",
        "lambda-llama, which is bundled, by default."
      })
  private @Nullable Path named;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute on; all processors by default.")
  private int threads = ModelLoader.defaultThreads();

  private final Samples samples;

  ModelArguments(Samples samples) {
    this.samples = samples;
  }

  void check() {
    between("--threads", threads, 1, MOST_THREADS);
  }

  /** Opens the model; the caller closes it. */
  LanguageModel open() throws IOException {
    return ModelLoader.open(requirePath(), threads);
  }

  /** Opens the model without its tokenizer; the caller closes it. */
  LoadedDecoder openDecoder() throws IOException {
    return ModelLoader.openDecoder(requirePath(), threads);
  }

  /** Opens the model to be asked about, not run; the caller closes it. */
  LoadedDecoder inspectDecoder() throws IOException {
    return ModelLoader.inspectDecoder(requirePath(), threads);
  }

  /** Opens another model without its tokenizer, on as many threads; the caller closes it. */
  LoadedDecoder openDecoder(Path path) throws IOException {
    return ModelLoader.openDecoder(path, threads);
  }

  /** Reads only the tokenizer, which a folder or a GGUF file may hold without a model. */
  Tokenizer openTokenizer() throws IOException {
    return Tokenizers.of(requirePath());
  }

  /** Threads to compute on. */
  int threads() {
    return threads;
  }

  /** Whether a model was named. */
  boolean named() {
    return named != null;
  }

  /** The bundled model, if none was named. */
  Optional<Path> standIn() {
    return named == null ? Optional.of(path()) : Optional.empty();
  }

  /**
   * Where the model is.
   *
   * @throws CliException if none is named and none is bundled
   */
  Path path() {
    if (named != null) {
      return samples.modelOr(named);
    }
    return samples
        .defaultModel()
        .orElseThrow(
            () ->
                CliException.usage("expected a MODEL, and none is bundled: " + samples.expected()));
  }

  /** The model's name: the last part of its path. */
  String name() {
    Path path = path();
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? path.toString() : last.toString();
  }

  /** Where the model is; finds a wrong path early, before texts are read and files begun. */
  Path requirePath() {
    Path path = path();
    if (path.toString().isEmpty()) {
      throw CliException.usage("MODEL: expected a path, found an empty text");
    }
    if (!Files.exists(path)) {
      throw CliException.failure(
          "%s: no such file or folder; expected a Hugging Face folder or a GGUF file%s"
              .formatted(path, Samples.orNamed(samples.models())));
    }
    return path;
  }

  static void between(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw CliException.usage(
          "%s: expected a whole number from %d to %d, found %d"
              .formatted(option, least, most, value));
    }
  }

  static void atLeast(String option, long value, long least) {
    if (value < least) {
      throw CliException.usage(
          "%s: expected a whole number of at least %d, found %d".formatted(option, least, value));
    }
  }
}
