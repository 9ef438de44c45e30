package org.lambdascope.app.cli;

/** What the process returns. */
final class ExitStatus {

  static final int OK = 0;

  /** The run failed: a file is missing or malformed, or memory ran out. */
  static final int FAILURE = 1;

  /** The command is not well formed: an unknown option, arm or key, or a bad value. */
  static final int USAGE = 2;

  /** The window was asked for and there is no display. */
  static final int NO_DISPLAY = 3;

  /** Interrupted; what was done is kept. As shells count it: 128 + SIGINT. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
