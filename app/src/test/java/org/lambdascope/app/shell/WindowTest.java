package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.common.SliderField;
import org.lambdascope.app.common.TokenCanvas;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.EncoderChunk;
import org.lambdascope.app.workbench.WorkbenchView;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The whole window on the whole engine, driven as a user does. */
@ExtendWith({FxStalls.class, StyleWarnings.class})
class WindowTest {

  private static final int SECONDS = 60;

  @TempDir static Path folder;

  private final FxRobot robot = new FxRobot();
  private final FixedFiles files = new FixedFiles();
  private Stage stage;
  private WorkbenchWindow window;

  @BeforeEach
  void start() throws IOException, TimeoutException {
    FxWatchdog.instance().windows(true);
    FxStalls.forgetClosedWindows();
    FxToolkit.registerPrimaryStage();
    stage = WaitForAsyncUtils.waitForAsyncFx(SECONDS * 1000, () -> new Stage());
    window =
        WaitForAsyncUtils.waitForAsyncFx(
            SECONDS * 1000,
            () ->
                new WorkbenchWindow(
                    stage,
                    new MemorySettings(),
                    s -> files,
                    samples(),
                    folder.resolve("runs.duckdb")));
    FxToolkit.setupFixture(() -> window.show(List.of()));
    FxWatchdog.instance().windows(false);
  }

  @AfterEach
  void close() throws TimeoutException {
    FxWatchdog.instance().windows(true);
    FxToolkit.setupFixture(() -> stage.close());
    FxWatchdog.instance().windows(false);
  }

  private static Samples samples() throws IOException {
    Path bundled = folder.resolve("samples");
    return Files.exists(bundled) ? Samples.in(bundled) : TinyModel.samples(bundled, 300);
  }

