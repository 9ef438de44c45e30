package org.lambdascope.app.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.TextReader;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.DiagnosticsViewModel;
import org.lambdascope.app.workbench.EngineArmRunner;
import org.lambdascope.app.workbench.RunStatus;
import org.lambdascope.app.workbench.WorkbenchContent;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.task.Cancellation;

/** Runs the arms of a session as the window does, without one. */
public final class HeadlessSession implements AutoCloseable {

  private final EventLoop loop = new EventLoop();
  private final List<ErrorReport> errors = new ArrayList<>();
  private final ModelsViewModel models;
  private final WorkbenchViewModel workbench;
  private final DiagnosticsViewModel diagnostics;
  private final References references = new References();
  private final Session session;

  /**
   * Opens what a session refers to.
   *
   * @param file of the session
   * @param model in place of the session's; null for the session's
   * @param text likewise
   * @throws IOException if the session cannot be read, or something is missing
   */
  public HeadlessSession(Path file, @Nullable Path model, @Nullable Path text, Samples samples)
      throws IOException {
    session = SessionFile.read(file);
    SessionSources found = SessionSources.find(session, file, samples);
    Path modelPath = model == null ? found.model() : model;
    LoadedText document = text == null ? found.text() : TextReader.read(text);
    if (modelPath == null || document == null) {
      throw new IOException(
          "%s: %s"
              .formatted(
                  file,
                  found.missing().isEmpty()
                      ? "expected a session with a model and a text, found one without"
                      : String.join(" ", found.missing())));
    }
    Dialogs dialogs = new Collecting();
    models = new ModelsViewModel(loop, dialogs, new MemorySettings(), ModelLoader::open);
    workbench =
        new WorkbenchViewModel(
            models,
            loop,
            new EngineArmRunner(),
            dialogs,
            System::nanoTime,
            () -> Runtime.getRuntime().maxMemory());
    diagnostics = new DiagnosticsViewModel(workbench, loop);
    models.openTogether(
        modelPath,
        document,
        () -> workbench.restore(session.content().withoutResults()),
        failure -> errors.add(ErrorReport.of("Cannot open the model", failure, "")));
    drain(() -> {});
  }

  /**
   * Runs all arms.
   *
   * @param progress hears of it many times a second
   * @throws CancellationException if cancelled
   * @throws IOException if an arm could not be run
   */
  public void run(Consumer<RunStatus> progress, Cancellation cancellation) throws IOException {
    ViewState view = session.view();
    workbench.charts().layerProperty().set(view.layer());
    workbench.charts().headProperty().set(view.head());
    workbench.charts().statisticProperty().set(view.statistic());
    workbench.run();
    drain(
        () -> {
          RunStatus status = workbench.statusProperty().get();
          if (status != null) {
            progress.accept(status);
          }
          if (cancellation.cancelled()) {
            workbench.cancel();
          }
        });
    if (cancellation.cancelled()) {
      throw new CancellationException();
    }
  }

  /** The scores, in the order of the arms. */
  public List<ScoreResult> scores() {
    return workbench.arms().stream()
        .map(ArmViewModel::shown)
        .flatMap(shown -> Optional.ofNullable(shown).map(ArmSnapshot::score).stream())
        .toList();
  }

  /** What the window would export, by file name without extension. */
  public Map<String, Figure> figures() {
    return diagnostics.figures();
  }

  /** The session with these results. */
  public Session result() {
    WorkbenchContent content = workbench.content();
    return new SessionCapture(
            models.source().model(),
            models.source().text(),
            null,
            content,
            session.view(),
            session.windows(),
            session.pages(),
            session.history())
        .describe(references);
  }

  private void drain(Runnable meanwhile) throws IOException {
    try {
      loop.drain(meanwhile);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
    if (!errors.isEmpty()) {
      ErrorReport first = errors.getFirst();
      throw new IOException(
          "%s: %s %s".formatted(first.title(), first.message(), first.hint()).strip());
    }
  }

  @Override
  public void close() {
    workbench.close();
  }

  /** Keeps what the window would show. */
  private final class Collecting implements Dialogs {
    @Override
    public void error(ErrorReport report) {
      errors.add(report);
    }

    @Override
    public void offer(ErrorReport report, List<Choice> choices) {
      errors.add(report); // nobody is there to choose
    }

    @Override
    public void notice(String title, String message) {
      // Only what went wrong is of interest here.
    }
  }
}
