package org.lambdascope.app.jobs;

import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Jobs with their progress, what they took, and a way to stop each. */
public final class JobsView extends ScrollPane {

  private static final double BAR_WIDTH = 140;

  private final Jobs jobs;
  private final VBox rows = new VBox(2);

  /** Shows jobs. */
  public JobsView(Jobs jobs) {
    this.jobs = jobs;
    setId("jobs");
    setAccessibleText("Jobs");
    getStyleClass().addAll("sheet", "jobs");
    setFitToWidth(true);
    rows.setPadding(new Insets(6, 10, 6, 10));
    setContent(rows);
    // A job's state shows in its own row; the lists tell when rows come and go.
    jobs.active()
        .addListener(
            (ListChangeListener<Job>)
                c -> {
                  while (c.next()) {
                    if (!c.wasUpdated()) {
                      show();
                      return;
                    }
                  }
                });
    jobs.ended().addListener((ListChangeListener<Job>) c -> show());
    show();
  }

  private void show() {
    rows.getChildren().clear();
    if (jobs.active().isEmpty() && jobs.ended().isEmpty()) {
      Label empty =
          new Label(
              "Nothing is running. Files being opened, arms being run and figures being exported are listed here, with the time each took.");
      empty.setWrapText(true);
      empty.getStyleClass().add("text-muted");
      rows.getChildren().add(empty);
    }
    jobs.active().forEach(job -> rows.getChildren().add(active(job)));
    if (!jobs.ended().isEmpty()) {
      Label heading = new Label("Finished");
      heading.getStyleClass().addAll("text-muted", "caption");
      Button clear = new Button("Clear");
      clear.getStyleClass().addAll("flat", "small");
      clear.setId("clear-jobs");
      clear.setAccessibleText("Clear finished jobs");
      clear.setOnAction(e -> jobs.clearEnded());
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      HBox head = new HBox(8, heading, gap, clear);
      head.setAlignment(Pos.CENTER_LEFT);
      rows.getChildren().add(head);
    }
    jobs.ended().forEach(job -> rows.getChildren().add(ended(job)));
  }

  private static Node active(Job job) {
    ProgressBar bar = new ProgressBar();
    bar.setPrefWidth(BAR_WIDTH);
    bar.setMinWidth(BAR_WIDTH);
    bar.progressProperty().bind(job.progressProperty());
    bar.accessibleTextProperty().bind(job.titleProperty().map(title -> "Progress of " + title));
    Label detail = new Label();
    detail.getStyleClass().add("text-muted");
    detail.textProperty().bind(job.detailProperty());
    job.stateProperty()
        .subscribe(
            state -> {
              bar.setVisible(state == Job.State.RUNNING);
              if (state == Job.State.WAITING) {
                job.detailProperty().set("waiting");
              }
            });
    Button cancel = new Button("Cancel");
    cancel.getStyleClass().addAll("small", "cancel-job");
    cancel.accessibleTextProperty().bind(job.titleProperty().map(title -> "Cancel: " + title));
    cancel.setMinWidth(Region.USE_PREF_SIZE);
    cancel.setOnAction(e -> job.cancel());
    return row(job, detail, bar, cancel);
  }

  private static Node ended(Job job) {
    Label detail = new Label(job.detailProperty().get());
    detail.getStyleClass().addAll("state-badge", "state-" + job.state().word());
    detail.setMinWidth(Region.USE_PREF_SIZE);
    return row(job, detail);
  }

  private static HBox row(Job job, Node... nodes) {
    Label title = new Label();
    title.textProperty().bind(job.titleProperty());
    title.setMinWidth(0);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox row = new HBox(10, title, gap);
    row.getChildren().addAll(nodes);
    row.setAlignment(Pos.CENTER_LEFT);
    row.setMinHeight(26);
    return row;
  }
}
