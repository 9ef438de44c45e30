package org.lambdascope.app.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.models.FakeModels;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.ArmRunner;
import org.lambdascope.app.workbench.RunListener;
import org.lambdascope.app.workbench.RunOutcome;
import org.lambdascope.app.workbench.RunRequest;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.task.Cancellation;

/** A workbench whose settings change and are taken back; nothing is run. */
final class UndoBench {

  final ManualTaskRunner tasks = new ManualTaskRunner();
  final WorkbenchViewModel workbench;
  final UndoHistory history;

  UndoBench() throws IOException {
    ModelsViewModel models =
        new ModelsViewModel(
            tasks,
            new RecordingDialogs(),
            new MemorySettings(),
            path -> FakeModels.model(path, 64, new FakeModels.Weights()));
    workbench =
        new WorkbenchViewModel(
            models, tasks, new NoRunner(), new RecordingDialogs(), () -> 0L, () -> 0L);
    history = new UndoHistory(workbench, tasks);
    Path folder = Files.createTempDirectory("undo");
    models.openModel(folder.resolve("model"));
    tasks.workAll();
    Path text = Files.writeString(folder.resolve("text.txt"), "x".repeat(3000));
    models.openText(text);
    tasks.workAll();
    Files.delete(text);
    Files.delete(folder);
    tasks.pass(1000);
  }

  /** Undo needs settings, not results. */
  private static final class NoRunner implements ArmRunner {
    @Override
    public RunOutcome run(RunRequest request, RunListener listener, Cancellation cancellation) {
      throw new IllegalStateException("nothing is run here");
    }

    @Override
    public long predictedBytes(RunRequest request) {
      return 0;
    }
  }

  WorkbenchSettings now() {
    return WorkbenchSettings.of(workbench);
  }
}
