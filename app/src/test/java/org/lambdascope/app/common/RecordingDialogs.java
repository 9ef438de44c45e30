package org.lambdascope.app.common;

import java.util.ArrayList;
import java.util.List;

/** Keeps what would be shown. */
public final class RecordingDialogs implements Dialogs {

  private final List<ErrorReport> errors = new ArrayList<>();
  private final List<Choice> choices = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  @Override
  public void error(ErrorReport report) {
    errors.add(report);
  }

  @Override
  public void offer(ErrorReport report, List<Choice> offered) {
    errors.add(report);
    choices.clear();
    choices.addAll(offered);
  }

  /** What the last error offered. */
  public List<Choice> choices() {
    return choices;
  }

  @Override
  public void notice(String title, String message) {
    notices.add(title + ": " + message);
  }

  public List<ErrorReport> errors() {
    return errors;
  }

  public List<String> notices() {
    return notices;
  }
}
