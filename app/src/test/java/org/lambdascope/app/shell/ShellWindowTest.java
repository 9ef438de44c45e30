package org.lambdascope.app.shell;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.command.CommandMenus;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.jobs.Job;
import org.lambdascope.app.library.LibraryItem;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.settings.ThemeChoice;
import org.lambdascope.app.settings.WindowLayout;
import org.lambdascope.app.workbench.ArmState;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The parts around the pages: tree, jobs, palette, welcome page, tour, windows. */
class ShellWindowTest extends WindowFixture {

  @Override
  Samples samples(Path empty) throws IOException {
    Path bundled = folder.resolve("samples");
    return Files.exists(bundled) ? Samples.in(bundled) : TinyModel.samples(bundled, 300);
  }

  private void keys(KeyCode... codes) {
    robot.push(codes);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private boolean shown(String selector) {
    return robot.lookup(selector).tryQuery().filter(ShellWindowTest::showing).isPresent();
  }

  private static boolean showing(Node node) {
    for (Node n = node; n != null; n = n.getParent()) {
      if (!n.isVisible()) {
        return false;
      }
    }
    return node.getScene() != null;
  }

  private void command(String id) {
    robot.interact(() -> window.commands().get(id).run());
  }

  @Test
  void thePaletteWorksByKeysAloneAndEscOnlyClosesIt() throws Exception {
    open(60_000);
    robot.interact(() -> workbench().lengthProperty().set(60_000));
    robot.interact(() -> workbench().run());
    await(() -> workbench().arms().getFirst().state() == ArmState.RUNNING);
    keys(KeyCode.CONTROL, KeyCode.K);
    assertThat(shown("#palette")).isTrue();
    assertThat(stage.getScene().getFocusOwner().getId()).isEqualTo("palette-query");
    keys(KeyCode.ESCAPE);
    assertThat(shown("#palette")).isFalse();
    assertThat(workbench().statusProperty().get()).isNotNull();
    keys(KeyCode.ESCAPE);
    await(() -> workbench().statusProperty().get() == null);
    keys(KeyCode.CONTROL, KeyCode.K);
    robot.write("add ceiling");
    keys(KeyCode.ENTER);
    assertThat(workbench().arms().getLast().arm().kind().id()).isEqualTo("ceiling");
    assertThat(shown("#palette")).isFalse();
    keys(KeyCode.CONTROL, KeyCode.K);
    robot.write("nll");
    keys(KeyCode.DOWN, KeyCode.UP);
    keys(KeyCode.ENTER);
    assertThat(shown("#glossary")).isTrue();
    keys(KeyCode.ESCAPE);
    assertThat(shown("#glossary")).isFalse();
  }

  @Test
  void escCancelsWhereverTheFocusIs() throws Exception {
    open(60_000);
    robot.interact(() -> workbench().lengthProperty().set(60_000));
    for (String place : List.of("#open-model", ".slider-field .text-field", "#library-tree")) {
      robot.interact(() -> workbench().run());
      await(() -> workbench().arms().getFirst().state() == ArmState.RUNNING);
      robot.interact(() -> robot.lookup(place).query().requestFocus());
      keys(KeyCode.ESCAPE);
      await(() -> workbench().statusProperty().get() == null);
      assertThat(workbench().arms()).as(place).allMatch(a -> a.state() == ArmState.CANCELLED);
    }
  }

  @Test
  void allShortcutsStandOnOneSheet() {
    keys(KeyCode.CONTROL, KeyCode.SLASH);
    assertThat(shown("#shortcut-sheet")).isTrue();
    List<String> labels =
        robot
            .from(robot.lookup("#shortcut-sheet").<Node>query())
            .lookup(".label")
            .queryAllAs(Label.class)
            .stream()
            .map(Label::getText)
            .toList();
    window
        .commands()
        .shortcuts()
        .forEach(
            (keys, command) ->
                assertThat(labels)
                    .contains(CommandMenus.keys(command))
                    .anyMatch(label -> label.endsWith(command.label())));
  }

  @Test
  void theTreeOpensByDoubleClickAndByEnterAndIsSearched() throws Exception {
    robot.doubleClickOn("lambda-llama");
    await(() -> window.models().source().model() != null);
    assertThat(shown("#welcome")).isTrue(); // no text yet
    TextField search = robot.lookup("#library-search").queryAs(TextField.class);
    keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
    assertThat(search.isFocused()).isTrue();
    robot.write("welc");
    assertThat(window.library().items(LibraryItem.Kind.MODEL)).isEmpty();
    TreeView<?> tree = robot.lookup("#library-tree").queryAs(TreeView.class);
    robot.interact(
        () -> {
          tree.requestFocus();
          tree.getSelectionModel().select(3); // Models, its hint, Documents, welcome.txt
        });
    keys(KeyCode.ENTER);
    await(() -> window.models().source().complete());
    assertThat(shown("#welcome")).isFalse();
    assertThat(window.library().items(LibraryItem.Kind.DOCUMENT).getFirst().open()).isTrue();
  }

  @Test
  void aDoublePressBesideWhatIsListedOpensNothing() throws Exception {
    robot.clickOn("welcome.txt");
    robot.doubleClickOn("#library-tree .tree-disclosure-node");
    robot.doubleClickOn("Models");
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(window.models().openingProperty().get()).isEmpty();
    assertThat(window.models().source().text()).isNull();
    robot.doubleClickOn("welcome.txt");
    await(() -> window.models().source().text() != null);
  }

  @Test
  void jobsAreListedAndCancelledOneByOne() throws Exception {
    open(60_000);
    assertThat(shown("#jobs")).isFalse();
    keys(KeyCode.CONTROL, KeyCode.J);
    assertThat(shown("#jobs")).isTrue();
    robot.interact(() -> workbench().lengthProperty().set(60_000));
    robot.interact(() -> workbench().run());
    await(() -> window.jobs().active().size() == 2);
    await(() -> window.jobs().active().getFirst().progressProperty().get() > 0);
    assertThat(window.jobs().active().getLast().state()).isEqualTo(Job.State.WAITING);
    // The one that waits, then the one that runs.
    List<Button> buttons = List.copyOf(robot.lookup(".cancel-job").queryAllAs(Button.class));
    robot.interact(() -> buttons.getLast().fire());
    assertThat(workbench().arms().getLast().state()).isEqualTo(ArmState.CANCELLED);
    assertThat(workbench().arms().getFirst().state()).isEqualTo(ArmState.RUNNING);
    robot.clickOn(".cancel-job");
    await(() -> workbench().statusProperty().get() == null);
    assertThat(window.jobs().active()).isEmpty();
    assertThat(window.jobs().ended().getFirst().state()).isEqualTo(Job.State.CANCELLED);
    assertThat(window.log().text()).contains("open ").contains("run vanilla: cancelled");
    robot.clickOn("Log");
    robot.clickOn("#clear-log");
    assertThat(window.log().entries()).isEmpty();
  }

  @Test
  void partsAreHiddenAndTheLayoutIsRemembered() throws Exception {
    open(300);
    keys(KeyCode.CONTROL, KeyCode.B);
    assertThat(shown("#library-tree")).isFalse();
    keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.B);
    assertThat(shown("#side-token")).isFalse();
    keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.B);
    keys(KeyCode.CONTROL, KeyCode.J);
    SplitPane side = (SplitPane) robot.lookup("#pages").query().getParent().getParent();
    robot.interact(
        () -> {
          side.setDividerPositions(0.6);
          stage.setWidth(960);
          stage.setHeight(700);
        });
    WaitForAsyncUtils.waitForFxEvents();
    double divider = side.getDividerPositions()[0];
    FxToolkit.setupFixture(() -> stage.close());
    WindowLayout left = settings.layout();
    assertThat(left.library()).isFalse();
    assertThat(left.bottom()).isTrue();
    assertThat(left.width()).isEqualTo(960);
    start();
    assertThat(stage.getWidth()).isEqualTo(960);
    assertThat(stage.getHeight()).isEqualTo(700);
    assertThat(shown("#library-tree")).isFalse();
    assertThat(shown("#jobs")).isTrue();
    assertThat(robot.lookup("#main-split").queryAs(SplitPane.class).getDividerPositions()[0])
        .isBetween(divider - 0.01, divider + 0.01);
    keys(KeyCode.CONTROL, KeyCode.B);
    assertThat(shown("#library-tree")).isTrue();
  }

  @Test
  void aPageHasAWindowOfItsOwnAndComesBack() throws Exception {
    open(300);
    run();
    keys(KeyCode.CONTROL, KeyCode.DIGIT3);
    keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.N);
    Stage page = other();
    assertThat(page.getTitle()).startsWith("Token");
    assertThat(page.getScene().lookup(".token-page")).isNotNull();
    assertThat(shown(".bring-back")).isTrue();
    robot.interact(() -> window.shell().pageProperty().set(0));
    robot.interact(() -> workbench().positionProperty().set(100));
    await(() -> !window.token().readings().isEmpty()); // it is read though another page is shown
    robot.interact(page::requestFocus);
    await(page::isFocused); // on a display, the display says when
    keys(KeyCode.F11);
    await(page::isFullScreen);
    keys(KeyCode.F11);
    await(() -> !page.isFullScreen());
    keys(KeyCode.ALT, KeyCode.RIGHT);
    assertThat(workbench().positionProperty().get()).isEqualTo(101);
    command("view.switch-theme");
    assertThat(Themes.of(page)).isEqualTo(Theme.DARK);
    keys(KeyCode.ESCAPE);
    assertThat(page.isShowing()).isFalse();
    assertThat(window.shell().detachedPages()).isEmpty();
    robot.interact(() -> window.shell().pageProperty().set(2));
    assertThat(stage.getScene().lookup(".token-page")).isNotNull();
  }

  @Test
  void aChartHasAWindowThatFollowsIt() throws Exception {
    open(300);
    run();
    FigureView curve = robot.lookup("#nll-curve").queryAs(FigureView.class);
    await(() -> curve.panel() != null);
    robot.interact(curve::openWindow);
    FigureView mirror = (FigureView) other().getScene().lookup(".figure-view");
    assertThat(mirror.panel()).isEqualTo(curve.panel());
    robot.interact(() -> workbench().positionProperty().set(50));
    await(() -> curve.panel() != null && !curve.panel().markers().isEmpty());
    await(() -> requireNonNull(curve.panel()).equals(mirror.panel()));
    robot.interact(() -> other().close());
  }

  private Stage other() {
    return Window.getWindows().stream()
        .filter(w -> w != stage && w instanceof Stage)
        .map(Stage.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theChartThatWasClickedLastIsCopied() throws Exception {
    open(300);
    run();
    FigureView curve = robot.lookup("#nll-curve").queryAs(FigureView.class);
    await(() -> curve.panel() != null);
    robot.clickOn((Node) curve);
    keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
    await(() -> window.log().text().contains("Copied"));
  }

  @Test
  void theThemeFollowsTheSystemUntilOneIsChosen() {
    robot.interact(() -> window.shell().systemThemeProperty().set(Theme.DARK));
    assertThat(Themes.of(stage)).isEqualTo(Theme.DARK);
    robot.interact(() -> window.shell().themeChoiceProperty().set(ThemeChoice.LIGHT));
    assertThat(Themes.of(stage)).isEqualTo(Theme.LIGHT);
    robot.interact(() -> window.shell().systemThemeProperty().set(Theme.LIGHT));
    command("view.theme-system");
    assertThat(settings.theme()).isEqualTo(ThemeChoice.SYSTEM);
    assertThat(Themes.of(stage)).isEqualTo(Theme.LIGHT);
  }

  @Test
  void theWelcomePageRunsAnExampleAndComesBackWhenAsked() throws Exception {
    assertThat(shown("#welcome")).isTrue();
    assertThat(shown("#leave-welcome")).isFalse();
    robot.clickOn("#example-breaks");
    await(() -> workbench().arms().size() == 2);
    await(() -> workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
    assertThat(workbench().arms())
        .extracting(a -> a.arm().kind().id())
        .containsExactly("vanilla", "lm-infinite");
    assertThat(shown("#welcome")).isFalse();
    command("help.welcome");
    assertThat(shown("#welcome")).isTrue();
    robot.clickOn("#leave-welcome");
    assertThat(shown("#welcome")).isFalse();
  }

  @Test
  void theTourPointsAtEveryPartAndIsWalkedByKeys() throws Exception {
    command("help.tour");
    assertThat(shown("#tour")).isTrue();
    keys(KeyCode.F8); // does what the user has not: opens the model and runs
    await(() -> workbench().arms().size() == 2);
    await(() -> workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
    String first = robot.lookup("#tour-title").queryAs(Label.class).getText();
    keys(KeyCode.F8);
    assertThat(robot.lookup("#tour-title").queryAs(Label.class).getText()).isNotEqualTo(first);
    keys(KeyCode.SHIFT, KeyCode.F8);
    assertThat(robot.lookup("#tour-title").queryAs(Label.class).getText()).isEqualTo(first);
    for (int i = 1; i < window.tour().size(); i++) {
      List<String> targets = window.tour().step().targets();
      await(
          () ->
              targets.stream().allMatch(t -> stage.getScene().lookup(t) != null)
                  && shown(".tour-frame"));
      robot.clickOn("#tour-next");
    }
    assertThat(workbench().positionProperty().get()).isPositive();
    assertThat(workbench().selectedArmProperty().get()).isNotNull();
    assertThat(shown("#tour")).isFalse();
    command("help.tour");
    keys(KeyCode.ESCAPE);
    assertThat(shown("#tour")).isFalse();
  }

  @Test
  void aWholeComparisonIsDoneByKeysAlone() throws Exception {
    for (String name : List.of("lambda-llama", "welcome.txt")) {
      keys(KeyCode.CONTROL, KeyCode.K);
      robot.write(name);
      keys(KeyCode.ENTER);
      await(() -> window.models().openingProperty().get().isEmpty());
    }
    await(() -> window.models().source().complete());
    keys(KeyCode.CONTROL, KeyCode.K);
    robot.write("add streaming");
    keys(KeyCode.ENTER);
    keys(KeyCode.CONTROL, KeyCode.ENTER);
    await(() -> workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
    assertThat(workbench().arms()).hasSize(3);
    keys(KeyCode.ALT, KeyCode.LEFT);
    int at = workbench().positionProperty().get();
    keys(KeyCode.ALT, KeyCode.LEFT);
    assertThat(workbench().positionProperty().get()).isEqualTo(at - 1);
    keys(KeyCode.ALT, KeyCode.PAGE_UP);
    assertThat(workbench().selectedArmProperty().get()).isSameAs(workbench().arms().get(1));
    keys(KeyCode.ALT, KeyCode.SHIFT, KeyCode.RIGHT);
    assertThat(workbench().charts().headProperty().get()).isZero();
    keys(KeyCode.ALT, KeyCode.SHIFT, KeyCode.UP);
    assertThat(workbench().charts().layerProperty().get()).isEqualTo(window.shell().layers() - 1);
    keys(KeyCode.CONTROL, KeyCode.DIGIT3);
    await(() -> !window.token().readings().isEmpty());
    keys(KeyCode.ALT, KeyCode.SHIFT, KeyCode.DOWN);
    assertThat(window.token().inspector().layerProperty().get()).isEqualTo(1);
    keys(KeyCode.CONTROL, KeyCode.DIGIT1);
    Path out = Files.createDirectories(folder.resolve("by-keys"));
    files.output = Optional.of(out);
    keys(KeyCode.CONTROL, KeyCode.E);
    await(() -> Files.exists(out.resolve("nll-by-position.pdf")));
  }
}
