package org.lambdascope.engine.spec;

import java.io.IOException;

/** An experiment file says something that cannot be done; the message begins with file and line. */
public final class SpecException extends IOException {

  private static final long serialVersionUID = 1;

  /** An error with a message such as {@code a.yaml:7: arms[0]: expected …, found …}. */
  public SpecException(String message) {
    super(message);
  }
}
