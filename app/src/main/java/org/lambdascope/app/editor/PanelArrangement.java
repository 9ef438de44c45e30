package org.lambdascope.app.editor;

import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.figure.Figure;

/**
 * The panels of a figure as tiles, row by row. A tile is dragged to another place; below the last
 * row it begins one more row, right of the last column it makes the rows longer.
 */
final class PanelArrangement extends Pane {

  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
  private static final PseudoClass TARGET = PseudoClass.getPseudoClass("target");
  private static final double TILE_HEIGHT = 42;
  private static final double GAP = 6;

  /** Room at the right and below, onto which a tile can be dropped. */
  private static final double EDGE = 18;

  /** Stands for no tile. */
  private static final int NONE = -1;

  private final FigureEditorViewModel viewModel;
  private int dragged = NONE;
  private Point2D grabbed = Point2D.ZERO;

  PanelArrangement(FigureEditorViewModel viewModel) {
    this.viewModel = viewModel;
    getStyleClass().add("panel-arrangement");
    setAccessibleText("Panels, row by row");
  }

  /** Shows the panels of a figure. */
  void show(Figure figure) {
    dragged = NONE; // its tile is gone
    boolean focused = getChildren().stream().anyMatch(tile -> tile.isFocused());
    getChildren().clear();
    for (int i = 0; i < figure.panels().size(); i++) {
      getChildren().add(tile(figure, i));
    }
    mark();
    double height = figure.rows() * (TILE_HEIGHT + GAP) + EDGE;
    setMinHeight(height);
    setPrefHeight(height);
    if (focused) {
      getChildren().get(viewModel.panelProperty().get()).requestFocus();
    }
    requestLayout();
  }

  /** Marks the chosen panel. */
  void mark() {
    for (int i = 0; i < getChildren().size(); i++) {
      getChildren().get(i).pseudoClassStateChanged(CHOSEN, i == viewModel.panelProperty().get());
    }
  }

  private Label tile(Figure figure, int index) {
    String letter =
        figure.panels().size() == 1
            ? ""
            : viewModel.draft().venue().type().letters().of(index) + " ";
    String title = figure.panels().get(index).title();
    Label tile =
        new Label(letter + (title.isEmpty() ? figure.panels().get(index).y().label() : title));
    tile.getStyleClass().add("panel-tile");
    tile.setId("panel-tile-" + index);
    tile.setFocusTraversable(true);
    tile.setWrapText(true);
    Tips.on(tile, "Drag to another place, or move it by Alt with the arrow keys; Del removes it");
    tile.setAccessibleText("Panel " + tile.getText());
    tile.setOnMousePressed(
        e -> {
          tile.requestFocus();
          viewModel.panelProperty().set(index);
          dragged = index;
          grabbed = new Point2D(e.getX(), e.getY());
        });
    tile.setOnMouseDragged(this::drag);
    tile.setOnMouseReleased(this::drop);
    tile.setOnKeyPressed(e -> key(e, index, figure));
    return tile;
  }

  private void key(KeyEvent event, int index, Figure figure) {
    int by =
        switch (event.getCode()) {
          case LEFT -> -1;
          case RIGHT -> 1;
          case UP -> -figure.columns();
          case DOWN -> figure.columns();
          default -> 0;
        };
    int to = index + by;
    boolean inside = by != 0 && to >= 0 && to < figure.panels().size();
    if (inside && event.isAltDown()) {
      viewModel.movePanel(index, to);
    } else if (inside) {
      viewModel.panelProperty().set(to);
      getChildren().get(to).requestFocus();
    } else if (event.getCode() == KeyCode.DELETE) {
      viewModel.removePanel(index);
    } else {
      return;
    }
    event.consume();
  }

  private void drag(MouseEvent event) {
    if (dragged == NONE) {
      return; // the press went to a popup, which closed
    }
    Point2D at = sceneToLocal(event.getSceneX(), event.getSceneY());
    Label tile = (Label) getChildren().get(dragged);
    tile.setViewOrder(-1);
    tile.relocate(at.getX() - grabbed.getX(), at.getY() - grabbed.getY());
    int target = place(at);
    for (int i = 0; i < getChildren().size(); i++) {
      getChildren().get(i).pseudoClassStateChanged(TARGET, i == target && i != dragged);
    }
    event.consume();
  }

  private void drop(MouseEvent event) {
    int from = dragged;
    dragged = NONE;
    Figure figure = viewModel.figure().orElse(null);
    if (from == NONE || figure == null || event.isStillSincePress()) {
      requestLayout();
      return;
    }
    Point2D at = sceneToLocal(event.getSceneX(), event.getSceneY());
    int panels = figure.panels().size();
    if (at.getY() > figure.rows() * (TILE_HEIGHT + GAP) && figure.columns() > 1) {
      viewModel.movePanel(from, panels - 1);
      viewModel.setColumns(Math.ceilDiv(panels, figure.rows() + 1));
    } else if (at.getX() > getWidth() - EDGE && figure.columns() < panels) {
      viewModel.movePanel(from, Math.min(figure.columns(), panels - 1));
      viewModel.setColumns(figure.columns() + 1);
    } else {
      viewModel.movePanel(from, place(at));
    }
    requestLayout();
  }

  /** The place in the order of panels of a point. */
  private int place(Point2D at) {
    int columns = columns();
    int column = (int) Math.clamp(Math.floor(at.getX() / (tileWidth() + GAP)), 0, columns - 1);
    int row = (int) Math.max(0, Math.floor(at.getY() / (TILE_HEIGHT + GAP)));
    return Math.clamp(row * (long) columns + column, 0, Math.max(0, getChildren().size() - 1));
  }

  private int columns() {
    return viewModel.figure().map(Figure::columns).orElse(1);
  }

  private double tileWidth() {
    int columns = columns();
    return (getWidth() - EDGE - (columns - 1) * GAP) / columns;
  }

  @Override
  protected void layoutChildren() {
    int columns = columns();
    for (int i = 0; i < getChildren().size(); i++) {
      if (i != dragged) {
        getChildren().get(i).setViewOrder(0);
        getChildren().get(i).pseudoClassStateChanged(TARGET, false);
        int row = i / columns;
        double x = i % columns * (tileWidth() + GAP);
        double y = row * (TILE_HEIGHT + GAP);
        getChildren().get(i).resizeRelocate(x, y, tileWidth(), TILE_HEIGHT);
      }
    }
  }
}
