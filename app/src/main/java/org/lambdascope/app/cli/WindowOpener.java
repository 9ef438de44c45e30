package org.lambdascope.app.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Opens the window and returns when it is closed. */
@FunctionalInterface
interface WindowOpener {

  /** Opens the window with a model and a text, where they are given. */
  void open(Optional<Path> model, Optional<Path> text);
}
