package org.lambdascope.app.common;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Insets;
import javafx.scene.control.Alert;
import javafx.scene.control.Alert.AlertType;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
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
    Map<ButtonType, Runnable> takes = new LinkedHashMap<>();
    for (Choice choice : choices) {
      takes.put(new ButtonType(choice.label(), ButtonData.LEFT), choice.take());
    }
    alert.getButtonTypes().setAll(takes.keySet());
    alert.getButtonTypes().add(ButtonType.CLOSE);
    alert
        .resultProperty()
        .subscribe(
            taken -> {
              Runnable take = taken == null ? null : takes.get(taken);
              if (take != null) {
                take.run();
              }
            });
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
