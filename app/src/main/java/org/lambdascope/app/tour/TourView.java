package org.lambdascope.app.tour;

import javafx.animation.AnimationTimer;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * Shows the tour above a window that stays usable: a frame around what a step points at, all else
 * dimmed, and a card beside it.
 */
public final class TourView extends Pane {

  private static final double CARD_WIDTH = 340;
  private static final double LEAST_CARD_WIDTH = 250;
  private static final double GAP = 12;
  private static final double FRAME = 4;

  private final TourViewModel viewModel;
  private final Rectangle frame = new Rectangle();
  private final Region[] shades = {new Region(), new Region(), new Region(), new Region()};
  private final Label count = new Label();
  private final Label title = new Label();
  private final Label text = new Label();
  private final Label task = new Label();
  private final Button back = new Button("Back");
  private final Button next = new Button("Next");
  private final Button end = new Button("End tour");
  private final VBox card;
  // What a step points at may still be made, or move while results come in.
  private final AnimationTimer follow =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          place();
        }
      };
  private @Nullable Bounds placedAt;

  /** Shows a tour. */
  public TourView(TourViewModel viewModel) {
    this.viewModel = viewModel;
    setId("tour");
    setPickOnBounds(false);
    setVisible(false);
    for (Region shade : shades) {
      shade.getStyleClass().add("tour-shade");
      shade.setMouseTransparent(true);
    }
    frame.getStyleClass().add("tour-frame");
    frame.setMouseTransparent(true);
    count.getStyleClass().addAll("text-muted", "caption");
    title.getStyleClass().add("title-4");
    title.setId("tour-title");
    title.setWrapText(true);
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    task.setWrapText(true);
    task.setMinHeight(Region.USE_PREF_SIZE);
    task.getStyleClass().add("tour-task");
    task.setId("tour-task");
    back.setId("tour-back");
    back.setOnAction(e -> viewModel.back());
    next.setId("tour-next");
    next.getStyleClass().add("accent");
    next.setOnAction(e -> viewModel.next());
    end.setId("tour-end");
    end.getStyleClass().add("flat");
    end.setOnAction(e -> viewModel.end());
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox buttons = new HBox(8, end, gap, back, next);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    card = new VBox(8, count, title, text, task, buttons);
    card.getStyleClass().add("overlay-card");
    card.setPrefWidth(CARD_WIDTH);
    getChildren().addAll(shades);
    getChildren().addAll(frame, card);
    sceneProperty().subscribe(this::listen);
    viewModel.indexProperty().subscribe((before, now) -> show(now.intValue()));
  }

  private void listen(@Nullable Scene scene) {
    if (scene != null) {
      scene.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }
  }

  /** Wherever the focus is: a step may ask for something elsewhere. */
  private void key(KeyEvent event) {
    if (viewModel.runningProperty().get() && event.getCode() == KeyCode.ESCAPE) {
      viewModel.end();
      event.consume();
    }
  }

  private void show(int index) {
    boolean on = index != TourViewModel.OFF;
    setVisible(on);
    if (!on) {
      follow.stop();
      return;
    }
    TourStep step = viewModel.step();
    count.setText("Step %d of %d".formatted(index + 1, viewModel.size()));
    title.setText(step.title());
    text.setText(step.text());
    back.setDisable(index == 0);
    boolean last = index == viewModel.size() - 1;
    next.setText(last ? "Finish" : "Next");
    end.setVisible(!last); // to finish is to end it
    card.setAccessibleText(step.title() + ". " + step.text() + " " + step.task());
    next.setAccessibleText("Next, after: " + step.title());
    placedAt = null;
    place();
    next.requestFocus();
    follow.start();
  }

  private void place() {
    if (!viewModel.runningProperty().get() || getScene() == null) {
      return;
    }
    TourStep step = viewModel.step();
    boolean asked = !step.task().isEmpty();
    task.setVisible(asked);
    task.setManaged(asked);
    boolean done = asked && step.done().getAsBoolean();
    task.setText(done ? "✓ Done: " + step.did() : "Your turn: " + step.task());
    Bounds at = target(step);
    if (at == null) {
      at = new BoundingBox(getWidth() / 2, getHeight() / 2, 0, 0);
    }
    frame.setVisible(at.getWidth() > 0);
    if (!at.equals(placedAt)) {
      placedAt = at;
      frame.setX(at.getMinX());
      frame.setY(at.getMinY());
      frame.setWidth(at.getWidth());
      frame.setHeight(at.getHeight());
      shade(at);
    }
    placeCard(at);
  }

  /** Where the targets are, with some room, within the window; null if there are none. */
  private @Nullable Bounds target(TourStep step) {
    double x = getWidth();
    double y = getHeight();
    double right = 0;
    double bottom = 0;
    for (String selector : step.targets()) {
      for (Node node : getScene().getRoot().lookupAll(selector)) {
        if (!node.getLayoutBounds().isEmpty()) {
          Bounds inside = sceneToLocal(node.localToScene(node.getLayoutBounds()));
          x = Math.min(x, inside.getMinX() - FRAME);
          y = Math.min(y, inside.getMinY() - FRAME);
          right = Math.max(right, inside.getMaxX() + FRAME);
          bottom = Math.max(bottom, inside.getMaxY() + FRAME);
        }
      }
    }
    x = Math.max(FRAME / 2, x);
    y = Math.max(FRAME / 2, y);
    right = Math.min(getWidth() - FRAME / 2, right);
    bottom = Math.min(getHeight() - FRAME / 2, bottom);
    return right <= x || bottom <= y ? null : new BoundingBox(x, y, right - x, bottom - y);
  }

  private void shade(Bounds hole) {
    double w = getWidth();
    double h = getHeight();
    shades[0].resizeRelocate(0, 0, w, hole.getMinY());
    shades[1].resizeRelocate(0, hole.getMaxY(), w, h - hole.getMaxY());
    shades[2].resizeRelocate(0, hole.getMinY(), hole.getMinX(), hole.getHeight());
    shades[3].resizeRelocate(hole.getMaxX(), hole.getMinY(), w - hole.getMaxX(), hole.getHeight());
  }

  /**
   * Below the target, above it, or beside it, if need be narrower: the first where it fits; else in
   * the window's corner, where it hides least of the target.
   */
  private void placeCard(Bounds at) {
    double w = getWidth();
    double h = getHeight();
    double width = CARD_WIDTH;
    double height = card.prefHeight(width);
    double x = Math.clamp(at.getMinX(), GAP, Math.max(GAP, w - CARD_WIDTH - GAP));
    double y;
    if (at.getMaxY() + GAP + height <= h - GAP) {
      y = at.getMaxY() + GAP;
    } else if (at.getMinY() - GAP - height >= GAP) {
      y = at.getMinY() - GAP - height;
    } else {
      double after = w - at.getMaxX() - 2 * GAP;
      double before = at.getMinX() - 2 * GAP;
      double room = Math.max(after, before);
      width = Math.clamp(room, LEAST_CARD_WIDTH, CARD_WIDTH);
      height = card.prefHeight(width);
      boolean right = after >= width || after >= before;
      x = right ? Math.min(at.getMaxX() + GAP, w - width - GAP) : at.getMinX() - GAP - width;
      x = Math.max(GAP, x);
      y = room < width ? h - height - GAP : at.getMinY();
      y = Math.clamp(y, GAP, Math.max(GAP, h - height - GAP));
    }
    card.resizeRelocate(x, y, width, height);
  }

  @Override
  protected void layoutChildren() {
    placedAt = null; // the window has another size
    place();
  }
}
