package org.lambdascope.app.shell;

import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.lambdascope.app.jobs.EventLog;
import org.lambdascope.app.jobs.Jobs;
import org.lambdascope.app.jobs.JobsView;
import org.lambdascope.app.jobs.LogView;

/** What stands below the pages: jobs and the log. */
final class BottomView extends TabPane {

  BottomView(Jobs jobs, EventLog log) {
    setId("bottom");
    setAccessibleText("Jobs and log");
    getStyleClass().add("bottom");
    setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
    setMinHeight(110);
    add("Jobs", new JobsView(jobs));
    add("Log", new LogView(log));
  }

  /** Adds a tab. */
  void add(String title, Node content) {
    getTabs().add(new Tab(title, content));
  }
}
