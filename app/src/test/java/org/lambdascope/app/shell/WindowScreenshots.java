package org.lambdascope.app.shell;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.mask.MaskSpan;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.ArmComparison;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Takes pictures of the window in each of its states, on a real model: {@code mvn -pl engine,app
 * -am test -Dtest=WindowScreenshots -Dsurefire.failIfNoSpecifiedTests=false -Dscreenshots=FOLDER}.
 */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
class WindowScreenshots {

  private static final int SECONDS = 400;

  private final FixedFiles files = new FixedFiles();
  private Stage stage;
  private WorkbenchWindow window;

  @BeforeEach
  void start() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
    stage = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> new Stage());
    window =
        WaitForAsyncUtils.waitForAsyncFx(
            10_000,
            () ->
                new WorkbenchWindow(
                    stage,
                    new MemorySettings(),
                    s -> files,
                    samples(),
                    Path.of("target", "no-runs.duckdb")));
    FxToolkit.setupFixture(() -> window.show(List.of()));
  }

  @Test
  void takeAll() throws Exception {
    Path shared = Path.of("").toAbsolutePath().resolve("../../shared").normalize();
    Assumptions.assumeTrue(Files.exists(shared), "skipped: no ../shared beside the checkout");
    take("empty");
    run(() -> window.models().openModel(shared.resolve("models/stories260K")));
    await(() -> window.models().source().model() != null);
    run(() -> window.models().openText(shared.resolve("texts/tinystories-valid.txt")));
    await(() -> window.models().source().complete());
    take("loaded");
    run(() -> window.workbench().run());
    await(() -> window.workbench().arms().get(1).state() == ArmState.RUNNING);
    take("running");
    await(this::done);
    run(() -> window.workbench().positionProperty().set(1500));
    // Charts and the attention row follow within their rest of 150 ms.
    WaitForAsyncUtils.sleep(3, TimeUnit.SECONDS);
    take("results");
    run(() -> window.shell().toggleTheme());
    take("dark");
    run(() -> stage.close());
  }

  @Test
  void takeShowcase() throws Exception {
    Assumptions.assumeTrue(window.showcase().available(), "skipped: no samples beside the modules");
    run(() -> window.showcase().start());
    await(() -> window.workbench().arms().size() == 4 && done());
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    take("showcase");
    run(() -> window.shell().toggleTheme());
    take("showcase-dark");
    run(() -> stage.close());
  }

  /** Everything about one token. */
  @Test
  void takeToken() throws Exception {
    Path shared = Path.of("").toAbsolutePath().resolve("../../shared").normalize();
    Assumptions.assumeTrue(Files.exists(shared), "skipped: no ../shared beside the checkout");
    run(() -> window.models().openModel(shared.resolve("models/stories260K")));
    await(() -> window.models().source().model() != null);
    run(() -> window.models().openText(shared.resolve("texts/tinystories-valid.txt")));
    await(() -> window.models().source().complete());
    run(() -> window.workbench().addArm(ArmKind.STREAMING_LLM));
    run(() -> window.workbench().run());
    await(this::done);
    run(() -> window.shell().pageProperty().set(2));
    take("token-empty");
    run(() -> window.workbench().positionProperty().set(1500));
    await(() -> !window.token().readings().isEmpty());
    await(() -> window.token().stateProperty().get().isEmpty());
    run(() -> window.token().brush(IntStream.range(1490, 1500)));
    take("token");
    run(() -> window.shell().toggleTheme());
    ScrollPane page = (ScrollPane) stage.getScene().lookup(".token-page");
    run(() -> page.setVvalue(0.5));
    take("token-heads-dark");
    run(() -> page.setVvalue(1));
    take("token-states-dark");
    run(() -> window.shell().toggleTheme());
    take("token-states");
    run(() -> page.setVvalue(0.5));
    take("token-heads");
    run(
        () -> {
          window.shell().pageProperty().set(0);
          window.workbench().positionProperty().set(2070);
          window.workbench().comparison().shadingProperty().set(ArmComparison.Shading.DIFFERENCE);
        });
    await(() -> window.workbench().arms().getLast().equivalenceProperty().get() != null);
    take("difference");
    run(() -> window.shell().toggleTheme());
    take("difference-dark");
    run(() -> stage.close());
  }

  /** The mask of each kind of arm, whole and from near. */
  @Test
  void takeMasks() throws Exception {
    Path shared = Path.of("").toAbsolutePath().resolve("../../shared").normalize();
    Assumptions.assumeTrue(Files.exists(shared), "skipped: no ../shared beside the checkout");
    run(() -> window.models().openModel(shared.resolve("models/stories260K")));
    await(() -> window.models().source().model() != null);
    run(() -> window.models().openText(shared.resolve("texts/tinystories-valid.txt")));
    await(() -> window.models().source().complete());
    run(
        () -> {
          window
              .workbench()
              .setArms(
                  List.of(
                      ArmKind.STREAMING_LLM,
                      ArmKind.INFLLM,
                      ArmKind.SELF_EXTEND,
                      ArmKind.REPLUG,
                      ArmKind.VANILLA,
                      ArmKind.LM_INFINITE));
          window.workbench().lengthProperty().set(4096);
          window.workbench().positionProperty().set(3000);
          window.shell().pageProperty().set(1);
          window.mask().look(2500, 700);
        });
    for (ArmViewModel arm : window.workbench().arms()) {
      run(() -> window.workbench().selectedArmProperty().set(arm));
      take("mask-" + arm.arm().kind().id());
    }
    run(() -> window.shell().toggleTheme());
    take("mask-lm-infinite-dark");
    run(() -> window.mask().show(new MaskSpan(505, 545, 0, 40)));
    run(() -> window.mask().look(520, 8));
    take("mask-near-dark");
    run(() -> window.shell().toggleTheme());
    take("mask-near");
    run(() -> stage.close());
  }

  /** The bundled CEPE if it is there, else a small random one. */
  @Test
  void takeCepe(@TempDir Path folder) throws Exception {
    boolean bundled = samples().model("lambda-cepe").isPresent();
    if (!bundled) {
      TinyModel.addCepe(folder);
    }
    Path model =
        samples().model("lambda-cepe").orElse(folder.resolve("models").resolve("lambda-cepe"));
    Path text = bundled ? samples().welcome().orElseThrow() : TinyModel.text(folder, 1500);
    run(() -> window.models().openModel(model));
    await(() -> window.models().source().model() != null);
    run(() -> window.models().openText(text));
    await(() -> window.models().source().complete());
    run(
        () -> {
          window.workbench().setArms(List.of(ArmKind.VANILLA, ArmKind.CEPE, ArmKind.REPLUG));
          window.workbench().lengthProperty().set(bundled ? 4096 : 1500);
          window.workbench().newTokensProperty().set(32);
          if (!bundled) {
            for (ArmViewModel arm : window.workbench().arms().subList(1, 3)) {
              window.workbench().setParameter(arm, "chunk", 64);
              window.workbench().setParameter(arm, "window", 64);
            }
          }
          window.workbench().run();
        });
    await(this::done);
    run(() -> window.workbench().positionProperty().set(bundled ? 3000 : 900));
    WaitForAsyncUtils.sleep(3, TimeUnit.SECONDS);
    take("replug");
    run(() -> window.workbench().removeArm(window.workbench().arms().get(2)));
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    take("cepe");
    run(() -> ((ScrollPane) stage.getScene().lookup(".workbench")).setVvalue(1));
    take("cepe-charts");
    run(() -> window.shell().toggleTheme());
    take("cepe-charts-dark");
    run(() -> ((ScrollPane) stage.getScene().lookup(".workbench")).setVvalue(0));
    take("cepe-dark");
    run(() -> window.shell().pageProperty().set(1));
    run(() -> window.mask().look(bundled ? 3500 : 1000, bundled ? 1000 : 500));
    take("cepe-mask-dark");
    run(() -> stage.close());
  }

  /** What a crashed window left, and a session whose model is missing. */
  @Test
  void takeSessions(@TempDir Path folder) throws Exception {
    Path model = TinyModel.in(folder);
    Path text = TinyModel.text(folder, 1500);
    run(() -> window.open(List.of(model, text)));
    await(() -> window.models().source().complete());
    run(() -> window.workbench().run());
    await(this::done);
    Path autosaves = Files.createDirectories(folder.resolve("state/autosave"));
    files.output = Optional.of(autosaves);
    run(() -> window.sessions().saveAs());
    await(() -> window.sessions().fileProperty().get() != null);
    run(() -> window.startAutosave(folder.resolve("state"), () -> {}));
    await(() -> window.sessions().noticeProperty().get() != null);
    WaitForAsyncUtils.sleep(6, TimeUnit.SECONDS); // the notice of saving goes away
    take("session-left");
    run(() -> window.shell().toggleTheme());
    take("session-left-dark");
    Files.move(model, folder.resolve("elsewhere"));
    run(() -> window.open(List.of(autosaves.resolve("session.lambdascope"))));
    await(() -> window.sessions().incompleteProperty().get());
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    take("session-missing-dark");
    run(() -> window.shell().toggleTheme());
    take("session-missing");
    run(() -> stage.close());
  }

  private static Samples samples() {
    return Samples.in(Path.of("").toAbsolutePath().resolve("../samples").normalize());
  }

  private boolean done() {
    return window.workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE);
  }

  private static void run(Runnable action) throws TimeoutException {
    FxToolkit.setupFixture(() -> action.run());
  }

  private static void await(Callable<Boolean> condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(
        SECONDS, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
  }

  private void take(String name) throws IOException {
    WaitForAsyncUtils.sleep(300, TimeUnit.MILLISECONDS);
    BufferedImage image =
        WaitForAsyncUtils.waitForAsyncFx(
            10_000, () -> SwingFXUtils.fromFXImage(stage.getScene().snapshot(null), null));
    Path folder = Files.createDirectories(Path.of(System.getProperty("screenshots")));
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
  }
}