  private static void await(Callable<Boolean> condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(
        SECONDS, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void openTiny(int length) throws IOException, TimeoutException {
    Path model = folder.resolve("tiny");
    files.model = Optional.of(Files.exists(model) ? model : TinyModel.in(folder));
    files.text = Optional.of(TinyModel.text(folder, length));
    robot.clickOn("#open-model");
    await(() -> window.models().source().model() != null);
    robot.clickOn("#open-text");
    await(() -> window.models().source().complete());
  }

  private void run() throws TimeoutException {
    robot.clickOn("#run");
    await(() -> window.workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
    await(() -> panelOrNone("pca-lm-infinite") != null);
  }

  private @Nullable Panel panelOrNone(String name) {
    return figure(name).panel();
  }

  private Panel panel(String name) {
    return Objects.requireNonNull(panelOrNone(name));
  }

  private FigureView figure(String name) {
    return robot.lookup(".figure-view").queryAllAs(FigureView.class).stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private ArmViewModel lmInfinite() {
    return window.workbench().arms().get(1);
  }

  private static ArmSnapshot shown(ArmViewModel arm) {
    return Objects.requireNonNull(arm.shown());
  }

  private static int series(FigureView figure) {
    Panel panel = figure.panel();
    return panel == null ? 0 : panel.series().size();
  }

  @Test
  void opensRunsAndFollowsASlider() throws Exception {
    assertThat(robot.lookup("#run").queryButton().isDisabled()).isTrue();
    openTiny(600);
    assertThat(stage.getTitle()).isEqualTo("tiny – letters.txt – Lambdascope");
    run();
    for (String name :
        List.of(
            "nll-by-position",
            "logits-by-distance-vanilla",
            "logits-by-distance-lm-infinite",
            "entropy-vanilla",
            "entropy-lm-infinite",
            "pca-vanilla")) {
      assertThat(panel(name)).as(name).isNotNull();
    }
    // Arms are compared by eye, so their axes are one.
    assertThat(panel("entropy-vanilla").y()).isEqualTo(panel("entropy-lm-infinite").y());
    assertThat(panel("pca-vanilla").x().range()).isEqualTo(panel("pca-lm-infinite").x().range());

    double before = shown(lmInfinite()).meanNll();
    Panel curve = panel("nll-by-position");
    SliderField local = robot.lookup("#parameter-local").queryAs(SliderField.class);
    Slider slider = robot.from(local).lookup(".slider").queryAs(Slider.class);
    robot.interact(slider::requestFocus);
    robot.type(KeyCode.LEFT);
    await(() -> lmInfinite().state() == ArmState.DONE && !lmInfinite().stale());
    assertThat(lmInfinite().arm().get("local")).isLessThan(64);
    assertThat(shown(lmInfinite()).arm()).isEqualTo(lmInfinite().arm());
    assertThat(shown(lmInfinite()).meanNll()).isNotEqualTo(before);
    await(() -> !curve.equals(panel("nll-by-position")));
  }

  @Test
  void aRealModelBreaksPastItsTrainingLengthAndLmInfiniteDoesNot() throws Exception {
    Path shared = Path.of("").toAbsolutePath().resolve("../../shared").normalize();
    Assumptions.assumeTrue(
        Files.exists(shared.resolve("models/stories260K")),
        "skipped: no models/stories260K in ../shared beside the checkout");
    robot.interact(
        () ->
            window
                .models()
                .open(
                    List.of(
                        shared.resolve("models/stories260K"),
                        shared.resolve("texts/tinystories-valid.txt"))));
    await(() -> window.models().source().complete());
    robot.interact(() -> window.workbench().lengthProperty().set(1200));
    run();
    ArmSnapshot vanilla = shown(window.workbench().arms().getFirst());
    ArmSnapshot lmInfinite = shown(lmInfinite());
    assertThat(Objects.requireNonNull(lmInfinite.score()).meanNll(600, 1200))
        .isLessThan(Objects.requireNonNull(vanilla.score()).meanNll(600, 1200) - 0.1);
    assertThat(lmInfinite.newCount()).isEqualTo(64);
    assertThat(
            window
                .workbench()
                .comparison()
                .deviationFromVanilla(lmInfinite(), window.workbench().slidingWindow()))
        .isLessThan(1e-3);
  }

  @Test
  void theShowcaseRunsTheBundledModelByItself() throws Exception {
    robot.interact(() -> window.showcase().start());
    await(() -> window.workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
    assertThat(stage.getTitle()).isEqualTo("lambda-llama – welcome.txt – Lambdascope");
    assertThat(window.workbench().arms())
        .extracting(a -> a.arm().toString())
        .containsExactly("vanilla", "window:local=64", "lm-infinite:global=10,local=64,ceiling=64");
    ArmViewModel last = window.workbench().arms().getLast();
    assertThat(shown(last).scored()).isEqualTo(299);
    // Again, over what the user has changed.
    robot.interact(() -> window.workbench().setParameter(last, "local", 32));
    robot.interact(() -> window.showcase().start());
    await(() -> window.workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
    assertThat(window.workbench().arms().getLast().arm().get("local")).isEqualTo(64);
  }

  @Test
  void theSamplesMenuOpensModelsAndDocuments() throws Exception {
    Menu file = robot.lookup(".menu-bar").queryAs(MenuBar.class).getMenus().getFirst();
    Menu samples =
        (Menu)
            file.getItems().stream()
                .filter(item -> "samples".equals(item.getId()))
                .findFirst()
                .orElseThrow();
    for (String name : List.of("lambda-llama", "welcome.txt")) {
      MenuItem item =
          samples.getItems().stream()
              .filter(i -> name.equals(i.getText()))
              .findFirst()
              .orElseThrow();
      robot.interact(item::fire);
    }
    await(() -> window.models().source().complete());
    assertThat(stage.getTitle()).isEqualTo("lambda-llama – welcome.txt – Lambdascope");
    assertThat(window.workbench().statusProperty().get()).isNull();
  }

  @Test
  void escCancelsAndKeepsWhatIsThere() throws Exception {
    openTiny(60_000);
    robot.interact(() -> window.workbench().lengthProperty().set(60_000));
    robot.press(KeyCode.CONTROL).type(KeyCode.ENTER).release(KeyCode.CONTROL);
    await(() -> window.workbench().arms().getFirst().state() == ArmState.RUNNING);
    await(
        () ->
            window.workbench().arms().getFirst().shown() != null
                && shown(window.workbench().arms().getFirst()).scored() > 0);
    robot.type(KeyCode.ESCAPE);
    await(() -> window.workbench().statusProperty().get() == null);
    assertThat(window.workbench().arms()).allMatch(a -> a.state() == ArmState.CANCELLED);
    assertThat(shown(window.workbench().arms().getFirst()).scored()).isPositive();
  }

  @Test
  void aClickedTokenIsShownInEveryPanel() throws Exception {
    openTiny(300);
    run();
    TokenCanvas tokens =
        robot.lookup(".workbench .token-canvas").queryAllAs(TokenCanvas.class).iterator().next();
    robot.clickOn(robot.offset(tokens, Pos.TOP_LEFT, new Point2D(40, 20)));
    int position = window.workbench().positionProperty().get();
    assertThat(position).isNotEqualTo(WorkbenchViewModel.NONE);
    robot.interact(() -> window.workbench().positionProperty().set(97));
    robot.type(KeyCode.RIGHT, 4).type(KeyCode.LEFT);
    assertThat(window.workbench().positionProperty().get()).isEqualTo(100);
    assertThat(robot.lookup("#inspector-title").queryAs(Label.class).getText())
        .contains("position 100");
    FigureView row = robot.lookup("#attention-row").queryAs(FigureView.class);
    await(() -> series(row) == 2);
    await(() -> panel("nll-by-position").markers().stream().anyMatch(m -> m.at() == 100));
    assertThat(panel("entropy-lm-infinite").markers()).anyMatch(m -> m.at() == 100);
    assertThat(panel("pca-vanilla").markers()).hasSize(2);
    for (TokenCanvas other :
        robot.lookup(".workbench .token-canvas").queryAllAs(TokenCanvas.class)) {
      assertThat(other.selectedProperty().get()).isEqualTo(100);
      assertThat(other.getAccessibleText()).contains("position 100");
    }
  }

  @Test
  void theWheelScrollsThePageAlsoOverAChart() throws Exception {
    openTiny(300);
    run();
    WorkbenchView page = robot.lookup(n -> n instanceof WorkbenchView).queryAs(WorkbenchView.class);
    assertThat(page.getVvalue()).isZero();
    robot.moveTo((Node) figure("nll-by-position")).scroll(8, VerticalDirection.DOWN);
    await(() -> page.getVvalue() > 0);
  }

  @Test
  void everyChartIsExportedInEveryFormat(@TempDir Path out) throws Exception {
    openTiny(300);
    run();
    files.output = Optional.of(out);
    MenuButton menu =
        robot
            .from((Node) figure("entropy-lm-infinite"))
            .lookup(".figure-menu")
            .queryAs(MenuButton.class);
    Menu export = (Menu) menu.getItems().get(1);
    for (MenuItem item : export.getItems()) {
      robot.interact(item::fire);
    }
    robot.clickOn("#export");
    for (String file :
        List.of(
            "entropy-lm-infinite.svg",
            "entropy-lm-infinite.pdf",
            "entropy-lm-infinite.png",
            "entropy-lm-infinite.csv",
            "nll-by-position.pdf",
            "logits-by-distance.svg",
            "pca/data.csv")) {
      await(() -> Files.exists(out.resolve(file)) && Files.size(out.resolve(file)) > 100);
    }
    files.output = Optional.of(out.resolve("no/such/folder"));
    robot.interact(() -> export.getItems().getFirst().fire());
    await(() -> robot.lookup("#error-message").tryQuery().isPresent());
    assertThat(robot.lookup("#error-message").queryAs(Label.class).getText()).contains("no");
    robot.interact(() -> robot.lookup("#error-message").query().getScene().getWindow().hide());
  }

  @Test
  void failedOpensAreExplainedAndLoseNothing() throws Exception {
    openTiny(300);
    var before = window.models().source();
    Path bad = Files.writeString(folder.resolve("bad.gguf"), "not a model at all, but long enough");
    Path latin =
        Files.write(folder.resolve("latin1.txt"), new byte[] {'c', 'a', 'f', (byte) 0xE9, '\n'});
    Path empty = Files.writeString(folder.resolve("empty.txt"), "");
    for (Path path : List.of(bad, latin, empty)) {
      robot.interact(() -> window.models().open(List.of(path)));
      await(() -> robot.lookup("#error-message").tryQuery().isPresent());
      String message = robot.lookup("#error-message").queryAs(Label.class).getText();
      assertThat(message)
          .contains(path.getFileName().toString())
          .contains("expected")
          .contains("found");
      robot.interact(() -> robot.lookup("#error-message").query().getScene().getWindow().hide());
    }
    assertThat(window.models().source()).isEqualTo(before);
  }

  @Test
  void theThemeSwitchesEverywhere() throws Exception {
    openTiny(300);
    Button theme = robot.lookup("#theme").queryButton();
    assertThat(theme.getText()).contains("Dark");
    robot.press(KeyCode.CONTROL).type(KeyCode.D).release(KeyCode.CONTROL);
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(window.shell().themeProperty().get()).isEqualTo(Theme.DARK);
    assertThat(theme.getText()).contains("Light");
    assertThat(Themes.of(stage)).isEqualTo(Theme.DARK);
    robot.clickOn("#theme");
    assertThat(window.shell().themeProperty().get()).isEqualTo(Theme.LIGHT);
  }

  @Test
  void anEncodedContextIsShownChunkByChunk() throws Exception {
    Path cepe = folder.resolve("models/lambda-cepe");
    if (Files.notExists(cepe)) {
      TinyModel.addCepe(folder);
    }
    Path text = TinyModel.text(folder, 400);
    robot.interact(() -> window.models().open(List.of(cepe, text)));
    await(() -> window.models().source().complete());
    WorkbenchViewModel workbench = window.workbench();
    robot.interact(
        () -> {
          workbench.setArms(List.of(ArmKind.VANILLA, ArmKind.CEPE));
          workbench.lengthProperty().set(400);
          workbench.newTokensProperty().set(0);
          ArmViewModel column = workbench.arms().getLast();
          workbench.setParameter(column, "window", 64);
          workbench.setParameter(column, "chunk", 32);
          workbench.run();
        });
    await(() -> workbench.arms().stream().allMatch(a -> a.state() == ArmState.DONE));
    await(() -> panelOrNone("cross-attention-cepe") != null);
    assertThat(panel("cross-norm-cepe").series()).isNotEmpty();
    assertThat(figure("cross-attention-vanilla").panel()).isNull();

    robot.interact(() -> workbench.positionProperty().set(200));
    ListView<EncoderChunk> list = robot.lookup("#encoder-chunks").queryListView();
    await(() -> !Double.isNaN(list.getItems().getFirst().mass()));
    assertThat(list.getItems()).hasSize(13);
    double sum = list.getItems().stream().limit(6).mapToDouble(EncoderChunk::mass).sum();
    assertThat(sum).isBetween(0.999, 1.001); // position 200 is in the window from 192 on
    assertThat(list.getItems().get(6).mass()).isNaN();
    robot.interact(() -> list.getSelectionModel().select(2));
    assertThat(robot.lookup("#chunk-text").queryAs(Label.class).getText())
        .startsWith("chunk 2 · tokens 64–95 · ");
  }
}
