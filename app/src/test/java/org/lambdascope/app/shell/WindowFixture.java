package org.lambdascope.app.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.model.LanguageModel;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A window on a small random model, for tests that drive it as a user does. */
@ExtendWith({FxStalls.class, StyleWarnings.class})
abstract class WindowFixture {

  private static final int SECONDS = 60;

  @TempDir static Path folder;

  final FxRobot robot = new FxRobot();
  final MemorySettings settings = new MemorySettings();
  final FixedFiles files = new FixedFiles();
  Stage stage;
  WorkbenchWindow window;

  @BeforeEach
  void start() throws IOException, TimeoutException {
    FxWatchdog.instance().windows(true); // while it is made, nobody can use it
    FxStalls.forgetClosedWindows();
    Samples bundled = samples(Files.createDirectories(folder.resolve("no-samples")));
    FxToolkit.registerPrimaryStage();
    stage = WaitForAsyncUtils.waitForAsyncFx(SECONDS * 1000, () -> new Stage());
    window =
        WaitForAsyncUtils.waitForAsyncFx(
            SECONDS * 1000,
            () ->
                new WorkbenchWindow(
                    stage,
                    settings,
                    s -> files,
                    bundled,
                    folder.resolve("runs.duckdb"),
                    this::freeBytes));
    FxToolkit.setupFixture(() -> window.show(List.of()));
    FxWatchdog.instance().windows(false);
    FxWatchdog.instance().watch(); // a test may have paused it
  }

  @AfterEach
  void close() throws TimeoutException {
    FxWatchdog.instance().windows(true);
    FxToolkit.setupFixture(() -> stage.close());
    FxWatchdog.instance().windows(false);
  }

  /**
   * What is bundled.
   *
   * @param empty a folder without samples
   */
  Samples samples(Path empty) throws IOException {
    return Samples.in(empty);
  }

  /** Bytes that a run may take. */
  long freeBytes() {
    return Long.MAX_VALUE / 2;
  }

  /** Waits for a condition on the FX thread, and for what follows from it. */
  static void await(Callable<Boolean> condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(
        SECONDS, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** Opens the model and a text of {@code length} tokens. */
  void open(int length) throws IOException, TimeoutException {
    Path tiny = folder.resolve("tiny");
    Path model = Files.exists(tiny) ? tiny : TinyModel.in(folder);
    Path text = TinyModel.text(folder, length);
    robot.interact(() -> window.models().open(List.of(model, text)));
    await(() -> window.models().source().complete());
  }

  /** Runs all arms to their end. */
  void run() throws TimeoutException {
    robot.interact(() -> workbench().run());
    await(() -> workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE));
  }

  WorkbenchViewModel workbench() {
    return window.workbench();
  }

  /** The model that is open. */
  LanguageModel model() {
    return Objects.requireNonNull(window.models().source().model()).model();
  }

  /** What an arm shows. */
  static ArmSnapshot shown(ArmViewModel arm) {
    return Objects.requireNonNull(arm.shown());
  }

  /** The column whose settings are shown. */
  ArmViewModel selected() {
    return Objects.requireNonNull(workbench().selectedArmProperty().get());
  }

  String label(String id) {
    return robot.lookup("#" + id).queryAs(Label.class).getText();
  }
}
