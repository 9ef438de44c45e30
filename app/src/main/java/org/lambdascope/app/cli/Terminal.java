package org.lambdascope.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.task.Cancellation;

/**
 * Where a command writes, and how it hears that it should stop.
 *
 * @param out results
 * @param err progress, notes and errors
 * @param interactive whether someone watches {@code err}
 * @param cancellation set when the user interrupts
 */
record Terminal(PrintWriter out, PrintWriter err, boolean interactive, Cancellation cancellation) {

  /** Set by the launcher, which can ask the system whether standard error is a terminal. */
  static final String INTERACTIVE_PROPERTY = "lambdascope.terminal";

  /** Set by the launcher, where standard output is a terminal. */
  private static final String COLUMNS_PROPERTY = "lambdascope.columns";

  private static final int LEAST_COLUMNS = 40;

  /** Longer lines are hard to read. */
  private static final int MOST_COLUMNS = 110;

  /** The standard streams of the process. */
  static Terminal standard(Cancellation cancellation) {
    return new Terminal(
        writer(FileDescriptor.out, "stdout.encoding"),
        writer(FileDescriptor.err, "stderr.encoding"),
        Boolean.getBoolean(INTERACTIVE_PROPERTY),
        cancellation);
  }

  /** Characters in a line: what the launcher found, 80 where it found nothing. */
  int columns() {
    return Math.clamp(Integer.getInteger(COLUMNS_PROPERTY, 80), LEAST_COLUMNS, MOST_COLUMNS);
  }

  /** A line on standard error. */
  void note(String line) {
    err.println(line);
    err.flush();
  }

  /** Why results could not be written, or null. */
  @Nullable IOException outputFailure() {
    return out instanceof OutputWriter writer ? writer.failure() : null;
  }

  private static PrintWriter writer(FileDescriptor descriptor, String encodingProperty) {
    // Only Windows consoles have encodings of their own; elsewhere texts are UTF-8 whatever the
    // locale says, so that a run under LANG=C writes the same bytes.
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    String encoding = System.getProperty(encodingProperty);
    Charset charset =
        windows && encoding != null ? Charset.forName(encoding) : StandardCharsets.UTF_8;
    return new OutputWriter(new FileOutputStream(descriptor), charset);
  }
}
