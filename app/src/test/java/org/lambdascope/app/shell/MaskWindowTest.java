package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.figure.HeatMapSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.mask.MaskSpan;
import org.lambdascope.app.mask.MaskView;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.engine.experiment.Arm;
import org.testfx.util.WaitForAsyncUtils;

/** The page of the Λ-mask, driven as a user does. */
class MaskWindowTest extends WindowFixture {

  @BeforeEach
  void openPage() throws Exception {
    open(400);
    robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT2).release(KeyCode.CONTROL);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private Arm arm() {
    return workbench().arms().getLast().arm();
  }

  private MaskSpan span() {
    return window.mask().spanProperty().get();
  }

  @Test
  void anEdgeIsDraggedAndTheArmRunsAgain() throws Exception {
    run();
    int before = arm().get("local");
    Node handle = robot.lookup("#mask-handle-local").query();
    robot.drag(handle, MouseButton.PRIMARY).moveBy(-60, 0).drop();
    WaitForAsyncUtils.waitForFxEvents();
    int dragged = arm().get("local");
    assertThat(dragged).isGreaterThan(before + 10);
    assertThat(robot.lookup("#mask-handle-local").queryLabeled().getText())
        .isEqualTo("n_local " + dragged);
    await(() -> workbench().arms().getLast().state() == ArmState.DONE);
    assertThat(workbench().arms().getLast().stale()).isFalse();
    assertThat(label("mask-facts")).startsWith("mean NLL ");
  }

  @Test
  void theMaskIsAFigureToo() throws Exception {
    robot.interact(() -> robot.lookup("#mask-canvas").query().requestFocus());
    robot.interact(() -> window.commands().get("edit.copy-figure").run());
    await(() -> window.log().text().contains("Copied"));
    MaskView page = robot.lookup(".mask").queryAs(MaskView.class);
    Panel[] panel = new Panel[1];
    robot.interact(() -> panel[0] = page.panel());
    HeatMapSeries cells = (HeatMapSeries) panel[0].series().getFirst();
    // The first key is seen by all, each query sees itself at 0, and none sees what comes later.
    int columns = (int) Arrays.stream(cells.x()).distinct().count();
    for (int r = 0; r < cells.value().length / columns; r++) {
      assertThat(cells.value()[r * columns]).isNotNaN();
      for (int c = 0; c < columns; c++) {
        if (cells.x()[r * columns + c] > cells.y()[r * columns + c] + 3) {
          assertThat(cells.value()[r * columns + c]).isNaN();
        }
      }
    }
  }

  /** The cells are drawn in the background, and stay those of the settings before until then. */
  @Test
  void thePictureBecomesThatOfTheLatestSettings() throws Exception {
    int key = 220;
    robot.interact(() -> window.mask().showWhole());
    for (int local : List.of(300, 100, 40)) { // at the last, query 380 sees keys from 341 on
      robot.interact(() -> workbench().setParameter(workbench().arms().getLast(), "local", local));
    }
    int hidden = 0xFF << 24 | 0xE9EBEE;
    await(() -> pixel(380, key) == hidden);
    robot.interact(() -> workbench().setParameter(workbench().arms().getLast(), "local", 300));
    await(() -> pixel(380, key) != hidden);
    robot.interact(() -> window.mask().show(new MaskSpan(200, 300, 0, 100)));
    await(() -> pixel(250, 50) != hidden);
  }

  /** The colour of a cell on the screen, as {@code 0xAARRGGBB}. */
  private int pixel(int query, int key) {
    Canvas picture = robot.lookup("#mask-picture").query();
    MaskSpan span = span();
    double left = 78; // how far from the sides of the picture the cells begin and end
    double top = 42;
    double width = picture.getWidth() - 14 - left;
    double height = picture.getHeight() - 62 - top; // two rows of handles
    double x = left + (key + 0.5 - span.keyFrom()) / span.keys() * width;
    double y = top + (query + 0.5 - span.queryFrom()) / span.queries() * height;
    SnapshotParameters one = new SnapshotParameters();
    one.setViewport(new Rectangle2D(Math.floor(x), Math.floor(y), 1, 1));
    return picture.snapshot(one, null).getPixelReader().getArgb(0, 0);
  }

  @Test
  void handlesAreMovedByKeys() {
    Node handle = robot.lookup("#mask-handle-global").query();
    robot.interact(handle::requestFocus);
    int before = arm().get("global");
    robot.type(KeyCode.RIGHT, 3).type(KeyCode.DOWN);
    assertThat(arm().get("global")).isEqualTo(before + 2);
  }

  @Test
  void pointingAtACellExplainsIt() {
    Node canvas = robot.lookup("#mask-canvas").query();
    Bounds bounds = canvas.localToScreen(canvas.getBoundsInLocal());
    robot.moveTo(bounds.getMinX() + 100, bounds.getMaxY() - 90);
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(label("mask-cell")).startsWith("query 3").contains("(sees ").contains("→ key ");
    assertThat(label("mask-distances")).startsWith("raw distance d = ");
    assertThat(label("mask-reason")).contains("visible");
    robot.clickOn(MouseButton.PRIMARY);
    assertThat(workbench().positionProperty().get()).isGreaterThan(300);
  }

  @Test
  void keysWalkAndZoom() {
    Node canvas = robot.lookup("#mask-canvas").query();
    robot.interact(canvas::requestFocus);
    robot.interact(() -> window.mask().look(200, 100));
    robot.type(KeyCode.DOWN).type(KeyCode.RIGHT, 2);
    assertThat(label("mask-cell")).startsWith("query 201").contains("→ key 102 ");
    robot.type(KeyCode.EQUALS);
    assertThat(span().queries()).isEqualTo(200);
    assertThat(span().contains(201, 102)).isTrue();
    robot.clickOn("#mask-whole");
    assertThat(span()).isEqualTo(MaskSpan.whole(400));
  }

  @Test
  void aRectangleIsZoomedInto() {
    Node canvas = robot.lookup("#mask-canvas").query();
    Bounds bounds = canvas.localToScreen(canvas.getBoundsInLocal());
    double x = bounds.getCenterX() + 60;
    double y = bounds.getMinY() + 60;
    robot.moveTo(x, y).press(MouseButton.PRIMARY).moveBy(100, 50).release(MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(span().keys()).isBetween(20, 120);
    assertThat(span().keyFrom()).isGreaterThan(100);
    assertThat(robot.lookup("#mask-key-from").queryTextInputControl().getText())
        .isEqualTo(Integer.toString(span().keyFrom()));
  }
}
