package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.workbench.ArmViewModel;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The parts around the pages in windows of their own. */
class PanelsWindowTest extends WindowFixture {

  private static final Map<ShellPanel, String> NODES =
      Map.of(
          ShellPanel.LIBRARY, "#library-tree",
          ShellPanel.ARM, "#side-settings",
          ShellPanel.TOKEN, "#side-token",
          ShellPanel.BOTTOM, "#bottom");

  @BeforeEach
  void openModel() throws Exception {
    open(200);
  }

  private void detach(ShellPanel panel) {
    robot.interact(
        () ->
            window.commands().list("view.detach").commands().stream()
                .filter(c -> c.id().equals("view.detach-" + panel.id()))
                .forEach(Command::run));
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void showOrHideJobs() {
    robot.interact(() -> window.commands().get("view.bottom").run());
    WaitForAsyncUtils.waitForFxEvents();
  }

  private List<Stage> others() {
    return Window.getWindows().stream()
        .filter(w -> w != stage && w instanceof Stage)
        .map(Stage.class::cast)
        .toList();
  }

  private Node docked(ShellPanel panel) {
    return stage.getScene().lookup(NODES.get(panel));
  }

  @ParameterizedTest
  @EnumSource(ShellPanel.class)
  void aPartLeavesItsPlaceAndComesBackWhenItsWindowIsClosed(ShellPanel panel) {
    detach(panel);
    assertThat(others()).hasSize(1);
    Stage own = others().getFirst();
    assertThat(own.getTitle()).startsWith(panel.title());
    assertThat(own.getScene().lookup(NODES.get(panel))).isNotNull();
    assertThat(own.getScene().getRoot().getStyleClass()).contains("shell");
    assertThat(docked(panel)).isNull();
    detach(panel);
    assertThat(others()).as("there is one of it").hasSize(1);
    robot.interact(own::close);
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(docked(panel)).isNotNull();
    assertThat(window.shell().detachedPanels()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ShellPanel.class)
  void movingAPartLogsNothing(ShellPanel panel) {
    try (Traps traps = new Traps()) {
      detach(panel);
      robot.interact(() -> others().forEach(Stage::close));
      WaitForAsyncUtils.waitForFxEvents();
      assertThat(traps.caught()).isEmpty();
    }
  }

  @Test
  void movingAPartWithWhatWasNeverShownLogsNothing() {
    try (Traps traps = new Traps()) {
      detach(ShellPanel.BOTTOM);
      robot.interact(
          () -> {
            window.jobs().clearEnded(); // has a line made that says there are none
            others().forEach(Stage::close);
          });
      WaitForAsyncUtils.waitForFxEvents();
      assertThat(traps.caught()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(ShellPanel.class)
  void closingTheWindowLogsNothingWhereverAPartIs(ShellPanel panel) throws Exception {
    try (Traps traps = new Traps()) {
      detach(panel);
      close();
      start();
      assertThat(others()).as("its window is open again").hasSize(1);
      robot.interact(() -> others().forEach(Stage::close));
      close();
      assertThat(traps.caught()).isEmpty();
    }
  }

  @Test
  void partsAndPagesAreInTheirWindowsAgainAtTheNextStart() throws Exception {
    detach(ShellPanel.TOKEN);
    robot.interact(
        () -> {
          window.shell().pageProperty().set(1);
          window.commands().get("view.detach-page").run();
          Stage token = own("Selected token");
          token.setX(120);
          token.setY(60);
          token.setWidth(410);
          token.setHeight(520);
        });
    WaitForAsyncUtils.waitForFxEvents();
    close();
    assertThat(settings.layout().windows()).containsOnlyKeys("token", "page-mask");
    start();
    assertThat(window.shell().detachedPanels()).containsExactly(ShellPanel.TOKEN);
    assertThat(window.shell().detachedPages()).containsExactly(1);
    Stage token = own("Selected token");
    assertThat(WindowPlacement.of(token)).isEqualTo(new WindowBounds(120, 60, 410, 520));
    assertThat(own("Λ-mask").isShowing()).isTrue();
    robot.interact(() -> others().forEach(Stage::close));
    close();
    assertThat(settings.layout().windows()).isEmpty();
    start();
    assertThat(others()).isEmpty();
  }

  @Test
  void chartsArePaintedAnewInAPagesOwnWindow() throws Exception {
    run();
    robot.interact(() -> window.shell().pageProperty().set(0));
    FxToolkit.setupFixture(() -> window.commands().get("view.detach-page").run());
    Scene own = own("Arms").getScene();
    await(() -> charts(own).stream().allMatch(FigureView::isUpToDate));
    for (FigureView chart : charts(own)) {
      Bounds at = chart.localToScene(chart.getLayoutBounds());
      if (at.getMaxY() < own.getHeight() + at.getHeight() / 2) {
        await(() -> drawnAtTheRight(own.snapshot(null), at) > 20);
      }
    }
  }

  private static List<FigureView> charts(Scene scene) {
    return scene.getRoot().lookupAll(".figure-view").stream().map(FigureView.class::cast).toList();
  }

  /** Pixels of curves and axes near the right end of a chart. */
  private static int drawnAtTheRight(Image image, Bounds chart) {
    int drawn = 0;
    for (int x = (int) chart.getMaxX() - 60; x < chart.getMaxX() - 30; x++) {
      for (int y = (int) chart.getMinY() + 40;
          y < Math.min(chart.getMaxY() - 40, image.getHeight());
          y++) {
        Color pixel = image.getPixelReader().getColor(x, y);
        drawn += pixel.getBrightness() < 0.97 || pixel.getSaturation() > 0.04 ? 1 : 0;
      }
    }
    return drawn;
  }

  /** What the toolkit knows of their styles is that window's; it mixes them up with others. */
  @Test
  void fieldsThatWereHiddenInAnotherWindowAreMadeAnew() throws Exception {
    ArmViewModel vanilla = workbench().arms().getFirst();
    ArmViewModel lmInfinite = workbench().arms().getLast();
    detach(ShellPanel.ARM);
    Node before = localField(own("Selected arm").getScene(), lmInfinite);
    robot.interact(() -> workbench().selectedArmProperty().set(vanilla));
    WaitForAsyncUtils.waitForFxEvents();
    robot.interact(() -> own("Selected arm").close());
    Node after = localField(stage.getScene(), lmInfinite);
    assertThat(after).isNotSameAs(before);
    robot.interact(() -> workbench().selectedArmProperty().set(vanilla));
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(localField(stage.getScene(), lmInfinite)).as("in the same").isSameAs(after);
  }

  private Node localField(Scene scene, ArmViewModel arm) throws TimeoutException {
    robot.interact(() -> workbench().selectedArmProperty().set(arm));
    await(() -> scene.lookup("#parameter-local") != null);
    return scene.lookup("#parameter-local");
  }

  @Test
  void aPartFillsTheScreenAndIsAsLargeAsBeforeAtTheNextStart() throws Exception {
    detach(ShellPanel.TOKEN);
    Stage token = own("Selected token");
    WindowBounds before = WindowPlacement.of(token);
    robot.interact(token::requestFocus);
    await(token::isFocused);
    robot.push(KeyCode.F11);
    await(token::isFullScreen); // how large it is then, a display without a window manager decides
    close();
    start();
    assertThat(own("Selected token").isFullScreen()).isFalse();
    assertThat(WindowPlacement.of(own("Selected token"))).isEqualTo(before);
  }

  @Test
  void aPartOnAScreenThatIsGoneComesBackIntoView() throws Exception {
    detach(ShellPanel.LIBRARY);
    robot.interact(() -> others().getFirst().setX(40_000));
    close();
    start();
    Stage own = others().getFirst();
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    assertThat(screen.contains(own.getX(), own.getY(), own.getWidth(), own.getHeight())).isTrue();
    // As when a screen is taken away in the meantime.
    robot.interact(
        () -> {
          own.setX(40_000);
          WindowPlacement.bringBack(own);
        });
    assertThat(screen.contains(own.getX(), own.getY(), own.getWidth(), own.getHeight())).isTrue();
  }

  private Stage own(String title) {
    return others().stream().filter(s -> s.getTitle().startsWith(title)).findFirst().orElseThrow();
  }

  @Test
  void whatBothPartsOfTheSideLeaveIsGivenToThePages() {
    SplitPane main = robot.lookup("#main-split").queryAs(SplitPane.class);
    double divider = main.getDividerPositions()[0];
    detach(ShellPanel.ARM);
    assertThat(main.getItems()).hasSize(2);
    detach(ShellPanel.TOKEN);
    assertThat(main.getItems()).hasSize(1);
    robot.interact(() -> others().forEach(Stage::close));
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(main.getDividerPositions()[0]).isBetween(divider - 0.02, divider + 0.02);
    SplitPane side = robot.lookup("#side-split").queryAs(SplitPane.class);
    assertThat(side.getItems())
        .extracting(Node::getId)
        .containsExactly("side-settings", "side-token");
  }

  @Test
  void hidingAPartClosesItsWindow() {
    detach(ShellPanel.BOTTOM);
    assertThat(others()).hasSize(1);
    showOrHideJobs();
    assertThat(others()).isEmpty();
    assertThat(docked(ShellPanel.BOTTOM)).isNull();
    showOrHideJobs();
    assertThat(docked(ShellPanel.BOTTOM)).isNotNull();
  }

  @Test
  void otherPagesLeaveTheWindowsOfPartsOpen() {
    detach(ShellPanel.TOKEN);
    robot.interact(() -> window.shell().pageProperty().set(RunPages.RUNS));
    assertThat(others()).hasSize(1);
    robot.interact(() -> stage.close());
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(others()).as("they close with the main window").isEmpty();
  }
}
