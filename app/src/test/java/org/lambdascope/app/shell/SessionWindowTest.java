package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.controlsfx.control.StatusBar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.mask.MaskSpan;
import org.lambdascope.app.session.Session;
import org.lambdascope.app.session.SessionFile;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.testfx.util.WaitForAsyncUtils;

/** Sessions in the window, driven as a user does. */
class SessionWindowTest extends WindowFixture {

  @TempDir Path work;
  private Path model = Path.of("");
  private Path text = Path.of("");

  private void runTiny() throws IOException, TimeoutException {
    model = TinyModel.in(work);
    text = TinyModel.text(work, 400);
    robot.interact(() -> window.models().open(List.of(model, text)));
    await(() -> window.models().source().complete());
    robot.interact(() -> workbench().newTokensProperty().set(5));
    robot.clickOn("#run");
    await(() -> workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
  }

  private Path save() throws TimeoutException {
    Path file = work.resolve("session.lambdascope"); // the name that is suggested
    files.output = Optional.of(work);
    robot.press(KeyCode.CONTROL).type(KeyCode.S).release(KeyCode.CONTROL);
    await(() -> file.equals(window.sessions().fileProperty().get()));
    return file;
  }

  private SplitPane split(String id) {
    return robot.lookup("#" + id).queryAs(SplitPane.class);
  }

  private MenuItem item(String id) {
    return robot.lookup(".menu-bar").queryAs(MenuBar.class).getMenus().stream()
        .flatMap(menu -> menu.getItems().stream())
        .filter(item -> id.equals(item.getId()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSavedSessionComesBackAsItWasWithoutRunningAnything() throws Exception {
    runTiny();
    robot.interact(
        () -> {
          workbench().positionProperty().set(200);
          workbench().comparison().pinnedProperty().set(workbench().arms().get(1));
          workbench().comparison().shadingProperty().set(TokenShading.DIFFERENCE);
          workbench().charts().layerProperty().set(0);
          workbench().selectedArmProperty().set(workbench().arms().getFirst());
          split("outer-split").setDividerPositions(0.25);
          split("side-split").setDividerPositions(0.5);
          window.shell().bottomShownProperty().set(true);
          window.shell().libraryShownProperty().set(true);
          window.token().inspector().layerProperty().set(1);
          window.token().inspector().headProperty().set(1);
          window.mask().show(new MaskSpan(40, 140, 20, 100));
        });
    WaitForAsyncUtils.waitForFxEvents();
    robot.interact(
        () -> {
          split("main-split").setDividerPositions(0.6);
          split("middle-split").setDividerPositions(0.75);
        });
    WaitForAsyncUtils.waitForFxEvents();
    await(() -> workbench().arms().get(1).equivalenceProperty().get() != null);
    ArmSnapshot before = shown(workbench().arms().get(1));
    Path file = save();
    assertThat(stage.getTitle()).startsWith("session.lambdascope – tiny");
    robot.interact(
        () -> {
          workbench().setParameter(workbench().arms().get(1), "local", 5);
          workbench().removeArm(workbench().arms().getFirst());
          split("main-split").setDividerPositions(0.8);
          split("side-split").setDividerPositions(0.3);
          split("outer-split").setDividerPositions(0.15);
          window.shell().bottomShownProperty().set(false);
          window.shell().libraryShownProperty().set(false);
          window.token().inspector().layerProperty().set(0);
          window.token().inspector().headProperty().set(0);
          window.mask().showWhole();
          workbench().charts().layerProperty().set(1);
        });
    assertThat(stage.getTitle()).startsWith("session.lambdascope • – ");
    await(() -> workbench().arms().getFirst().state() == ArmState.DONE);
    robot.interact(() -> window.open(List.of(file)));
    await(() -> workbench().arms().size() == 2);
    assertThat(workbench().arms()).allMatch(a -> a.state() == ArmState.DONE && !a.stale());
    assertThat(workbench().statusProperty().get()).isNull();
    ArmSnapshot after = shown(workbench().arms().get(1));
    assertThat(after.arm()).isEqualTo(before.arm());
    assertThat(after.nll()).isEqualTo(before.nll());
    assertThat(workbench().arms().get(1).equivalenceProperty().get()).isNotNull();
    assertThat(workbench().positionProperty().get()).isEqualTo(200);
    assertThat(workbench().selectedArmProperty().get()).isSameAs(workbench().arms().getFirst());
    assertThat(workbench().comparison().pinnedProperty().get()).isSameAs(workbench().arms().get(1));
    assertThat(workbench().comparison().shadingProperty().get()).isEqualTo(TokenShading.DIFFERENCE);
    assertThat(workbench().charts().layerProperty().get()).isZero();
    assertThat(split("main-split").getDividerPositions()[0]).isBetween(0.59, 0.61);
    assertThat(split("side-split").getDividerPositions()[0]).isBetween(0.49, 0.51);
    assertThat(split("outer-split").getDividerPositions()[0]).isBetween(0.24, 0.26);
    assertThat(split("middle-split").getDividerPositions()[0]).isBetween(0.74, 0.76);
    assertThat(window.token().inspector().layerProperty().get()).isEqualTo(1);
    assertThat(window.token().inspector().headProperty().get()).isEqualTo(1);
    assertThat(window.mask().spanProperty().get()).isEqualTo(new MaskSpan(40, 140, 20, 100));
    await(
        () ->
            robot.lookup(".figure-view").queryAllAs(FigureView.class).stream()
                .anyMatch(f -> f.name().equals("entropy-lm-infinite") && f.panel() != null));
  }

  @Test
  void windowsOfPagesAndPartsStandWhereTheSessionHadThem() throws Exception {
    runTiny();
    WindowBounds mask = new WindowBounds(100, 80, 900, 600);
    Map<String, WindowBounds> saved =
        Map.of("page-mask", mask, "token", new WindowBounds(300, 120, 420, 510));
    ShellView view = (ShellView) stage.getScene().getRoot();
    robot.interact(() -> view.setWindows(saved));
    Path file = save();
    robot.interact(
        () ->
            view.setWindows(
                Map.of(
                    "page-mask", new WindowBounds(0, 0, 700, 500),
                    "bottom", new WindowBounds(10, 10, 700, 300))));
    assertThat(view.windows()).containsOnlyKeys("page-mask", "bottom");
    robot.interact(() -> window.open(List.of(file)));
    await(() -> view.windows().containsKey("token"));
    assertThat(view.windows()).isEqualTo(saved);
    assertThat(window.shell().detachedPages()).containsExactly(1);
    assertThat(window.shell().detachedPanels()).containsExactly(ShellPanel.TOKEN);
    SessionFile.write(file, withoutWindows(SessionFile.read(file)));
    robot.interact(() -> view.setWindows(Map.of("page-mask", mask)));
    robot.interact(() -> workbench().newTokensProperty().set(7));
    robot.interact(() -> window.open(List.of(file)));
    await(() -> workbench().newTokensProperty().get() == 5);
    assertThat(view.windows()).as("an older file says nothing").containsOnlyKeys("page-mask");
  }

  private static Session withoutWindows(Session session) {
    return new Session(
        session.model(),
        session.document(),
        session.content(),
        session.view(),
        null,
        null,
        session.history());
  }

  @Test
  void aMissingModelIsAskedForWhileResultsAreShown() throws Exception {
    runTiny();
    ArmSnapshot before = shown(workbench().arms().get(1));
    Path file = save();
    Path moved = Files.move(model, work.resolve("elsewhere"));
    robot.interact(() -> window.open(List.of(file)));
    await(() -> window.sessions().incompleteProperty().get());
    assertThat(robot.lookup("#session-bar > .label").queryAs(Label.class).getText())
        .contains("model tiny is missing")
        .contains(model.toString());
    assertThat(robot.lookup(".status-bar").queryAs(StatusBar.class).getText())
        .isEqualTo("The model of these results is missing");
    assertThat(shown(workbench().arms().get(1)).nll()).isEqualTo(before.nll());
    assertThat(robot.lookup("#pages").query().getParent().isVisible()).isTrue();
    Label hint = robot.lookup("#inspector-hint").queryAs(Label.class);
    assertThat(hint.getText()).contains("once the session’s model is found");
    files.model = Optional.of(moved);
    robot.clickOn("Find model folder …");
    await(() -> window.models().source().complete());
    await(() -> !window.sessions().incompleteProperty().get());
    assertThat(hint.getText()).startsWith("Click a token");
    assertThat(shown(workbench().arms().get(1)).nll()).isEqualTo(before.nll());
    assertThat(robot.lookup("#session-bar").query().isVisible()).isFalse();
  }

  @Test
  void anotherModelInItsPlaceKeepsTheSettingsOnly() throws Exception {
    runTiny();
    Path file = save();
    Files.writeString(
        model.resolve("config.json"), Files.readString(model.resolve("config.json")) + "\n");
    robot.interact(() -> window.open(List.of(file)));
    await(() -> window.sessions().incompleteProperty().get());
    files.model = Optional.of(model);
    robot.clickOn("Find model folder …");
    await(() -> window.models().source().complete() && workbench().arms().size() == 2);
    assertThat(workbench().arms()).allMatch(a -> a.shown() == null);
    assertThat(workbench().newTokensProperty().get()).isEqualTo(5);
  }

  @Test
  void aBrokenSessionIsExplainedAndLosesNothing() throws Exception {
    runTiny();
    ArmSnapshot before = shown(workbench().arms().get(1));
    Path broken = Files.writeString(work.resolve("broken.lambdascope"), "nonsense");
    robot.interact(() -> window.open(List.of(broken)));
    await(() -> robot.lookup("#error-message").tryQuery().isPresent());
    assertThat(robot.lookup("#error-message").queryAs(Label.class).getText())
        .contains("broken.lambdascope")
        .contains("expected")
        .contains("found");
    robot.interact(() -> robot.lookup("#error-message").query().getScene().getWindow().hide());
    assertThat(shown(workbench().arms().get(1))).isSameAs(before);
    assertThat(window.sessions().fileProperty().get()).isNull();
  }

  @Test
  void settingsAreTakenBackAndDoneAgainByKeys() throws Exception {
    runTiny();
    ArmViewModel arm = workbench().arms().get(1);
    int local = arm.arm().get("local");
    robot.interact(() -> workbench().setParameter(arm, "local", 9));
    await(() -> item("undo").getText().equals("Undo n_local of lm-infinite"));
    robot.press(KeyCode.CONTROL).type(KeyCode.Z).release(KeyCode.CONTROL);
    assertThat(arm.arm().get("local")).isEqualTo(local);
    assertThat(item("redo").getText()).isEqualTo("Redo n_local of lm-infinite");
    robot
        .press(KeyCode.CONTROL, KeyCode.SHIFT)
        .type(KeyCode.Z)
        .release(KeyCode.SHIFT, KeyCode.CONTROL);
    assertThat(arm.arm().get("local")).isEqualTo(9);
    assertThat(item("redo").isDisable()).isTrue();
    await(() -> arm.state() == ArmState.DONE && !arm.stale());
    assertThat(window.sessions().log().actions())
        .extracting(a -> a.what())
        .contains("undo n_local of lm-infinite", "redo n_local of lm-infinite");
  }

  @Test
  void theSelectedArmIsCopiedAsACommand() throws Exception {
    runTiny();
    robot.press(KeyCode.CONTROL, KeyCode.ALT).type(KeyCode.C).release(KeyCode.ALT, KeyCode.CONTROL);
    WaitForAsyncUtils.waitForFxEvents();
    String copied =
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> Clipboard.getSystemClipboard().getString());
    assertThat(copied)
        .contains("lambdascope score " + model)
        .contains("--arm lm-infinite:global=10")
        .doesNotContain("vanilla");
  }

  @Test
  void armsAndTheHistoryAreCopiedFromTheMenu() throws Exception {
    runTiny();
    for (String which : List.of("copy.selected", "copy.all")) {
      boolean all = which.endsWith("all");
      assertThat(copied(copies(which, ".yaml")))
          .contains("lambdascope: 1", "lm-infinite:global=10")
          .satisfies(yaml -> assertThat(yaml.contains("vanilla")).as(which).isEqualTo(all));
      assertThat(copied(copies(which, ".java")))
          .contains(model.toString(), text.toString())
          .satisfies(java -> assertThat(java.contains("vanilla")).as(which).isEqualTo(all));
    }
    assertThat(copied(item("session.copy-history"))).contains("lambdascope", text.toString());
  }

  /** An item of one of the menus that copy arms. */
  private MenuItem copies(String which, String as) {
    return ((Menu) item(which))
        .getItems().stream().filter(i -> i.getId().equals(which + as)).findFirst().orElseThrow();
  }

  /** What is on the clipboard once a menu's item was chosen. */
  private String copied(MenuItem item) {
    robot.interact(
        () -> {
          Clipboard.getSystemClipboard().clear();
          item.fire();
        });
    return Objects.requireNonNull(
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> Clipboard.getSystemClipboard().getString()));
  }
}
