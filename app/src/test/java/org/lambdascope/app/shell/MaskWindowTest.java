package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
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
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmParser;
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
    ranAgain();
    assertThat(label("mask-facts")).startsWith("mean NLL ");
  }

  private void ranAgain() throws Exception {
    await(() -> workbench().arms().getLast().state() == ArmState.DONE);
    assertThat(workbench().arms().getLast().stale()).isFalse();
    assertThat(shown(workbench().arms().getLast()).arm()).isEqualTo(arm());
  }

  @Test
  void theHandleOfTheCeilingIsDragged() throws Exception {
    run();
    robot.interact(() -> workbench().setParameter(workbench().arms().getLast(), "ceiling", 150));
    Arm before = arm(); // its handle stands clear of the other's
    Drags.by(robot, robot.lookup("#mask-handle-ceiling").query(), -60, 0);
    int dragged = arm().get("ceiling");
    assertThat(dragged).isGreaterThan(before.get("ceiling") + 10);
    assertThat(arm()).as("and nothing else").isEqualTo(before.with("ceiling", dragged));
    assertThat(robot.lookup("#mask-handle-ceiling").queryLabeled().getText())
        .isEqualTo("ceiling " + dragged);
    ranAgain();
  }

  /** Its line crosses the picture from the upper left to the lower right. */
  @Test
  void theLineOfAnEdgeIsDraggedInsideThePicture() throws Exception {
    robot.interact(() -> workbench().newTokensProperty().set(0)); // runs leave the size as it is
    run();
    robot.interact(() -> workbench().setParameter(workbench().arms().getLast(), "ceiling", 200));
    Arm before = arm();
    int local = before.get("local");
    robot
        .drag(onScreen(300, 300 - local + 0.5, 2), MouseButton.PRIMARY)
        .dropTo(onScreen(300, 250 - local + 0.5, 2));
    WaitForAsyncUtils.waitForFxEvents();
    int dragged = arm().get("local");
    assertThat(dragged).isBetween(local + 47, local + 53);
    assertThat(arm()).isEqualTo(before.with("local", dragged));
    robot
        .drag(onScreen(300, before.get("global"), 2), MouseButton.PRIMARY)
        .dropTo(onScreen(320, 40, 2));
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(arm().get("global")).isBetween(37, 43);
    assertThat(span()).as("no rectangle was zoomed into").isEqualTo(MaskSpan.whole(400));
    ranAgain();
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

  /**
   * Where a place of the mask lies in the picture.
   *
   * @param rows of handles below it
   */
  private Point2D place(double query, double key, int rows) {
    Canvas picture = robot.lookup("#mask-picture").query();
    MaskSpan span = span();
    double left = 78; // how far from the sides of the picture the cells begin and end
    double top = 42;
    double width = picture.getWidth() - 14 - left;
    double height = picture.getHeight() - 8 - 27 * rows - top;
    return new Point2D(
        left + (key - span.keyFrom()) / span.keys() * width,
        top + (query - span.queryFrom()) / span.queries() * height);
  }

  private Point2D onScreen(double query, double key, int rows) {
    return robot.lookup("#mask-picture").query().localToScreen(place(query, key, rows));
  }

  /** The colour of a cell on the screen, as {@code 0xAARRGGBB}. */
  private int pixel(int query, int key) {
    Canvas picture = robot.lookup("#mask-picture").query();
    Point2D at = place(query + 0.5, key + 0.5, 2);
    SnapshotParameters one = new SnapshotParameters();
    one.setViewport(new Rectangle2D(Math.floor(at.getX()), Math.floor(at.getY()), 1, 1));
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

  /** Points at a cell, which is shown large enough to be met. */
  private void pointAt(int query, int key, int rows) {
    robot.interact(
        () -> window.mask().show(new MaskSpan(query - 10, query + 10, key - 10, key + 10)));
    WaitForAsyncUtils.waitForFxEvents();
    robot.moveTo(onScreen(query + 0.5, key + 0.5, rows));
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void says(String cell, String distances, String reason) {
    String[] ends = cell.split(" → ", 2);
    assertThat(label("mask-cell")).startsWith(ends[0]).contains(" → " + ends[1]);
    assertThat(label("mask-distances")).isEqualTo(distances);
    assertThat(label("mask-reason")).isEqualTo(reason);
  }

  private void select(Arm arm) {
    robot.interact(
        () -> {
          workbench().setArms(List.of(ArmKind.VANILLA, arm.kind()));
          workbench().setArm(selected(), arm);
          workbench().lengthProperty().set(400);
        });
  }

  @Test
  void cellsUnderStreamingAreExplained() {
    select(ArmParser.parse("streaming-llm:sink=12,recent=60", 512));
    pointAt(380, 11, 2);
    says(
        "query 380 → key 11 ",
        "raw distance d = 369 · effective distance 60 (between cache slots: sinks sit just beyond the recent keys)",
        "visible: a sink, j < n_sink = 12");
    assertThat(label("mask-cell")).contains("(sees 72 of 381 keys)");
    pointAt(380, 100, 2);
    says(
        "query 380 → key 100 ",
        "raw distance d = 280",
        "not visible: evicted: d = 280 ≥ n_recent = 60, and no sink, j = 100 ≥ n_sink = 12");
    pointAt(380, 350, 2);
    says(
        "query 380 → key 350 ",
        "raw distance d = 30 · effective distance 30",
        "visible: recent, d < n_recent = 60");
    pointAt(380, 383, 2);
    says(
        "query 380 → key 383 ",
        "the key stands 3 tokens after the query",
        "not visible: a query sees no later key");
  }

  @Test
  void cellsUnderCepeAreExplained() throws Exception {
    Path cepe = folder.resolve("models/lambda-cepe");
    if (Files.notExists(cepe)) {
      TinyModel.addCepe(folder);
    }
    robot.interact(() -> window.models().open(List.of(cepe)));
    await(
        () ->
            window.models().source().complete()
                && window.models().openingProperty().get().isEmpty());
    select(ArmParser.parse("cepe:chunk=32,window=64,context=128", 512));
    pointAt(300, 280, 2);
    says(
        "query 300 → key 280 ",
        "raw distance d = 20 · effective distance 20",
        "visible: in the decoder’s window from 256 on");
    pointAt(300, 200, 2);
    says(
        "query 300 → key 200 ",
        "raw distance d = 100 · no effective distance: it has no place in the decoder",
        "reached by cross-attention, through chunk 6 (tokens 192–223) of the encoder");
    pointAt(300, 100, 2);
    says(
        "query 300 → key 100 ",
        "raw distance d = 200",
        "not visible: before the window and in no whole chunk of the last 128 tokens, which the encoder reads");
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
