package org.lambdascope.app.common;

import javafx.application.Platform;

/** Background threads for the window, and the only place that hands work to the FX thread. */
public final class FxTaskRunner extends BackgroundTaskRunner {

  /** Starts the threads that wait for work. */
  public FxTaskRunner() {
    super(Platform::runLater);
  }
}
