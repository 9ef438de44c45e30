package org.lambdascope.app.models;

import java.nio.file.Path;

/**
 * A text file that was read.
 *
 * @param path where from
 * @param content all of it, never empty
 */
public record LoadedText(Path path, String content) {

  /** The file's name. */
  public String name() {
    Path file = path.getFileName();
    return file == null ? path.toString() : file.toString();
  }
}
