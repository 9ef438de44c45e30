package org.lambdascope.app.common;

/**
 * Something that went wrong, for a person.
 *
 * @param title what could not be done
 * @param message what was expected, what was found, and where
 * @param hint what to do about it, perhaps empty
 */
public record ErrorReport(String title, String message, String hint) {

  /** Reports a failure of {@code title}; what the user had before stays as it was. */
  public static ErrorReport of(String title, Throwable failure, String hint) {
    if (failure instanceof OutOfMemoryError) {
      return new ErrorReport(
          title,
          "The program ran out of memory: it may use at most "
              + Formats.bytes(Runtime.getRuntime().maxMemory())
              + " of heap.",
          "Read fewer tokens, remove an arm, or start with a larger heap (-Xmx).");
    }
    String message = failure.getMessage();
    boolean unexpected = failure instanceof RuntimeException && !isAboutInput(failure);
    return new ErrorReport(
        title,
        message == null || unexpected ? failure.toString() : message,
        unexpected ? "This is a defect of the program; the log has the details." : hint);
  }

  private static boolean isAboutInput(Throwable failure) {
    return failure instanceof IllegalArgumentException
        || failure instanceof java.io.UncheckedIOException;
  }
}
