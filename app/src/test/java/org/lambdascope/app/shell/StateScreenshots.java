package org.lambdascope.app.shell;

import static org.lambdascope.app.shell.Pictures.await;
import static org.lambdascope.app.shell.Pictures.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.util.WaitForAsyncUtils;

/** Pictures of what is there for a while only: work, failures, menus, parts in other windows. */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
class StateScreenshots {

  /** So many take long under any arm. */
  private static final int LONG = 60_000;

  @TempDir Path folder;
  private final FixedFiles files = new FixedFiles();
  private HomeFolder home;
  private Pictures pictures;
  private Stage stage;
  private WorkbenchWindow window;
  private long free = Long.MAX_VALUE / 2;

  @BeforeEach
  void start() throws TimeoutException {
    home = new HomeFolder(folder);
    pictures = Pictures.start(folder.resolve("runs.duckdb"), files, () -> free);
    stage = pictures.stage();
    window = pictures.window();
  }

  @AfterEach
  void close() throws TimeoutException {
    home.close();
    run(() -> stage.close());
  }

  private void openLong() throws TimeoutException {
    pictures.open("lambda-llama");
    run(
        () ->
            window.models().openText(Pictures.samples().document("chronicle-128k").orElseThrow()));
    await(() -> window.models().openingProperty().get().isEmpty());
    run(
        () ->
            window
                .workbench()
                .setArms(List.of(ArmKind.WINDOW, ArmKind.LM_INFINITE, ArmKind.VANILLA)));
  }

  private ArmViewModel arm(int index) {
    return window.workbench().arms().get(index);
  }

  /** An arm that is read, others that wait, what cancelling leaves, and a text that is opened. */
  @Test
  void takeRuns() throws Exception {
    openLong();
    pictures.take("opened");
    run(() -> window.workbench().lengthProperty().set(2000));
    pictures.runArms();
    run(() -> window.workbench().positionProperty().set(1500));
    run(() -> window.shell().bottomShownProperty().set(true));
    run(() -> window.workbench().lengthProperty().set(LONG));
    await(() -> arm(0).progressProperty().get() > 0.05 && arm(0).state() == ArmState.RUNNING);
    pictures.takeMoment("jobs-running");
    run(() -> window.shell().bottomShownProperty().set(false));
    pictures.takeMoment("arms-running");
    run(() -> window.workbench().cancel());
    await(() -> window.workbench().statusProperty().get() == null);
    pictures.take("arms-cancelled");
    run(() -> window.workbench().lengthProperty().set(20_000));
    pictures.runArms();
    run(() -> window.workbench().setParameter(arm(0), "local", 64));
    run(() -> window.workbench().cancel());
    await(() -> window.workbench().statusProperty().get() == null);
    pictures.take("arm-stale");
    run(() -> window.workbench().comparison().shadingProperty().set(TokenShading.ENTROPY));
    WaitForAsyncUtils.sleep(500, TimeUnit.MILLISECONDS); // the status bar names it by then
    pictures.takeMoment("entropy-computing");
    Path pipe = folder.resolve("letters.txt"); // is read until somebody has written it
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    run(() -> window.models().openText(pipe));
    pictures.takeMoment("opening");
    Files.writeString(pipe, "Some words.");
    await(() -> window.models().openingProperty().get().isEmpty());
  }

