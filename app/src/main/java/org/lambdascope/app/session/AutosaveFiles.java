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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.FileTrees;

/**
 * The autosaves of all windows of a user: one session file per window, a folder with drafts of what
 * else was edited in it, and beside them a mark that the window's process holds locked. The system
 * lets go of the lock however a process ends, so what has a mark that can be locked was left by one
 * that crashed; what has none, by one that was closed with changes that were not saved.
 * Thread-safe.
 */
final class AutosaveFiles implements AutoCloseable {

  private static final String MARK = ".lock";
  private static final String PARTIAL = ".part";
  private static final String DRAFTS = ".drafts";

  /** Windows that were closed without saving, of which no more are remembered. */
  private static final int MOST_CLOSED = 10;

  /** What a process that has just begun leaves lying about for a moment is younger. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  /**
   * Marks that this process holds. They are never opened again: closing any channel of a file drops
   * all locks that a process has on it (POSIX).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path file;
  private final Path drafts;
  private final Path mark;
  private final FileChannel channel;
  private boolean closed;

  /**
   * What a window left.
   *
   * @param session its session; null if that was saved
   * @param drafts the folder with drafts; null if all was saved
   * @param crashed whether it was never closed
   * @param modified when it was last written
   */
  record Left(@Nullable Path session, @Nullable Path drafts, boolean crashed, FileTime modified) {

    /** The session alone. */
    Left withoutDrafts() {
      return new Left(session, null, crashed, modified);
    }

    /** The drafts alone. */
    Left withoutSession() {
      return new Left(null, drafts, crashed, modified);
    }
  }

  private AutosaveFiles(Path folder, String name, Path mark, FileChannel channel) {
    this.folder = folder;
    this.file = folder.resolve(name + SessionFile.SUFFIX);
    this.drafts = folder.resolve(name + DRAFTS);
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
    return new AutosaveFiles(own, name, mark, channel);
  }

  /** Writes the window's session in place of the one before. */
  synchronized void write(Session session) throws IOException {
    if (!closed) {
      SessionFile.write(file, session);
    }
  }

  /** Where the window's drafts are kept; not made yet. */
  Path drafts() {
    return drafts;
  }

  /**
   * What windows left that are gone, the latest first. Sweeps up marks, halves of files, and what
   * many windows ago was not saved.
   */
  List<Left> left() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.toList();
    }
    for (Path path : all) {
      boolean debris =
          path.toString().endsWith(PARTIAL)
              || (path.toString().endsWith(MARK)
                  && Files.notExists(sibling(path, MARK, SessionFile.SUFFIX))
                  && Files.notExists(sibling(path, MARK, DRAFTS)));
      if (debris && settled(path) && abandoned(path)) {
        Files.deleteIfExists(path);
      }
    }
    // What belongs to a living window is not looked into: it may change at any moment.
    List<Left> gone = new ArrayList<>();
    for (Path path : all) {
      if (SessionFile.isSession(path) && abandoned(sibling(path, SessionFile.SUFFIX, MARK))) {
        gone.add(left(path, sibling(path, SessionFile.SUFFIX, DRAFTS)));
      } else if (path.toString().endsWith(DRAFTS)
          && abandoned(sibling(path, DRAFTS, MARK))
          && Files.notExists(sibling(path, DRAFTS, SessionFile.SUFFIX))
          && holdsFiles(path)) {
        gone.add(left(null, path));
      }
    }
    gone.sort(Comparator.comparing(Left::modified).reversed());
    List<Left> left = new ArrayList<>();
    int closed = 0;
    for (Left one : gone) {
      closed += one.crashed() ? 0 : 1;
      if (closed > MOST_CLOSED && !one.crashed()) {
        discard(one);
      } else {
        left.add(one);
      }
    }
    return left;
  }

  private static Left left(@Nullable Path session, Path drafts) {
    return new Left(
        session,
        holdsFiles(drafts) ? drafts : null,
        Files.exists(sibling(drafts, DRAFTS, MARK)),
        modified(session == null ? drafts : session));
  }

  /** What was kept and then saved leaves empty folders. */
  private static boolean holdsFiles(Path folder) {
    try (Stream<Path> paths = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      return paths.anyMatch(Files::isRegularFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path mark(Left left) {
    Path session = left.session();
    Path drafts = left.drafts();
    return session != null
        ? sibling(session, SessionFile.SUFFIX, MARK)
        : sibling(Objects.requireNonNull(drafts, "a session or drafts"), DRAFTS, MARK);
  }

  /** When a file, or what is in a folder, was last written. */
  private static FileTime modified(Path path) {
    try (Stream<Path> paths = Files.walk(path)) {
      FileTime latest = FileTime.fromMillis(0);
      for (Path one : paths.toList()) {
        FileTime time = Files.getLastModifiedTime(one);
        latest = time.compareTo(latest) > 0 ? time : latest;
      }
      return latest;
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /** Deletes what a window left. */
  static void discard(Left left) throws IOException {
    Path session = left.session();
    if (session != null) {
      Files.deleteIfExists(session);
    }
    Path drafts = left.drafts();
    if (drafts != null) {
      FileTrees.delete(drafts);
    }
    Files.deleteIfExists(mark(left));
  }

  /** An end with nothing that was not saved. */
  @Override
  public void close() throws IOException {
    close(null);
  }

  /**
   * An end. Where it fails, what was autosaved before is left as by a crash.
   *
   * @param last the session that was not saved, to be offered; null if there is none
   */
  synchronized void close(@Nullable Session last) throws IOException {
    if (!closed) {
      closed = true;
      if (last == null) {
        Files.deleteIfExists(file);
      } else {
        SessionFile.write(file, last);
      }
      if (!holdsFiles(drafts)) {
        FileTrees.delete(drafts);
      }
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
