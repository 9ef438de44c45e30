package org.lambdascope.app.common;

import javafx.application.Platform;

/** Does something once for all that changes in one moment, when that is over. */
public final class Soon {

  private final Runnable action;
  private boolean due;

  /**
   * Does nothing yet.
   *
   * @param action what is done, on the user-interface thread
   */
  public Soon(Runnable action) {
    this.action = action;
  }

  /** Has it done soon, unless it will be already. Called on the user-interface thread. */
  public void ask() {
    if (!due) {
      due = true;
      Platform.runLater(
          () -> {
            due = false;
            action.run();
          });
    }
  }
}
