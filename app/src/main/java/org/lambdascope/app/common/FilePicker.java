package org.lambdascope.app.common;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks the user for files. */
public interface FilePicker {

  /** A folder with a model. */
  Optional<Path> modelFolder();

  /** A model file. */
  Optional<Path> modelFile();

  /** A text file. */
  Optional<Path> text();

  /**
   * A file to open.
   *
   * @param title what it is opened for
   * @param kind what such files are, such as {@code Experiment files}
   * @param extensions without the dot
   */
  Optional<Path> file(String title, String kind, List<String> extensions);

  /**
   * A folder to open or to write to.
   *
   * @param title what it is chosen for
   */
  Optional<Path> folder(String title);

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
