package org.lambdascope.app.jobs;

import java.util.List;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;

/** Writes down what the user is told, so that it can be read again when it is gone. */
public final class LoggedDialogs implements Dialogs {

  private final Dialogs dialogs;
  private final EventLog log;

  /** Tells it through {@code dialogs}. */
  public LoggedDialogs(Dialogs dialogs, EventLog log) {
    this.dialogs = dialogs;
    this.log = log;
  }

  @Override
  public void error(ErrorReport report) {
    log.add(EventLog.Level.WARNING, report.title() + ": " + report.message());
    dialogs.error(report);
  }

  @Override
  public void offer(ErrorReport report, List<Choice> choices) {
    log.add(EventLog.Level.WARNING, report.title() + ": " + report.message());
    dialogs.offer(report, choices);
  }

  @Override
  public void notice(String title, String message) {
    log.add(EventLog.Level.INFO, title + ": " + message);
    dialogs.notice(title, message);
  }
}
