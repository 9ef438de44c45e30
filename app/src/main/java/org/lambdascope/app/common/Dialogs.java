package org.lambdascope.app.common;

/** Tells the user things. Below the toolkit, so that view-models can use it. */
public interface Dialogs {

  /** Shows an error until the user closes it; does not wait. */
  void error(ErrorReport report);

  /** Shows a short message that goes away by itself. */
  void notice(String title, String message);
}
