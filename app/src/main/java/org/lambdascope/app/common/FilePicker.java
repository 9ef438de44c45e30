package org.lambdascope.app.common;

import java.nio.file.Path;
import java.util.Optional;

/** Asks the user for files. */
public interface FilePicker {

  /** A folder with a model. */
  Optional<Path> modelFolder();

  /** A model file. */
  Optional<Path> modelFile();

  /** A text file. */
  Optional<Path> text();

  /** A session file. */
  Optional<Path> session();

  /**
   * A session file to write to.
   *
   * @param name suggested name, with its extension
   */
  Optional<Path> sessionOutput(String name);

  /** A folder to write to. */
  Optional<Path> outputFolder();

  /**
   * A file to write to.
   *
   * @param name suggested name, with its extension
   * @param extension without the dot
   */
  Optional<Path> output(String name, String extension);
}
