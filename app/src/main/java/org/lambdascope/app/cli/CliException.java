package org.lambdascope.app.cli;

/** A failure with a message for the user and an exit status. */
final class CliException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  CliException(int status, String message) {
    super(message);
    this.status = status;
  }

  CliException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** A run that could not be done. */
  static CliException failure(String message) {
    return new CliException(ExitStatus.FAILURE, message);
  }

  /** A command that is not well formed. */
  static CliException usage(String message) {
    return new CliException(ExitStatus.USAGE, message);
  }

  int status() {
    return status;
  }
}
