package org.lambdascope.app.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.figure.LogitsView;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.shell.TinyModel;
import org.lambdascope.app.workbench.EngineArmRunner;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.model.ModelLoader;

/** A workbench on a small random model, on one thread. */
public final class SessionFixture implements AutoCloseable {

  /** What pages show in its sessions. */
  static final PageState PAGES =
      new PageState(
          Map.of("library", true, "side", false),
          1,
          2,
          0,
          new PageState.Cells(10, 90, 0, 64),
          List.of("runs/a"));

  public final ManualTaskRunner tasks = new ManualTaskRunner();
  public final RecordingDialogs dialogs = new RecordingDialogs();
  public final Samples samples;
  public final ModelsViewModel models;
  public final WorkbenchViewModel workbench;

  /** Opens the bundled model and document of a folder, which is filled if it is empty. */
  public SessionFixture(Path folder, int tokens) throws IOException {
    samples =
        Files.exists(folder.resolve("models"))
            ? Samples.in(folder)
            : TinyModel.samples(folder, tokens);
    models = new ModelsViewModel(tasks, dialogs, new MemorySettings(), ModelLoader::open);
    workbench =
        new WorkbenchViewModel(
            models,
            tasks,
            new EngineArmRunner(),
            dialogs,
            () -> tasks.millis() * 1_000_000,
            () -> Long.MAX_VALUE);
    models.openModel(samples.defaultModel().orElseThrow());
    tasks.workAll();
    models.openText(samples.welcome().orElseThrow());
    tasks.workAll();
    workbench.newTokensProperty().set(6);
  }

  /** Runs all arms to their end. */
  public void run() {
    workbench.run();
    tasks.workAll();
    tasks.pass(1000);
  }

  /** Everything that there is. */
  public Session session() {
    return new SessionCapture(
            models.source().model(),
            models.source().text(),
            null,
            workbench.content(),
            new ViewState(
                1,
                0,
                LogitsView.ALL,
                LogitsView.Statistic.MAX,
                TokenShading.DIFFERENCE,
                Map.of("main-split", List.of(0.625))),
            Map.of("page-mask", new WindowBounds(10, 20, 640.5, 480)),
            PAGES,
            List.of(new Action("2026-01-31T12:00:00Z", "run", "lambdascope score x")))
        .describe(new References());
  }

  @Override
  public void close() {
    workbench.close();
  }
}