  /** What cannot be opened, what cannot be run, what does not fit; and notices. */
  @Test
  void takeFailures() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.gguf"), "not a model at all, but long enough");
    run(() -> window.models().openModel(bad));
    takeDialog("error");
    pictures.open("lambda-llama");
    run(
        () -> {
          window.workbench().setArms(List.of(ArmKind.VANILLA, ArmKind.LM_INFINITE, ArmKind.CEPE));
          window.workbench().run();
        });
    takeDialog("error-of-an-arm");
    await(() -> arm(0).state() == ArmState.DONE && arm(1).state() == ArmState.DONE);
    pictures.take("arm-failed");
    run(() -> window.workbench().removeArm(arm(2)));
    files.output = Optional.of(folder);
    pictures.take("notices", () -> window.sessions().saveAs());
    free = window.workbench().forecastProperty().get().bytes() * 9 / 10;
    run(() -> window.workbench().run());
    takeDialog("memory-offer");
  }

  private void takeDialog(String name) throws TimeoutException {
    await(() -> dialog().isPresent());
    Window dialog = dialog().orElseThrow();
    pictures.take(name, dialog);
    run(dialog::hide);
  }

  private static Optional<Window> dialog() {
    return Window.getWindows().stream()
        .filter(w -> w.getScene() != null && w.getScene().getRoot() instanceof DialogPane)
        .findFirst();
  }

  /** Menus while they are open. */
  @Test
  void takeMenus() throws Exception {
    pictures.open("lambda-llama");
    pictures.runArms();
    takeMenu("menu-of-arm", ".arm-header .figure-menu");
    takeMenu("menu-of-chart", "#nll-curve .figure-menu");
    takeMenu("menu-add-arm", "#add-arm");
    takeMenu("menu-presets", "#presets");
    takeMenu("menu-models", "#open-model");
    ChoiceBox<?> shading = (ChoiceBox<?>) stage.getScene().lookup("#shading");
    takeMenu("choice", shading, shading::show, shading::hide);
    MenuBar bar = (MenuBar) stage.getScene().lookup(".menu-bar");
    List<Node> titles =
        bar.lookupAll(".menu").stream().sorted(Comparator.comparing(Node::getLayoutX)).toList();
    for (int i = 0; i < titles.size(); i++) {
      Menu menu = bar.getMenus().get(i);
      String name = menu.getText().replace("_", "").toLowerCase(Locale.ROOT);
      takeMenu("menu-" + name, titles.get(i), menu::show, menu::hide);
    }
  }

  private void takeMenu(String name, String query) throws TimeoutException {
    MenuButton button = (MenuButton) stage.getScene().lookup(query);
    takeMenu(name, button, button::show, button::hide);
  }

  private void takeMenu(String name, Node button, Runnable show, Runnable hide)
      throws TimeoutException {
    pictures.take(
        name,
        () -> {
          hide.run();
          show.run();
          Window.getWindows().forEach(menu -> putBelow(menu, button));
        });
    run(hide);
  }

  /** The headless screen is smaller than the window: menus were moved onto it. */
  private void putBelow(Window window, Node button) {
    if (window instanceof ContextMenu menu) {
      menu.setAutoFix(false);
      Bounds at = button.localToScreen(button.getBoundsInLocal());
      double right = stage.getX() + stage.getWidth();
      menu.setX(Math.min(at.getMinX(), right - menu.getWidth()));
      menu.setY(at.getMaxY());
    }
  }

  /** Pages, parts and a chart in windows of their own. */
  @Test
  void takeWindows() throws Exception {
    pictures.open("lambda-llama");
    pictures.runArms();
    run(() -> window.workbench().positionProperty().set(1500));
    FigureView curve = (FigureView) stage.getScene().lookup("#nll-curve");
    Stage[] chart = new Stage[1];
    run(() -> chart[0] = curve.openWindow());
    takeAndClose("window-chart", chart[0]);
    for (int page : new int[] {0, 2, RunPages.RUNS, RunPages.EXPERIMENT}) {
      run(() -> window.shell().pageProperty().set(page));
      pictures.command("view.detach-page");
      await(
          () ->
              page != 2
                  || (!window.token().readings().isEmpty()
                      && window.token().readings().stream().allMatch(r -> r.reading() != null)));
      takeAndClose("window-page-" + (page + 1), other());
    }
    run(() -> window.shell().pageProperty().set(0));
    for (String panel : List.of("library", "arm")) {
      run(
          () ->
              window.commands().list("view.detach").commands().stream()
                  .filter(c -> c.id().equals("view.detach-" + panel))
                  .forEach(Command::run));
      takeAndClose("window-" + panel, other());
    }
  }

  private Stage other() {
    return (Stage)
        Window.getWindows().stream()
            .filter(w -> w != stage && w instanceof Stage)
            .findFirst()
            .orElseThrow();
  }

  private void takeAndClose(String name, Stage own) throws TimeoutException {
    pictures.take(name, own);
    run(own::close);
  }
}
