package org.lambdascope.app.common;

import javafx.application.Platform;

/** Background threads for the window, and the only place that hands work to the FX thread. */
public final class FxTaskRunner extends BackgroundTaskRunner {

  /** Starts no thread yet. */
  public FxTaskRunner() {
    super(Platform::runLater);
  }
}
