package org.lambdascope.app.common;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Alert;
import javafx.scene.control.Alert.AlertType;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Window;
import javafx.stage.WindowEvent;

/** Dialogs and notifications of a window. */
public final class FxDialogs implements Dialogs {

  private static final double WIDTH = 520;

  private final Window owner;
  private final Notices notices;
  private final List<Alert> open = new ArrayList<>();
  private boolean closed;

  /**
   * Dialogs of a window.
   *
   * @param tasks takes notices away in time
   */
  public FxDialogs(Window owner, TaskRunner tasks) {
    this.owner = owner;
    this.notices = new Notices(owner, tasks);
    owner.addEventHandler(WindowEvent.WINDOW_SHOWING, e -> closed = false);
    owner.addEventHandler(
        WindowEvent.WINDOW_HIDING,
        e -> {
          closed = true;
          List.copyOf(open).forEach(Alert::close);
        });
  }

  @Override
  public void error(ErrorReport report) {
    show(alert(report));
  }

  @Override
  public void offer(ErrorReport report, List<Choice> choices) {
    Alert alert = alert(report);
    VBox offers = new VBox(6);
    for (Choice choice : choices) { // one below the other, since their words are long
      Button take = new Button(choice.label());
      take.setMaxWidth(Double.MAX_VALUE);
      take.setAlignment(Pos.CENTER_LEFT);
      take.setOnAction(
          e -> {
            alert.close();
            choice.take().run();
          });
      offers.getChildren().add(take);
    }
    ((VBox) alert.getDialogPane().getContent()).getChildren().add(offers);
    alert.getButtonTypes().setAll(ButtonType.CLOSE);
    show(alert);
  }

  /** Dialogs close with their window, and what still fails after it opens none: the log has it. */
  private void show(Alert alert) {
    if (!closed) {
      open.add(alert);
      alert.setOnHidden(e -> open.remove(alert));
      alert.show();
    }
  }

  private Alert alert(ErrorReport report) {
    Alert alert = new Alert(AlertType.ERROR);
    alert.initOwner(owner);
    alert.initModality(Modality.WINDOW_MODAL);
    alert.setTitle("Lambdascope");
    alert.setHeaderText(report.title());
    Region mark = new Region();
    mark.getStyleClass().add("error-mark");
    alert.setGraphic(mark);
    Label message = new Label(report.message());
    message.setWrapText(true);
    message.setId("error-message");
    VBox content = new VBox(10, message);
    if (!report.hint().isEmpty()) {
      Label hint = new Label(report.hint());
      hint.setWrapText(true);
      hint.getStyleClass().add("text-muted");
      content.getChildren().add(hint);
    }
    content.setPadding(new Insets(14, 16, 10, 16));
    content.setPrefWidth(WIDTH);
    alert.getDialogPane().setContent(content);
    alert.getDialogPane().setPrefWidth(WIDTH + 40);
    return alert;
  }

  @Override
  public void notice(String title, String message) {
    if (!closed) { // in a closed window the toolkit finds no colours for what comes
      notices.show(title, message);
    }
  }
}
