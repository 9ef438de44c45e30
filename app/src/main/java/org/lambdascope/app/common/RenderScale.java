package org.lambdascope.app.common;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Window;

/**
 * Pixels per unit that a node is drawn at: 2 on a screen at 200 %. What draws pictures or canvases
 * has to do it again when its window goes to another screen.
 */
public final class RenderScale {

  private RenderScale() {}

  /** The scale of a node's window, at least 1; 1 for a node in no window. */
  public static double of(Node node) {
    Scene scene = node.getScene();
    Window window = scene == null ? null : scene.getWindow();
    return window == null ? 1 : Math.max(1, window.getRenderScaleX());
  }

  /** Runs something now and whenever a node's scale may have changed. */
  public static void follow(Node node, Runnable action) {
    ObservableValue<Number> scale =
        node.sceneProperty().flatMap(Scene::windowProperty).flatMap(Window::renderScaleXProperty);
    scale.subscribe(s -> action.run());
  }
}
