package org.lambdascope.engine.format;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A whole file, mapped read-only; valid as long as the arena it was mapped in.
 *
 * @param path the file
 * @param data its bytes, possibly more than 2 GiB
 */
public record MappedFile(Path path, MemorySegment data) {

  private static final byte[] LFS_POINTER =
      "version https://git-lfs.".getBytes(StandardCharsets.US_ASCII);

  /**
   * Maps a file.
   *
   * @throws ModelFormatException if it is absent, a folder, unreadable, empty or a Git LFS pointer
   */
  public static MappedFile open(Path path, Arena arena) throws IOException {
    requireFile(path);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size == 0) {
        throw new ModelFormatException(path.toString(), "expected a model file, found no bytes");
      }
      MemorySegment data = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      if (isLfsPointer(data)) {
        throw new ModelFormatException(
            path.toString(),
            "expected the weights, found a Git LFS pointer to them; fetch them with 'git lfs pull'");
      }
      return new MappedFile(path, data);
    } catch (AccessDeniedException e) {
      throw new ModelFormatException(
          path.toString(), "expected a readable file, found no right to read it", e);
    }
  }

  /**
   * Checks that a path names a file that can be read.
   *
   * @throws ModelFormatException if it is absent, a folder, not a regular file, or unreadable
   */
  public static void requireFile(Path path) throws ModelFormatException {
    if (Files.isDirectory(path)) {
      throw new ModelFormatException(path.toString(), "expected a file, found a folder");
    }
    if (!Files.exists(path)) {
      throw new ModelFormatException(path.toString(), "expected a file, found nothing there");
    }
    if (!Files.isRegularFile(path)) {
      throw new ModelFormatException(path.toString(), "expected a file, found a device or a pipe");
    }
    if (!Files.isReadable(path)) {
      throw new ModelFormatException(
          path.toString(), "expected a readable file, found no right to read it");
    }
  }

  /**
   * Checks that a path names a folder.
   *
   * @throws ModelFormatException if it is absent, a file or unreadable
   */
  public static void requireFolder(Path folder) throws ModelFormatException {
    if (Files.isRegularFile(folder)) {
      throw new ModelFormatException(folder.toString(), "expected a folder, found a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new ModelFormatException(folder.toString(), "expected a folder, found nothing there");
    }
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw new ModelFormatException(
          folder.toString(), "expected a readable folder, found no right to read it");
    }
  }

  /** Length of the file in bytes. */
  public long size() {
    return data.byteSize();
  }

  private static boolean isLfsPointer(MemorySegment data) {
    return data.byteSize() >= LFS_POINTER.length
        && data.asSlice(0, LFS_POINTER.length).mismatch(MemorySegment.ofArray(LFS_POINTER)) < 0;
  }
}
