package org.lambdascope.app.figure;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its place.
 * On failure an existing file stays as it was.
 */
final class AtomicFile {

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes.
   *
   * @throws IOException with a message that names the file and the reason
   */
  static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException("%s: expected a file to write, found a folder".formatted(file));
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "%s: expected the folder %s, found %s"
              .formatted(file, folder, Files.exists(folder) ? "a file" : "none"));
    }
    // Not Files.createTempFile, whose files nobody else may read, even after the move.
    Path temporary = folder.resolve(".lambdascope-" + UUID.randomUUID() + ".part");
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        content.writeTo(out);
      }
      move(temporary, target);
    } catch (IOException e) {
      throw new IOException("%s: not written: %s".formatted(file, reason(e, folder)), e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e, Path folder) {
    if (e instanceof AccessDeniedException) {
      return "the folder " + folder + " is not writable";
    }
    String reason = e instanceof FileSystemException system ? system.getReason() : null;
    return reason != null ? reason : String.valueOf(e.getMessage());
  }
}
