package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.convert.GgufConversion;
import org.lambdascope.engine.experiment.context.RandomCheckpoint;
import org.lambdascope.engine.experiment.context.RandomCheckpoint.Shape;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import org.lambdascope.engine.tensor.DType;

/** Random weights of a shape in a folder of their own, which goes when this is closed. */
final class RandomModel implements AutoCloseable {

  private final Path folder;
  private Path path;

  private RandomModel(Path folder) {
    this.folder = folder;
    this.path = folder;
  }

  /**
   * Makes the weights.
   *
   * @param type what they are stored in, as a GGUF file; null for a folder in BF16
   */
  static RandomModel of(
      Shape shape, @Nullable DType type, int threads, Progress progress, Cancellation cancellation)
      throws IOException {
    RandomModel made = new RandomModel(Files.createTempDirectory("lambdascope-shape"));
    try {
      RandomCheckpoint.write(made.folder, shape, 1);
      if (type != null) {
        Path file = made.folder.resolve("%s-%s.gguf".formatted(shape.name(), type));
        try (GgufConversion conversion = GgufConversion.open(made.folder, type);
            OutputStream out = Files.newOutputStream(file)) {
          conversion.writeTo(out, threads, progress, cancellation);
        }
        made.path = file;
      }
      return made;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /** The folder or the file. */
  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
