package org.lambdascope.app.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The autosaves of all windows of a user: one session file per window, and beside it a mark that
 * the window's process holds locked. The system lets go of the lock however a process ends, so a
 * session whose mark can be locked was left by one that crashed. Thread-safe.
 */
final class AutosaveFiles implements AutoCloseable {

  private static final String MARK = ".lock";
  private static final String PARTIAL = ".part";

  /** What a process that has just begun leaves lying about for a moment is younger. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  /**
   * Marks that this process holds. They are never opened again: closing any channel of a file drops
   * all locks that a process has on it (POSIX).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path file;
  private final Path mark;
  private final FileChannel channel;
  private boolean closed;

  private AutosaveFiles(Path folder, Path file, Path mark, FileChannel channel) {
    this.folder = folder;
    this.file = file;
    this.mark = mark;
    this.channel = channel;
  }

  /**
   * Begins the autosaves of a window.
   *
   * @param folder made if it is not there
   */
  static AutosaveFiles open(Path folder) throws IOException {
    Path own = Files.createDirectories(folder).toRealPath();
    String name = "%d-%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
    Path mark = own.resolve(name + MARK);
    FileChannel channel =
        FileChannel.open(mark, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    HELD.add(mark);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException(mark + ": expected to lock a new file, found it locked");
      }
    } catch (IOException e) {
      HELD.remove(mark);
      channel.close();
      throw e;
    }
    return new AutosaveFiles(own, own.resolve(name + SessionFile.SUFFIX), mark, channel);
  }

  /** Writes the window's session in place of the one before. */
  synchronized void write(Session session) throws IOException {
    if (!closed) {
      SessionFile.write(file, session);
    }
  }

  /** What crashed windows left, the latest first. Sweeps up marks and halves of files. */
  List<Path> left() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.toList();
    }
    for (Path path : all) {
      boolean debris =
          path.toString().endsWith(PARTIAL)
              || (path.toString().endsWith(MARK)
                  && Files.notExists(sibling(path, MARK, SessionFile.SUFFIX)));
      if (debris && settled(path) && abandoned(path)) {
        Files.deleteIfExists(path);
      }
    }
    return all.stream()
        .filter(SessionFile::isSession)
        .filter(path -> abandoned(sibling(path, SessionFile.SUFFIX, MARK)))
        .sorted(Comparator.comparing(AutosaveFiles::modified).reversed())
        .toList();
  }

  /** When a session was last written. */
  static FileTime modified(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /** Deletes what a crashed window left. */
  static void discard(Path left) throws IOException {
    Files.deleteIfExists(left);
    Files.deleteIfExists(sibling(left, SessionFile.SUFFIX, MARK));
  }

  /** A clean end: nothing is left. */
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      Files.deleteIfExists(file);
      channel.close();
      Files.deleteIfExists(mark);
      HELD.remove(mark);
    }
  }

  private static boolean settled(Path path) {
    return modified(path).toInstant().isBefore(Instant.now().minus(SETTLED));
  }

  /** Whether no living process holds the mark. */
  private static boolean abandoned(Path path) {
    if (HELD.contains(path)) {
      return false;
    }
    if (Files.notExists(path)) {
      return true;
    }
    try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
      @Nullable FileLock lock = other.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path sibling(Path path, String from, String to) {
    String name = String.valueOf(path.getFileName());
    return path.resolveSibling(name.substring(0, name.length() - from.length()) + to);
  }
}
