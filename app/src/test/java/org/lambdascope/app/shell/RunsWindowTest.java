package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.SampleFigures;
import org.lambdascope.app.figure.Venue;
import org.lambdascope.app.figure.spec.FigureBundle;
import org.lambdascope.app.library.LibraryItem;
import org.lambdascope.app.run.RunFolder;
import org.lambdascope.app.run.RunStore;
import org.lambdascope.app.run.RunSummary;
import org.lambdascope.app.runs.StoredRuns;

/** The runs browser, driven as a user does. */
class RunsWindowTest extends WindowFixture {

  private TableView<RunSummary> table() {
    return robot.lookup("#runs-table").queryTableView();
  }

  private void store(String... names) throws IOException {
    Path store = folder.resolve("runs.duckdb");
    Files.deleteIfExists(store);
    try (RunStore opened = RunStore.open(store)) {
      for (int i = 0; i < names.length; i++) {
        opened.put(
            StoredRuns.write(
                folder, names[i], "2026-01-0%dT10:00:00Z".formatted(i + 1), "DONE", i + 1));
      }
    }
  }

  @Test
  void anEmptyStoreTeachesTheCommand() throws IOException, TimeoutException {
    Files.deleteIfExists(folder.resolve("runs.duckdb"));
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
    await(() -> !window.runs().runs().loadingProperty().get());
    assertThat(label("runs-message")).startsWith("No runs yet.");
    assertThat(robot.lookup(".command-line").queryAllAs(TextField.class))
        .anyMatch(f -> f.isVisible() && f.getText().contains("run samples/experiments/smoke.yaml"));
    robot.clickOn("#runs-first");
    assertThat(window.shell().pageProperty().get()).isEqualTo(RunPages.EXPERIMENT);
  }

  @Test
  void runsAreFilteredSortedChosenAndCompared() throws IOException, TimeoutException {
    store("alpha", "beta");
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
    await(() -> table().getItems().size() == 2);
    robot.clickOn("#runs-filter").write("alp");
    await(() -> table().getItems().size() == 1);
    robot.eraseText(3);
    await(() -> table().getItems().size() == 2);
    robot.interact(
        () -> {
          table().getSortOrder().add(table().getColumns().getFirst());
          table().getSelectionModel().selectAll();
        });
    assertThat(table().getItems().getFirst().run().record().name()).isEqualTo("alpha");
    await(() -> window.runs().runs().shownProperty().get().runs().size() == 2);
    TableView<?> compared = robot.lookup("#runs-comparison").queryTableView();
    await(() -> compared.getItems().size() == 6);
    assertThat(compared.getColumns())
        .extracting(c -> c.getText())
        .contains("alpha", "beta − alpha");
    assertThat(robot.lookup(".runs .figure-view").queryAllAs(FigureView.class))
        .singleElement()
        .satisfies(v -> assertThat(v.panel()).isNotNull());
  }

  @Test
  void whatWasChosenStaysChosenWhenTheStoreIsReadAgain() throws IOException, TimeoutException {
    store("alpha", "beta");
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
    await(() -> table().getItems().size() == 2);
    robot.interact(() -> table().getSelectionModel().selectAll());
    await(() -> window.runs().runs().shownProperty().get().runs().size() == 2);
    store("alpha", "beta", "gamma");
    robot.clickOn("#runs-reload");
    await(() -> table().getItems().size() == 3);
    assertThat(table().getSelectionModel().getSelectedItems())
        .extracting(r -> r.run().record().name())
        .containsExactlyInAnyOrder("alpha", "beta");
    assertThat(window.runs().runs().shownProperty().get().runs()).hasSize(2);
    store("beta");
    robot.clickOn("#runs-reload");
    await(() -> window.runs().runs().shownProperty().get().runs().size() == 1);
    assertThat(table().getSelectionModel().getSelectedItem().run().record().name())
        .isEqualTo("beta");
  }

  @Test
  void aFolderIsOpenedAndWhatIsNoneIsTold() throws IOException, TimeoutException {
    store("gamma");
    Path other = StoredRuns.write(folder, "delta", "2026-02-01T10:00:00Z", "DONE", 4);
    robot.interact(() -> window.runs().openRun(other));
    await(() -> table().getSelectionModel().getSelectedItem() != null);
    assertThat(table().getSelectionModel().getSelectedItem().run().record().name())
        .isEqualTo("delta");
    files.output = Optional.of(Files.createDirectories(folder.resolve("no-run")));
    robot.clickOn("#runs-open").clickOn("Folder of a run …");
    await(() -> robot.lookup("#error-message").tryQuery().isPresent());
    assertThat(robot.lookup("#error-message").queryAs(Label.class).getText())
        .contains("found no run.json");
    robot.push(KeyCode.ESCAPE);
    assertThat(table().getItems()).hasSize(2);
  }

  @Test
  void theTreeListsTheRunsOfTheStore() throws IOException, TimeoutException {
    store("zeta");
    robot.interact(() -> window.runs().runs().reload());
    await(
        () ->
            window.library().items(LibraryItem.Kind.RUN).stream()
                .anyMatch(i -> i.path().endsWith("zeta")));
  }

  @Test
  void theFiguresOfARunAreShown() throws IOException, TimeoutException {
    store("epsilon");
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
    await(() -> table().getItems().size() == 1);
    robot.interact(() -> table().getSelectionModel().select(0));
    await(() -> window.runs().runs().shownProperty().get().runs().size() == 1);
    TabPane tabs = robot.lookup("#runs-tabs").queryAs(TabPane.class);
    robot.interact(() -> tabs.getSelectionModel().select(1));
    assertThat(robot.lookup("The chosen runs have no figures.").tryQuery()).isPresent();
  }

