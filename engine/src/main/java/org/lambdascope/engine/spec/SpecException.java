package org.lambdascope.engine.spec;

import java.io.IOException;

/** An experiment file says something that cannot be done; the message begins with file and line. */
public final class SpecException extends IOException {

  private static final long serialVersionUID = 1;

  private final int line;
  private final String place;
  private final String reason;

  /** An error with a message such as {@code a.yaml: expected text in UTF-8, found other bytes}. */
  public SpecException(String message) {
    this(message, 0, "", message);
  }

  /**
   * An error at a place.
   *
   * @param message all of it, such as {@code a.yaml:7: arms[0]: expected …, found …}
   * @param line counted from 1; 0 if it is not known
   * @param place the entry, such as {@code arms[0]}, which may be missing; empty for the whole file
   * @param reason the message without file, line and place
   */
  SpecException(String message, int line, String place, String reason) {
    super(message);
    this.line = line;
    this.place = place;
    this.reason = reason;
  }

  /** The line, counted from 1; 0 if it is not known. */
  public int line() {
    return line;
  }

  /** The entry, such as {@code experiments[0].lengths}; empty for the whole file. */
  public String place() {
    return place;
  }

  /** What is wrong, without file, line and place. */
  public String reason() {
    return reason;
  }
}
