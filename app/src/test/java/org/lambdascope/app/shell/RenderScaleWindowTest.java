package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.RenderScale;
import org.testfx.util.WaitForAsyncUtils;

/** What is drawn as pixels is drawn again when the window comes to a screen of another scale. */
class RenderScaleWindowTest extends WindowFixture {

  @Test
  void theScaleIsThatOfTheScreenAndFollowsTheWindow() {
    // 1 on the headless platform; on a display it is what the system says.
    assertThat(RenderScale.of(stage.getScene().getRoot())).isEqualTo(stage.getOutputScaleX());
    List<Double> seen = new ArrayList<>();
    robot.interact(
        () -> {
          Node root = stage.getScene().getRoot();
          RenderScale.follow(root, () -> seen.add(RenderScale.of(root)));
          stage.setRenderScaleX(3);
          stage.setRenderScaleX(0.5);
        });
    assertThat(seen).containsExactly(stage.getOutputScaleX(), 3.0, 1.0);
  }

  @Test
  void everyCanvasIsDrawnAgain() throws Exception {
    open(300);
    run();
    robot.interact(() -> workbench().positionProperty().set(100));
    FxWatchdog.instance()
        .pause(); // what takes long from here on is the pictures that the test takes
    for (int page : new int[] {0, 1, ShellViewModel.TOKEN_PAGE}) {
      robot.interact(() -> window.shell().pageProperty().set(page));
      WaitForAsyncUtils.waitForFxEvents();
      List<Canvas> drawn = new ArrayList<>();
      robot.interact(
          () -> {
            robot.lookup(n -> n instanceof Canvas && seen(n)).queryAllAs(Canvas.class).stream()
                .filter(c -> !blank(c))
                .forEach(drawn::add);
            drawn.forEach(
                c -> c.getGraphicsContext2D().clearRect(0, 0, c.getWidth(), c.getHeight()));
          });
      assertThat(drawn).as("page %d", page).isNotEmpty();
      robot.interact(() -> stage.setRenderScaleX(stage.getRenderScaleX() + 0.25));
      for (Canvas canvas : drawn) {
        await(() -> !blank(canvas));
      }
    }
  }

  private static boolean seen(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private static boolean blank(Canvas canvas) {
    if (canvas.getWidth() < 1 || canvas.getHeight() < 1) {
      return true;
    }
    SnapshotParameters clear = new SnapshotParameters();
    clear.setFill(Color.TRANSPARENT);
    WritableImage image = canvas.snapshot(clear, null);
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    return Arrays.stream(pixels).allMatch(argb -> argb >>> 24 == 0);
  }
}