  @Test
  void aFigureIsLargeEnoughToReadAndOpensInTheEditor() throws IOException, TimeoutException {
    store("zeta");
    Path figures = Files.createDirectories(RunFolder.figuresOf(folder.resolve("zeta")));
    Figure figure = SampleFigures.sideBySide(3, 2);
    FigureBundle.write(figures.resolve("logits"), figure, ExportOptions.paper(figure), Venue.PLAIN);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
    await(() -> table().getItems().size() == 1);
    robot.interact(() -> table().getSelectionModel().select(0));
    await(() -> window.runs().runs().shownProperty().get().figures().size() == 1);
    TabPane tabs = robot.lookup("#runs-tabs").queryAs(TabPane.class);
    robot.interact(() -> tabs.getSelectionModel().select(1));
    Button card = robot.lookup(".figure-card").queryButton();
    ImageView picture = (ImageView) card.getGraphic();
    await(() -> picture.getImage() != null);
    assertThat(picture.getImage().getWidth())
        .isBetween(320.0 * stage.getRenderScaleX(), 330.0 * stage.getOutputScaleX());
    // As many pixels as the screen shows: neither coarse nor shrunk.
    double scale = stage.getRenderScaleX();
    assertThat(picture.getBoundsInLocal().getWidth())
        .isEqualTo(picture.getImage().getWidth() / scale);
    robot.clickOn(card);
    await(
        () ->
            Window.getWindows().stream()
                .anyMatch(w -> w.getScene().getRoot().getStyleClass().contains("figure-editor")));
  }

  private void showFirst() throws IOException, TimeoutException {
    store("alpha", "beta");
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
    await(() -> table().getItems().size() == 2);
    robot.interact(
        () -> {
          table().requestFocus();
          table().getSelectionModel().select(0);
        });
    await(() -> window.runs().runs().shownProperty().get().runs().size() == 1);
  }

  @Test
  void aRunIsOpenedAndItsMenuShownByKeys() throws IOException, TimeoutException {
    showFirst();
    robot.push(KeyCode.SHIFT, KeyCode.F10);
    await(() -> robot.lookup("Copy the id").tryQuery().isPresent());
    for (int i = 0; i < 4 && !chosen("Copy the id"); i++) {
      robot.type(KeyCode.DOWN);
    }
    robot.type(KeyCode.ENTER);
    String id = table().getItems().getFirst().run().record().id();
    await(() -> id.equals(Clipboard.getSystemClipboard().getString()));
    robot.interact(() -> table().requestFocus());
    robot.push(KeyCode.ENTER);
    assertThat(window.shell().pageProperty().get()).isEqualTo(RunPages.EXPERIMENT);
    Path run = folder.resolve("beta");
    await(() -> run.equals(window.runs().experiment().runProperty().get()));
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.ENTER);
    assertThat(window.shell().pageProperty().get()).isEqualTo(RunPages.EXPERIMENT);
  }

  /** Whether an item of a menu has the focus. */
  private boolean chosen(String title) {
    return robot.lookup(".menu-item").queryAll().stream()
        .anyMatch(
            item ->
                item.isFocused()
                    && item.lookup(".label") instanceof Label label
                    && label.getText().equals(title));
  }

  @Test
  void metricsAreWrittenAndStoresOpenedFromTheToolsAndByKeys()
      throws IOException, TimeoutException {
    showFirst();
    Path out = Files.createDirectories(folder.resolve("written"));
    files.output = Optional.of(out);
    robot.clickOn("#runs-export").clickOn("This comparison as CSV …");
    await(() -> Files.exists(out.resolve("comparison.csv")));
    robot.clickOn("#runs-export").clickOn("All metrics as CSV …");
    await(() -> Files.exists(out.resolve("runs.csv")));
    robot.clickOn("#runs-export").clickOn("All metrics as Parquet …");
    await(() -> Files.exists(out.resolve("runs.parquet")));
    for (String name : List.of("comparison.csv", "runs.csv", "runs.parquet")) {
      Files.delete(out.resolve(name));
    }
    robot.push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.E);
    await(() -> Files.exists(out.resolve("comparison.csv")));
    robot.push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.P);
    await(() -> Files.exists(out.resolve("runs.parquet")));
    Path other = folder.resolve("other.duckdb");
    try (RunStore opened = RunStore.open(other)) {
      opened.put(StoredRuns.write(folder, "omega", "2026-03-01T10:00:00Z", "DONE", 2));
    }
    files.file = Optional.of(other);
    robot.clickOn("#runs-open").clickOn("Run store …");
    await(() -> table().getItems().size() == 1);
    assertThat(table().getItems().getFirst().run().record().name()).isEqualTo("omega");
    files.file = Optional.of(folder.resolve("runs.duckdb"));
    robot.push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.R);
    await(() -> table().getItems().size() == 2);
    store("alpha");
    robot.push(KeyCode.CONTROL, KeyCode.R);
    await(() -> table().getItems().size() == 1);
  }

  @Test
  void aChartIsCopiedAndThePageHasAWindowThoughNoModelIsOpen()
      throws IOException, TimeoutException {
    showFirst();
    FigureView chart = robot.lookup(".runs .figure-view").queryAs(FigureView.class);
    await(() -> chart.panel() != null);
    robot.interact(() -> Clipboard.getSystemClipboard().clear());
    robot.clickOn((Node) chart);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
    await(() -> Clipboard.getSystemClipboard().hasImage());
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.N);
    assertThat(window.shell().detachedPages()).containsExactly(RunPages.RUNS);
    robot.interact(() -> robot.lookup(".bring-back").queryButton().fire());
    assertThat(window.shell().detachedPages()).isEmpty();
  }
}
