package org.lambdascope.app.jobs;

import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The log, with ways to copy and clear it. */
public final class LogView extends VBox {

  private final ListView<EventLog.Entry> list;
  private @Nullable Scene waiting;

  /** Shows a log and scrolls with it. */
  public LogView(EventLog log) {
    list = new ListView<>(log.entries());
    list.setId("log");
    list.setAccessibleText("Log");
    list.getStyleClass().add("log");
    list.setCellFactory(l -> new Cell());
    Label empty = new Label("Nothing has happened yet.");
    empty.getStyleClass().add("text-muted");
    list.setPlaceholder(empty);
    log.entries().addListener((ListChangeListener<EventLog.Entry>) c -> showLast());
    list.heightProperty().subscribe(h -> showLast()); // what came while it was hidden
    Button copy = new Button("Copy");
    copy.setId("copy-log");
    copy.setAccessibleText("Copy the log");
    copy.getStyleClass().addAll("flat", "small");
    copy.setOnAction(
        e -> {
          ClipboardContent content = new ClipboardContent();
          content.putString(log.text());
          Clipboard.getSystemClipboard().setContent(content);
        });
    Button clear = new Button("Clear");
    clear.setId("clear-log");
    clear.setAccessibleText("Clear the log");
    clear.getStyleClass().addAll("flat", "small");
    clear.setOnAction(e -> log.clear());
    HBox buttons = new HBox(6, copy, clear);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    buttons.setPadding(new Insets(2, 10, 2, 10));
    VBox.setVgrow(list, Priority.ALWAYS);
    getChildren().addAll(list, buttons);
  }

  /**
   * Scrolls to the end once the scene is laid out: scrolling styles cells on the spot, and where
   * the log was moved from one window to another a moment ago, with colours of neither.
   */
  private void showLast() {
    Scene scene = getScene();
    if (scene == null || scene == waiting) {
      return;
    }
    waiting = scene;
    scene.addPostLayoutPulseListener(
        new Runnable() {
          @Override
          public void run() {
            scene.removePostLayoutPulseListener(this);
            if (waiting == scene) {
              waiting = null;
            }
            if (getScene() == scene) {
              list.scrollTo(Math.max(0, list.getItems().size() - 1));
            }
          }
        });
  }

  private static final class Cell extends ListCell<EventLog.Entry> {

    private final Label time = new Label();
    private final Label text = new Label();
    private final HBox row = new HBox(10, time, text);

    Cell() {
      time.getStyleClass().add("text-muted");
      time.setMinWidth(USE_PREF_SIZE);
      text.setWrapText(true);
      HBox.setHgrow(text, Priority.ALWAYS);
      setPrefWidth(0); // a long line wraps instead of widening the list
    }

    @Override
    protected void updateItem(EventLog.@Nullable Entry entry, boolean empty) {
      super.updateItem(entry, empty);
      if (empty || entry == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      time.setText(entry.clock());
      boolean warning = entry.level() == EventLog.Level.WARNING;
      text.setText((warning ? "⚠ " : "") + entry.text());
      text.getStyleClass().remove("log-warning");
      if (warning) {
        text.getStyleClass().add("log-warning");
      }
      setGraphic(row);
      setAccessibleText(entry.toString());
    }
  }
}
