package org.lambdascope.app.session;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** A bar that offers something about a session, and takes no room when there is nothing. */
public final class SessionBar extends HBox {

  /** Shows the notices of sessions. */
  public SessionBar(SessionsViewModel sessions) {
    setId("session-bar");
    getStyleClass().add("session-bar");
    setAlignment(Pos.CENTER_LEFT);
    setSpacing(10);
    sessions.noticeProperty().subscribe(this::show);
  }

  private void show(@Nullable SessionNotice notice) {
    getChildren().clear();
    setVisible(notice != null);
    setManaged(notice != null);
    if (notice == null) {
      return;
    }
    Label text = new Label(notice.text());
    text.setWrapText(true);
    text.setMaxWidth(Double.MAX_VALUE);
    text.setMinHeight(USE_PREF_SIZE);
    HBox.setHgrow(text, Priority.ALWAYS);
    getChildren().add(text);
    for (SessionNotice.Choice choice : notice.choices()) {
      Button button = new Button(choice.label());
      button.getStyleClass().add("small");
      button.setMinWidth(USE_PREF_SIZE);
      button.setOnAction(e -> choice.action().run());
      getChildren().add(button);
    }
    // The likeliest choice, after the text.
    getChildren().stream().skip(1).findFirst().ifPresent(b -> b.getStyleClass().add("accent"));
    Button close = new Button("✕");
    close.getStyleClass().addAll("flat", "small");
    close.setAccessibleText("Not now");
    close.setMinWidth(USE_PREF_SIZE);
    close.setOnAction(e -> notice.dismissed().run());
    getChildren().add(close);
  }
}
