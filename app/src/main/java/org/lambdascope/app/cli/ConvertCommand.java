package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.convert.GgufConversion;
import org.lambdascope.engine.tensor.DType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model as a GGUF file. */
@Command(
    name = "convert",
    description = {
      "Write a model as a GGUF file, quantised if wished; llama.cpp opens it too.",
      "Norms and biases stay F32; with q4_0 the output head is q8_0."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lambdascope convert lambda-llama --type q8_0 --out lambda-llama-q8_0.gguf",
      "  lambdascope convert models/llama-2-7b --type q4_0 --out llama-2-7b-q4_0.gguf"
    })
final class ConvertCommand implements Callable<Integer> {

  private static final double MIB = 1 << 20;

  /** What matrices may be stored in, by the names that llama.cpp's converter has for them. */
  enum StoredType {
    F32,
    F16,
    BF16,
    Q8_0,
    Q4_0;

    DType dtype() {
      return DType.valueOf(name());
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Terminal terminal;

  @Mixin private ModelArguments model;

  @Option(
      names = "--type",
      required = true,
      paramLabel = "TYPE",
      description = "What matrices are stored in: ${COMPLETION-CANDIDATES}.")
  private StoredType type = StoredType.Q8_0;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file; it appears when it is complete.")
  private @Nullable Path out;

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean force;

  @Mixin private ProgressArguments progress = new ProgressArguments();

  ConvertCommand(Terminal terminal, Samples samples) {
    this.terminal = terminal;
    model = new ModelArguments(samples);
  }

  @Override
  public Integer call() throws IOException {
    model.check();
    Path named = out;
    if (named == null) {
      throw CliException.usage("--out: expected a file, found none");
    }
    OutputFile.requireName("--out", named);
    if (Files.exists(named) && !force) {
      throw CliException.failure(
          "--out %s: expected a file that does not exist yet, found one; --force replaces it"
              .formatted(named));
    }
    Path source = model.requirePath();
    try (GgufConversion conversion = GgufConversion.open(source, type.dtype())) {
      long bytes = conversion.bytes();
      try (OutputFile file = OutputFile.begin("--out", named, source, null)) {
        requireRoom(named, bytes);
        try (ProgressLine line = progress.line(terminal, "MiB")) {
          conversion.writeTo(file.stream(), model.threads(), line, terminal.cancellation());
        }
        file.commit();
      }
      if (!conversion.hasTokenizer()) {
        terminal.note("%s: no tokenizer was found, so the file has none".formatted(source));
      }
      terminal
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s: %d tensors, %.1f MiB",
                  named,
                  conversion.tensors().size(),
                  bytes / MIB));
    }
    return ExitStatus.OK;
  }

  /** Finds out before the work that the disk is too small; it may still fill up meanwhile. */
  private static void requireRoom(Path named, long bytes) throws IOException {
    Path folder = named.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    long room = Files.getFileStore(folder).getUsableSpace();
    if (room < bytes) {
      throw CliException.failure(
          String.format(
              Locale.ROOT,
              "--out %s: expected %,.0f MiB of free space in %s, found %,.0f",
              named,
              bytes / MIB,
              folder,
              room / MIB));
    }
  }
}
