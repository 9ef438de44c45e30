package org.lambdascope.engine.format;

import java.io.IOException;

/**
 * A model file that is not what it should be: says what was expected, what was found, and where.
 */
public final class ModelFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Builds the message.
   *
   * @param where file and place in it
   * @param what expected and found
   */
  public ModelFormatException(String where, String what) {
    super(where + ": " + what);
  }

  /** As above, with the cause. */
  public ModelFormatException(String where, String what, Throwable cause) {
    super(where + ": " + what, cause);
  }
}
