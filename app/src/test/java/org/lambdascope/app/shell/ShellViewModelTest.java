package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.jobs.WorkUnderWay;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.EngineArmRunner;
import org.lambdascope.app.workbench.WorkbenchViewModel;

class ShellViewModelTest {

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final WorkUnderWay underWay = new WorkUnderWay(tasks);
  private final MemorySettings settings = new MemorySettings();
  private final ModelsViewModel models =
      new ModelsViewModel(
          tasks,
          new RecordingDialogs(),
          settings,
          path -> {
            throw new IOException("none is opened");
          });
  private final ShellViewModel shell =
      new ShellViewModel(
          models,
          new WorkbenchViewModel(
              models,
              tasks,
              new EngineArmRunner(),
              new RecordingDialogs(),
              () -> tasks.millis() * 1_000_000,
              () -> 1_000_000),
          underWay.wordsProperty(),
          settings);

  @Test
  void theStatusNamesWhatIsComputedInTheBackground() {
    String idle = shell.statusProperty().get();
    assertThat(idle).isEqualTo("Open a model and a text to begin");
    underWay.start("predictive entropy of vanilla", c -> 1, done -> {}, failure -> {});
    tasks.pass(300);
    assertThat(shell.statusProperty().get()).isEqualTo("Busy · predictive entropy of vanilla");
    tasks.workAll();
    assertThat(shell.statusProperty().get()).isEqualTo(idle);
  }
}
