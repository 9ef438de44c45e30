package org.lambdascope.app.common;

import java.util.List;

/** Tells the user things. Below the toolkit, so that view-models can use it. */
public interface Dialogs {

  /** Shows an error until the user closes it; does not wait. */
  void error(ErrorReport report);

  /**
   * Shows an error with ways out of it, as buttons, until the user takes one or closes it; does not
   * wait.
   */
  void offer(ErrorReport report, List<Choice> choices);

  /**
   * A way out.
   *
   * @param label what the button says
   * @param take what it does
   */
  record Choice(String label, Runnable take) {}

  /** Shows a short message that goes away by itself. */
  void notice(String title, String message);
}
