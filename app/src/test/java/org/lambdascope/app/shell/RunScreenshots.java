package org.lambdascope.app.shell;

import static org.lambdascope.app.shell.Pictures.await;
import static org.lambdascope.app.shell.Pictures.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Scene;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.experiment.ExperimentViewModel;
import org.lambdascope.app.experiment.UnitRow;
import org.lambdascope.engine.spec.SpecText;
import org.testfx.util.WaitForAsyncUtils;

/** Pictures of the runs browser, the experiment form and the figure editor. */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
class RunScreenshots {

  private static final String FILE =
      """
      # Short texts under three arms, past L_pretrain.
      lambdascope: 1
      name: short
      model: lambda-llama
      arms: [vanilla, window, lm-infinite]
      data: {text: chronicle-32k, piece: 1024, count: 4}
      experiments:
        # Fig. 3: loss by position.
        - kind: perplexity
          lengths: [256, 512, 1024]
        - kind: ablation
          arm: lm-infinite
          grid: {global: [0, 4, 10], local: [128, 512]}
          arms: [ceiling]
          length: 1024
        - kind: ood-factors
          arms: [vanilla, lm-infinite]
          length: 1024
      """;

  @TempDir Path folder;
  private HomeFolder home;
  private Pictures pictures;
  private Stage stage;
  private WorkbenchWindow window;

  @BeforeEach
  void start() throws TimeoutException {
    home = new HomeFolder(folder);
    pictures = Pictures.start(folder.resolve("runs.duckdb"), new FixedFiles());
    stage = pictures.stage();
    window = pictures.window();
  }

  @AfterEach
  void close() throws TimeoutException {
    home.close();
    run(() -> stage.close());
  }

  @Test
  void takeAll() throws Exception {
    run(() -> window.shell().pageProperty().set(RunPages.RUNS));
    pictures.take("runs-empty");
    ExperimentViewModel experiment = window.runs().experiment();
    runExperiment("short", FILE, true);
    String text = FILE.replace("name: short", "name: wider");
    runExperiment("wider", text.replace("window,", "\"window:local=256\","), false);
    run(() -> experiment.textProperty().set(text.replace("[256, 512, 1024]", "[256, 512, 300]")));
    run(() -> stage.getScene().lookup("#form-problem").getOnMouseClicked().handle(null));
    pictures.take("experiment-mistake");
    run(() -> experiment.textProperty().set(text));
    await(
        () -> {
          SpecText tree = experiment.treeProperty().get();
          return tree != null && tree.text().equals(text);
        });
    run(
        () ->
            experiment.textProperty().set(text.replace("lm-infinite]\ndata", "lm-infinite\ndata")));
    pictures.take("experiment-not-yaml");
    run(() -> window.shell().pageProperty().set(RunPages.RUNS));
    await(() -> window.runs().runs().runs().size() == 2);
    TableView<?> table = (TableView<?>) stage.getScene().lookup("#runs-table");
    run(() -> table.getSelectionModel().selectAll());
    await(() -> window.runs().runs().shownProperty().get().runs().size() == 2);
    pictures.take("runs-compared");
    run(() -> window.runs().runs().filterProperty().set("no run is called so"));
    pictures.take("runs-filtered-out");
    run(() -> window.runs().runs().filterProperty().set(""));
    run(() -> table.getSelectionModel().selectAll());
    await(() -> window.runs().runs().shownProperty().get().runs().size() == 2);
    run(
        () ->
            window
                .runs()
                .runs()
                .quantityProperty()
                .set(
                    window.runs().runs().shownProperty().get().quantities().stream()
                        .filter(q -> q.experiment().equals("ablation"))
                        .findFirst()
                        .orElseThrow()));
    pictures.take("runs-grid");
    TabPane tabs = (TabPane) stage.getScene().lookup("#runs-tabs");
    run(() -> tabs.getSelectionModel().select(1));
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    pictures.take("runs-figures");
    Path figures = folder.resolve("runs/short/figures");
    run(() -> window.runs().openFigure(figures.resolve("perplexity")));
    await(() -> editors() == 1);
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    takeEditor("figure-editor");
    run(this::closeEditors);
    run(() -> window.runs().openFigure(figures.resolve("ood-factors-pca")));
    await(() -> editors() == 1);
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    takeEditor("figure-editor-states");
    run(this::closeEditors);
    run(() -> window.runs().openFigure(figures.resolve("ablation-table")));
    await(() -> editors() == 1);
    WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
    takeEditor("table-editor");
  }

  /** An experiment with much to do, while it is done and after it was stopped. */
  @Test
  void takeAnExperimentThatIsInterrupted() throws Exception {
    ExperimentViewModel experiment = window.runs().experiment();
    Path file =
        Files.writeString(
            folder.resolve("long.yaml"),
            FILE.replace("count: 4", "count: 24").replace("name: short", "name: long"));
    run(
        () -> {
          window.runs().openFile(file);
          experiment.place().set(folder.resolve("runs/long"));
        });
    await(() -> file.equals(experiment.fileProperty().get()));
    run(experiment::run);
    await(
        () ->
            experiment.job().units().stream().filter(u -> u.state() == UnitRow.State.DONE).count()
                > 7);
    pictures.takeMoment("experiment-running");
    run(() -> experiment.job().cancel());
    await(() -> !experiment.job().runningProperty().get());
    pictures.take("experiment-interrupted");
    run(() -> window.shell().pageProperty().set(RunPages.RUNS));
    await(() -> window.runs().runs().runs().size() == 1);
    TableView<?> table = (TableView<?>) stage.getScene().lookup("#runs-table");
    run(() -> table.getSelectionModel().selectAll());
    await(() -> window.runs().runs().shownProperty().get().runs().size() == 1);
    pictures.take("runs-interrupted");
  }

  private void runExperiment(String name, String text, boolean pictured) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), text);
    ExperimentViewModel experiment = window.runs().experiment();
    run(
        () -> {
          window.runs().openFile(file);
          experiment.place().set(folder.resolve("runs").resolve(name));
        });
    await(() -> file.equals(experiment.fileProperty().get()));
    if (pictured) {
      pictures.take("experiment");
    }
    run(experiment::run);
    await(() -> !experiment.job().runningProperty().get());
    if (pictured) {
      pictures.take("experiment-done");
    }
  }

  private static long editors() {
    return Window.getWindows().stream().filter(RunScreenshots::isEditor).count();
  }

  private static boolean isEditor(Window window) {
    Scene scene = window.getScene();
    return scene != null && scene.getRoot().getStyleClass().contains("figure-editor");
  }

  private void closeEditors() {
    List.copyOf(Window.getWindows()).stream()
        .filter(RunScreenshots::isEditor)
        .forEach(Window::hide);
  }

  private void takeEditor(String name) throws TimeoutException {
    pictures.take(
        name,
        Window.getWindows().stream().filter(RunScreenshots::isEditor).findFirst().orElseThrow());
  }
}
