package org.lambdascope.app.shell;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import org.testfx.util.WaitForAsyncUtils;

/** Scrolls pages. */
final class Scrolls {

  private Scrolls() {}

  /** Brings a part of a page near its upper side. */
  static void to(ScrollPane page, Node part) {
    WaitForAsyncUtils.waitForAsyncFx(
        10_000,
        () -> {
          Node content = page.getContent();
          Bounds at = content.sceneToLocal(part.localToScene(part.getBoundsInLocal()));
          double room =
              Math.max(
                  1, content.getBoundsInLocal().getHeight() - page.getViewportBounds().getHeight());
          page.setVvalue(Math.clamp((at.getMinY() - 80) / room, 0, 1));
          return true;
        });
    WaitForAsyncUtils.waitForFxEvents();
  }
}
