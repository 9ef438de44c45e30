package org.lambdascope.app.shell;

import static org.lambdascope.app.shell.Pictures.await;
import static org.lambdascope.app.shell.Pictures.run;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.samples.WorkedExample;
import org.lambdascope.engine.experiment.ArmKind;
import org.testfx.util.WaitForAsyncUtils;

/** Pictures of the first start and of the parts around the pages. */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
class ShellScreenshots {

  private Pictures pictures;
  private Stage stage;
  private WorkbenchWindow window;

  @BeforeEach
  void start() throws TimeoutException {
    pictures = Pictures.start(Path.of("target", "no-runs.duckdb"), new FixedFiles());
    stage = pictures.stage();
    window = pictures.window();
  }

  @AfterEach
  void close() throws TimeoutException {
    run(() -> stage.close());
  }

  @Test
  void takeWhatStandsAroundThePages() throws Exception {
    pictures.take("welcome");
    run(() -> window.showcase().start(WorkedExample.ALL.getFirst()));
    await(() -> window.workbench().arms().size() == 2 && window.shell().busyProperty().get());
    run(() -> window.shell().bottomShownProperty().set(true));
    pictures.awaitArms();
    pictures.take("jobs");
    run(() -> ((BottomView) stage.getScene().lookup("#bottom")).getSelectionModel().select(1));
    pictures.take("log");
    run(() -> window.shell().bottomShownProperty().set(false));
    run(() -> window.workbench().positionProperty().set(1500));
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    pictures.take("example");
    pictures.command("help.welcome");
    pictures.take("welcome-again");
    pictures.command("view.page-1");
    pictures.command("help.palette");
    pictures.take("palette");
    run(() -> ((TextField) stage.getScene().lookup("#palette-query")).setText("lm inf"));
    pictures.take("palette-query");
    run(() -> ((TextField) stage.getScene().lookup("#palette-query")).setText("zzz"));
    pictures.take("palette-none");
    pictures.command("help.palette");
    pictures.command("help.shortcuts");
    pictures.take("shortcuts");
    run(() -> window.commands().list("words").commands().get(6).run());
    pictures.take("words");
  }

  @Test
  void takeTheTour() throws Exception {
    pictures.command("help.tour");
    for (int step = 0; step < window.tour().size(); step++) {
      WaitForAsyncUtils.sleep(500, TimeUnit.MILLISECONDS);
      pictures.take("tour-" + (step + 1));
      run(() -> window.tour().next());
      if (step == 0) {
        await(() -> window.shell().completeProperty().get());
        pictures.awaitArms();
        WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void takeFourArms() throws Exception {
    run(() -> window.showcase().start());
    await(() -> window.workbench().arms().size() == 4);
    pictures.awaitArms();
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    pictures.take("showcase");
    run(() -> window.workbench().addArm(ArmKind.STREAMING_LLM));
    pictures.awaitArms();
    pictures.command("view.page-2");
    pictures.command("view.detach-page");
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    pictures.take("detached-placeholder");
    Stage page =
        (Stage) Window.getWindows().stream().filter(w -> w != stage).findFirst().orElseThrow();
    pictures.take("detached", page);
  }
}
