package org.lambdascope.app.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A result file that appears whole or not at all: it is written beside its place and moved there by
 * {@link #commit}. It is created when a run begins, so that a place that cannot be written is found
 * out before the work and not after. A device or a pipe, such as {@code /dev/stdout}, is written
 * into as it stands: a file moved there would replace it.
 */
final class OutputFile implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  /** What a model's folder is read from; results never replace it. */
  private static final Pattern MODEL_FILE =
      Pattern.compile(
          "(config|generation_config|vocab|special_tokens_map|tokenizer.*)\\.json|merges\\.txt"
              + "|tokenizer\\.model|.*\\.safetensors(\\.index\\.json)?|.*\\.gguf");

  private final Path target;
  private final @Nullable Path temporary;
  private final OutputStream stream;
  private boolean committed;

  private OutputFile(Path target, @Nullable Path temporary, OutputStream stream) {
    this.target = target;
    this.temporary = temporary;
    this.stream = stream;
  }

  /**
   * Begins a file.
   *
   * @param model the model of the run, which the file may not replace
   * @param text the text of the run, which the file may not replace, if it has one
   * @throws CliException if it cannot be written there
   */
  static OutputFile begin(String option, Path named, Path model, @Nullable Path text) {
    requireName(option, named);
    if (Files.isDirectory(named)) {
      throw CliException.failure(
          "%s %s: expected a file to write, found a folder".formatted(option, named));
    }
    try {
      if (isStream(named)) {
        return new OutputFile(named, null, open(option, named, named, StandardOpenOption.WRITE));
      }
      Path target = followed(named.toAbsolutePath());
      refuseInputs(option, target, model, text);
      Path folder = target.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw CliException.failure(
            "%s %s: cannot be written: there is no folder %s".formatted(option, named, folder));
      }
      if (!Files.isWritable(folder) || (Files.exists(target) && !Files.isWritable(target))) {
        throw CliException.failure(
            "%s %s: cannot be written: permission denied".formatted(option, named));
      }
      Path temporary = folder.resolve(".lambdascope-" + UUID.randomUUID() + ".part");
      return new OutputFile(
          target,
          temporary,
          open(option, named, temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new CliException(ExitStatus.FAILURE, unwritable(option, named, e), e);
    }
  }

  /** Refuses the empty path, which would mean the current folder. */
  static void requireName(String option, Path named) {
    if (named.toString().isEmpty()) {
      throw CliException.usage(option + ": expected a path, found an empty text");
    }
  }

  /** Where the bytes go. */
  OutputStream stream() {
    return stream;
  }

  /** Puts the finished file in its place. */
  void commit() throws IOException {
    stream.close();
    if (temporary != null) {
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        // Some network file systems: the file is complete all the same.
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    committed = true;
  }

  /** Drops the file if it was not committed. */
  @Override
  public void close() throws IOException {
    if (!committed && temporary != null) {
      try {
        stream.close();
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** Where a symbolic link points, so that the link stays one. */
  private static Path followed(Path path) throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    return Files.isSymbolicLink(path)
        ? path.resolveSibling(Files.readSymbolicLink(path)).normalize()
        : path;
  }

  /** Whether the path is a device or a pipe; those of the process itself lie below the two. */
  private static boolean isStream(Path named) {
    Path path = named.toAbsolutePath().normalize();
    return path.startsWith("/dev")
        || path.startsWith("/proc")
        || (Files.exists(path) && !Files.isRegularFile(path));
  }

  private static void refuseInputs(String option, Path target, Path model, @Nullable Path text)
      throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    if (text != null && Files.isRegularFile(text) && Files.isSameFile(target, text)) {
      throw CliException.usage(
          "%s %s: expected another file than the text, which would be lost"
              .formatted(option, target));
    }
    Path folder = target.getParent();
    boolean inModel =
        Files.isDirectory(model)
            ? folder != null
                && Files.isSameFile(folder, model)
                && MODEL_FILE.matcher(String.valueOf(target.getFileName())).matches()
            : Files.exists(model) && Files.isSameFile(target, model);
    if (inModel) {
      throw CliException.usage(
          "%s %s: expected a file that is no part of the model, which would be lost"
              .formatted(option, target));
    }
  }

  private static OutputStream open(
      String option, Path named, Path file, StandardOpenOption... options) throws IOException {
    return new BufferedOutputStream(
        new Named(option, named, Files.newOutputStream(file, options)), BUFFER);
  }

  private static String unwritable(String option, Path named, IOException e) {
    return "%s %s: cannot be written: %s".formatted(option, named, Failures.describe(e));
  }

  /** Says in every failure which file it was. */
  private static final class Named extends FilterOutputStream {
    private final String option;
    private final Path named;

    Named(String option, Path named, OutputStream out) {
      super(out);
      this.option = option;
      this.named = named;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw new IOException(unwritable(option, named, e), e);
      }
    }
  }
}
