package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import tools.jackson.core.exc.JacksonIOException;

/** Failures in a sentence. */
final class Failures {

  private static final long MIB = 1 << 20;

  private Failures() {}

  static String describe(Throwable e) {
    if ((e instanceof UncheckedIOException || e instanceof JacksonIOException)
        && e.getCause() != null) {
      return describe(e.getCause());
    }
    return switch (e) {
      case CliException known -> message(known);
      case NoSuchFileException file -> file.getFile() + ": no such file or folder";
      case AccessDeniedException file -> file.getFile() + ": permission denied";
      case NotDirectoryException file -> file.getFile() + ": not a folder";
      case FileAlreadyExistsException file -> file.getFile() + ": exists already";
      case FileSystemException file ->
          file.getFile() + ": " + (file.getReason() == null ? "cannot be used" : file.getReason());
      case IOException io -> message(io);
      case OutOfMemoryError memory ->
          "not enough memory: the heap may grow to %d MiB (%s); use a shorter text, an arm with a small cache (window, lambda-mask, lm-infinite, streaming-llm), or LAMBDASCOPE_JAVA_OPTS=-Xmx…"
              .formatted(Runtime.getRuntime().maxMemory() / MIB, message(memory));
      default ->
          "unexpected %s: %s (--debug shows where; please report it)"
              .formatted(e.getClass().getSimpleName(), message(e));
    };
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
