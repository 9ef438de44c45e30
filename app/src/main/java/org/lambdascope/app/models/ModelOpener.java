package org.lambdascope.app.models;

import java.io.IOException;
import java.nio.file.Path;
import org.lambdascope.engine.model.LanguageModel;

/** How models are opened. */
@FunctionalInterface
public interface ModelOpener {

  /**
   * Opens a model.
   *
   * @throws IOException if it cannot be read, or is not what it should be
   */
  LanguageModel open(Path path) throws IOException;
}
