package org.lambdascope.engine.experiment.context;

import java.util.Locale;

/** What takes the place of the text before the targets. */
public enum ContextControl {
  /** That text itself. */
  TRUE("the text before the targets"),
  /** Nothing. */
  NONE("no context"),
  /** As much text of another document. */
  OTHER_DOCUMENT("as much text of another document"),
  /** That text, the tokens of every chunk in random order. */
  SCRAMBLED("the text before the targets, the tokens of every chunk in random order"),
  /** That text, its chunks in random order. */
  PERMUTED("the text before the targets, its chunks in random order");

  private final String summary;

  ContextControl(String summary) {
    this.summary = summary;
  }

  /** The name on the command line, such as {@code other-document}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the arm is given, for people. */
  public String summary() {
    return summary;
  }
}
