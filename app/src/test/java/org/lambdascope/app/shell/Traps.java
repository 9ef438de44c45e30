package org.lambdascope.app.shell;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Catches what must not happen, wherever it comes to light: exceptions that nobody caught, warnings
 * and programming errors in the log, stack traces on standard error.
 */
final class Traps implements AutoCloseable {

  private static final String HEADLESS_WINDOW = "com.sun.glass.ui.headless.HeadlessWindow";

  private final List<String> caught = new ArrayList<>();
  private final Thread.@Nullable UncaughtExceptionHandler handlerBefore =
      Thread.getDefaultUncaughtExceptionHandler();
  private final PrintStream errorsBefore = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Handler log =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          @Nullable Throwable thrown = entry.getThrown();
          if (entry.getLevel().intValue() >= Level.WARNING.intValue() || isMistake(thrown)) {
            add(
                "log of " + entry.getLoggerName() + ": " + entry.getMessage(),
                thrown == null ? new Throwable("logged here") : thrown);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Sets the traps. */
  Traps() {
    Thread.setDefaultUncaughtExceptionHandler((t, e) -> add("uncaught on " + t.getName(), e));
    Logger.getLogger("").addHandler(log);
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  /** What a user's bad file or bad setting cannot excuse. */
  private static boolean isMistake(@Nullable Throwable thrown) {
    return thrown instanceof Error
        || thrown instanceof NullPointerException
        || thrown instanceof IndexOutOfBoundsException
        || thrown instanceof ClassCastException
        || thrown instanceof ArithmeticException
        || thrown instanceof NegativeArraySizeException;
  }

  /**
   * JavaFX's headless platform draws beyond its screen when a window reaches beyond it: an index of
   * a buffer of its own, not of anything that it calls, such as listeners to a window's size.
   */
  private static boolean isOfHeadlessPlatform(@Nullable Throwable thrown) {
    if (!(thrown instanceof IndexOutOfBoundsException)) {
      return false;
    }
    for (StackTraceElement frame : thrown.getStackTrace()) {
      String type = frame.getClassName();
      if (!type.startsWith("java.") && !type.startsWith("jdk.")) {
        return type.startsWith(HEADLESS_WINDOW);
      }
    }
    return false;
  }

  private void add(String where, @Nullable Throwable thrown) {
    if (isOfHeadlessPlatform(thrown)) {
      return;
    }
    StringWriter text = new StringWriter();
    text.append(where).append('\n');
    if (thrown != null) {
      thrown.printStackTrace(new PrintWriter(text));
    }
    synchronized (caught) {
      caught.add(text.toString());
    }
  }

  /** All that was caught. */
  List<String> caught() {
    synchronized (caught) {
      List<String> all = new ArrayList<>(caught);
      String text = errors.toString(StandardCharsets.UTF_8);
      if (text.contains("\tat ")) {
        all.add("standard error: " + text);
      }
      return all;
    }
  }

  @Override
  public void close() {
    System.setErr(errorsBefore);
    Logger.getLogger("").removeHandler(log);
    Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
  }
}
