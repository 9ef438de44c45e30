package org.lambdascope.app.shell;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.samples.WorkedExample;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Takes pictures of the parts around the pages, on the bundled models, in both themes. */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
class ShellScreenshots {

  private static final int SECONDS = 400;

  private Stage stage;
  private WorkbenchWindow window;

  @BeforeEach
  void start() throws TimeoutException {
    Samples samples = Samples.in(Path.of("").toAbsolutePath().resolve("../samples").normalize());
    FxToolkit.registerPrimaryStage();
    stage = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> new Stage());
    window =
        WaitForAsyncUtils.waitForAsyncFx(
            10_000,
            () ->
                new WorkbenchWindow(
                    stage,
                    new MemorySettings(),
                    s -> new FixedFiles(),
                    samples,
                    Path.of("target", "no-runs.duckdb")));
    FxToolkit.setupFixture(() -> window.show(List.of()));
    Assumptions.assumeTrue(window.showcase().available(), "skipped: no samples beside the modules");
  }

  @Test
  void takeWhatStandsAroundThePages() throws Exception {
    both("welcome");
    run(() -> window.showcase().start(WorkedExample.ALL.getFirst()));
    await(() -> window.workbench().arms().size() == 2 && window.shell().busyProperty().get());
    run(() -> window.shell().bottomShownProperty().set(true));
    WaitForAsyncUtils.sleep(1500, TimeUnit.MILLISECONDS);
    take("jobs-running");
    await(this::done);
    both("jobs");
    run(() -> ((BottomView) stage.getScene().lookup("#bottom")).getSelectionModel().select(1));
    take("log");
    run(() -> window.shell().bottomShownProperty().set(false));
    run(() -> window.workbench().positionProperty().set(1500));
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    both("example");
    command("help.welcome");
    take("welcome-again");
    command("view.page-1");
    command("help.palette");
    both("palette");
    run(() -> ((TextField) stage.getScene().lookup("#palette-query")).setText("lm inf"));
    both("palette-query");
    command("help.palette");
    command("help.shortcuts");
    both("shortcuts");
    run(() -> window.commands().list("words").commands().get(6).run());
    both("words");
    run(() -> stage.close());
  }

  @Test
  void takeTheTour() throws Exception {
    command("help.tour");
    for (int step = 0; step < window.tour().size(); step++) {
      WaitForAsyncUtils.sleep(500, TimeUnit.MILLISECONDS);
      take("tour-" + (step + 1));
      if (step == 4) {
        command("view.switch-theme");
        take("tour-" + (step + 1) + "-dark");
        command("view.switch-theme");
      }
      run(() -> window.tour().next());
      if (step == 0) {
        await(() -> window.shell().completeProperty().get());
        await(this::done);
        WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
      }
    }
    run(() -> stage.close());
  }

  @Test
  void takeFourArms() throws Exception {
    run(() -> window.showcase().start());
    await(() -> window.workbench().arms().size() == 4 && done());
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    take("four-arms");
    run(() -> window.workbench().addArm(ArmKind.STREAMING_LLM));
    await(this::done);
    command("view.page-2");
    command("view.detach-page");
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    take("detached-placeholder");
    Stage page =
        (Stage) Window.getWindows().stream().filter(w -> w != stage).findFirst().orElseThrow();
    take("detached", page);
    run(() -> stage.close());
  }

  private void command(String id) throws TimeoutException {
    run(() -> window.commands().get(id).run());
  }

  private void both(String name) throws Exception {
    take(name);
    command("view.switch-theme");
    take(name + "-dark");
    command("view.switch-theme");
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
    take(name, stage);
  }

  private static void take(String name, Stage of) throws IOException {
    WaitForAsyncUtils.sleep(300, TimeUnit.MILLISECONDS);
    BufferedImage image =
        WaitForAsyncUtils.waitForAsyncFx(
            10_000, () -> SwingFXUtils.fromFXImage(of.getScene().snapshot(null), null));
    Path folder = Files.createDirectories(Path.of(System.getProperty("screenshots")));
    ImageIO.write(image, "png", folder.resolve("shell-" + name + ".png").toFile());
  }
}
