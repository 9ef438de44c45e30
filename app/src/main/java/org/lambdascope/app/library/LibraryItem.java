package org.lambdascope.app.library;

import java.nio.file.Path;

/**
 * Something that can be opened.
 *
 * @param kind what it is
 * @param path where
 * @param bundled whether it comes with the program
 * @param open whether it is open now
 */
public record LibraryItem(Kind kind, Path path, boolean bundled, boolean open) {

  /** The sections of the tree. */
  public enum Kind {
    MODEL("Models"),
    DOCUMENT("Documents"),
    RUN("Runs");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** The section's heading. */
    public String title() {
      return title;
    }
  }

  /** Its file's name. */
  public String name() {
    Path file = path.getFileName();
    return file == null ? path.toString() : file.toString();
  }
}
