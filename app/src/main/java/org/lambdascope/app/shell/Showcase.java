package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.util.Subscription;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.ModelsViewModel.Source;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.samples.Comparison;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.samples.WorkedExample;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;

/** Opens the bundled model and document and runs their comparison, as the command demo does. */
final class Showcase {

  private final Samples samples;
  private final ModelsViewModel models;
  private final WorkbenchViewModel workbench;
  private final TaskRunner tasks;
  private Runnable started = () -> {};
  private Subscription waiting = Subscription.EMPTY;

  Showcase(
      Samples samples, ModelsViewModel models, WorkbenchViewModel workbench, TaskRunner tasks) {
    this.samples = samples;
    this.models = models;
    this.workbench = workbench;
    this.tasks = tasks;
  }

  /** Is to be called whenever an example was set up. */
  void onStarted(Runnable listener) {
    started = listener;
  }

  /** Bundled models, the default first. */
  List<Path> modelPaths() {
    return samples.models();
  }

  /** Bundled documents, the shortest first. */
  List<Path> documentPaths() {
    return samples.documents();
  }

  /** Whether there is something to show. */
  boolean available() {
    return samples.welcome().isPresent() && samples.joined().isPresent();
  }

  /** Shows it, if it is {@link #available}: arms, model and text are replaced. */
  void start() {
    Optional<Path> text = samples.welcome();
    samples
        .joined()
        .ifPresent(
            comparison ->
                text.ifPresent(
                    path ->
                        start(
                            samples.model(comparison.model()).orElseThrow(),
                            path,
                            comparison.arms(),
                            Integer.MAX_VALUE,
                            Comparison.NEW_TOKENS)));
  }

  /** Whether a worked example's model and document are there. */
  boolean available(WorkedExample example) {
    return samples.model(example.model()).isPresent()
        && samples.document(example.document()).isPresent();
  }

  /** Shows a worked example, if it is {@link #available}: arms, model and text are replaced. */
  void start(WorkedExample example) {
    samples
        .model(example.model())
        .ifPresent(
            model ->
                samples
                    .document(example.document())
                    .ifPresent(
                        text ->
                            start(
                                model,
                                text,
                                example.arms(),
                                example.tokens(),
                                example.newTokens())));
  }

  private void start(Path model, Path text, List<ArmKind> arms, int tokens, int newTokens) {
    waiting.unsubscribe();
    workbench.setArms(arms);
    Runnable run =
        () -> {
          workbench.lengthProperty().set(Math.min(tokens, workbench.availableTokens()));
          workbench.newTokensProperty().set(newTokens);
          workbench.run();
          started.run();
        };
    if (shows(models.source(), model, text)) {
      run.run();
      return;
    }
    waiting =
        models
            .sourceProperty()
            .subscribe(
                (before, now) -> {
                  if (now.complete() && shows(now, model, text)) {
                    waiting.unsubscribe();
                    // After everybody else has taken notice of the new source.
                    tasks.onUi(
                        () -> {
                          if (shows(models.source(), model, text)) {
                            run.run();
                          }
                        });
                  }
                });
    models.openModel(model);
    models.openText(text);
  }

  private static boolean shows(Source source, Path model, Path text) {
    SharedModel openModel = source.model();
    LoadedText openText = source.text();
    return source.complete()
        && openModel != null
        && openText != null
        && Objects.equals(openModel.model().path(), model)
        && Objects.equals(openText.path(), text);
  }
}
