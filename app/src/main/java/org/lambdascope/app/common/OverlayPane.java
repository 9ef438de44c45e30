package org.lambdascope.app.common;

import java.util.Objects;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Shows one thing at a time above a window's content, within the window. Esc and a click beside it
 * close it; the focus then goes back to where it was.
 */
public final class OverlayPane extends StackPane {

  private final Region scrim = new Region();
  private @Nullable Node shown;
  private @Nullable Node focusBefore;

  /** Shows nothing. */
  public OverlayPane() {
    setVisible(false);
    scrim.getStyleClass().add("scrim");
    scrim.setOnMousePressed(e -> close());
    getChildren().add(scrim);
    addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) {
            close();
            event.consume(); // Esc also cancels runs, which is not what is meant here
          }
        });
  }

  /** Whether exactly this is shown. */
  public boolean shows(Node node) {
    return isVisible() && shown == node;
  }

  /**
   * Shows a node in place of what was shown.
   *
   * @param at where
   * @param focus what gets the focus
   */
  public void show(Region node, Pos at, Node focus) {
    Scene scene = Objects.requireNonNull(getScene(), "the overlay is in no window");
    if (!isVisible()) {
      focusBefore = scene.getFocusOwner();
    }
    shown = node;
    node.setMaxHeight(Region.USE_PREF_SIZE);
    node.setMaxWidth(Region.USE_PREF_SIZE);
    setAlignment(node, at);
    setMargin(node, new Insets(at == Pos.TOP_CENTER ? 72 : 24, 24, 24, 24));
    getChildren().setAll(scrim, node);
    setVisible(true);
    focus.requestFocus();
  }

  /** Shows a page of text with a heading. */
  public void showPage(String title, Region content) {
    Label heading = new Label(title);
    heading.getStyleClass().add("title-3");
    Label how = new Label("Esc or a click beside it closes it");
    how.getStyleClass().addAll("text-muted", "caption");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox head = new HBox(12, heading, gap, how);
    head.setAlignment(Pos.BASELINE_LEFT);
    VBox page = new VBox(12, head, content);
    page.getStyleClass().addAll("overlay-card", "overlay-page");
    page.setAccessibleText(title);
    show(page, Pos.CENTER, content);
  }

  /** Takes away what is shown. */
  public void close() {
    if (!isVisible()) {
      return;
    }
    setVisible(false);
    shown = null;
    getChildren().setAll(scrim);
    Node before = focusBefore;
    focusBefore = null;
    if (before != null && before.getScene() == getScene()) {
      before.requestFocus();
    }
  }
}
