package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.TokenCanvas;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.SampleFigures;
import org.lambdascope.app.figure.Venue;
import org.lambdascope.app.figure.spec.FigureBundle;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.runs.StoredRuns;

/** Files that are dropped onto the window. */
class DropsWindowTest extends WindowFixture {

  private boolean drop(Node onto, List<Path> files) {
    AtomicBoolean taken = new AtomicBoolean();
    robot.interact(() -> taken.set(Drops.files(onto, files)));
    return taken.get();
  }

  private static Path tiny() throws IOException {
    Path made = folder.resolve("tiny");
    return Files.exists(made) ? made : TinyModel.in(folder);
  }

  private Node root() {
    return stage.getScene().getRoot();
  }

  @Test
  void aModelAndATextAreOpenedWhereverTheyFall() throws Exception {
    Path tiny = tiny();
    Path text = TinyModel.text(folder, 120);
    assertThat(drop(root(), List.of(tiny, text))).isTrue();
    await(() -> window.models().source().complete());
    assertThat(stage.getTitle()).isEqualTo("tiny – letters.txt – Lambdascope");

    // Onto a column: what lies deep in the window hands it on.
    Path other = Files.writeString(folder.resolve("other.txt"), Files.readString(text));
    Node column =
        robot.lookup(".workbench .token-canvas").queryAllAs(TokenCanvas.class).iterator().next();
    assertThat(drop(column, List.of(other))).isTrue();
    await(() -> Objects.requireNonNull(window.models().source().text()).name().equals("other.txt"));
  }

  @Test
  void theTreeTakesThemToo() throws Exception {
    Path tiny = tiny();
    assertThat(drop(robot.lookup("#library-tree").query(), List.of(tiny))).isTrue();
    await(() -> window.models().source().model() != null);
    assertThat(window.models().source().text()).isNull();
  }

  @Test
  void aSessionIsOpened() throws Exception {
    open(120);
    run();
    Path saved = folder.resolve("dropped.lambdascope");
    files.choose(saved);
    robot.interact(() -> window.commands().get("session.save").run());
    await(() -> Files.exists(saved));
    robot.interact(() -> workbench().lengthProperty().set(50));
    assertThat(drop(root(), List.of(saved))).isTrue();
    await(() -> workbench().lengthProperty().get() == 120);
  }

  /** Where a file may fall: on what has its own way with the mouse, and on windows of parts. */
  private List<Node> places() {
    robot.interact(() -> ((ShellView) root()).detach(ShellPanel.TOKEN));
    Node apart =
        Window.getWindows().stream()
            .filter(w -> w instanceof Stage s && s.getTitle().startsWith("Selected token"))
            .map(w -> w.getScene().lookup("#side-token"))
            .findFirst()
            .orElseThrow();
    return List.of(
        robot.lookup("#library-tree").query(),
        robot.lookup("#pages").query(),
        robot.lookup(".status-bar").query(),
        apart);
  }

  @Test
  void anExperimentIsOpenedWhereverItFalls() throws Exception {
    int i = 0;
    for (Node place : places()) {
      Path file =
          Files.writeString(
              folder.resolve("dropped-%d.yaml".formatted(i++)), "lambdascope: 1\nname: dropped\n");
      robot.interact(() -> window.shell().pageProperty().set(0));
      assertThat(drop(place, List.of(file))).isTrue();
      await(() -> file.equals(window.runs().experiment().fileProperty().get()));
      assertThat(window.shell().pageProperty().get()).isEqualTo(RunPages.EXPERIMENT);
    }
    assertThat(window.models().source().text()).as("it is no text to be read").isNull();
  }

  @Test
  void aSessionIsOpenedWhereverItFalls() throws Exception {
    open(120);
    List<Node> places = places(); // the session keeps that a part has a window
    Path saved = folder.resolve("everywhere.lambdascope");
    files.choose(saved);
    robot.interact(() -> window.commands().get("session.save").run());
    await(() -> Files.exists(saved));
    for (Node place : places) {
      robot.interact(() -> workbench().lengthProperty().set(50));
      assertThat(drop(place, List.of(saved))).isTrue();
      await(() -> workbench().lengthProperty().get() == 120);
    }
  }

  @Test
  void figuresAndRunsAreOpenedByAnyOfTheirFiles() throws Exception {
    Path figure = folder.resolve("my-figure");
    Figure drawn = SampleFigures.sideBySide(2, 1);
    FigureBundle.write(figure, drawn, ExportOptions.paper(drawn), Venue.PLAIN);
    Path run = StoredRuns.write(folder, "dropped-run", "2026-01-02T10:00:00Z", "DONE", 1);
    Node tree = robot.lookup("#library-tree").query();
    for (Path path : List.of(figure, figure.resolve("figure.json"))) {
      assertThat(drop(tree, List.of(path))).isTrue();
      await(() -> editor() != null);
      robot.interact(() -> Objects.requireNonNull(editor()).hide());
    }
    for (Path path : List.of(run, run.resolve("run.json"))) {
      robot.interact(() -> window.shell().pageProperty().set(0));
      assertThat(drop(root(), List.of(path))).isTrue();
      await(() -> window.shell().pageProperty().get() == RunPages.RUNS);
      await(() -> window.runs().runs().revealedProperty().get() != null);
    }
    assertThat(settings.recentRuns()).containsExactly(run);
    assertThat(window.models().source()).isEqualTo(ModelsViewModel.Source.NONE);
  }

  private static @Nullable Window editor() {
    return Window.getWindows().stream()
        .filter(
            w ->
                w.getScene() != null
                    && w.getScene().getRoot().getStyleClass().contains("figure-editor"))
        .findFirst()
        .orElse(null);
  }

  @Test
  void whatIsNoFileIsRefusedAndWhatCannotBeOpenedIsExplained() throws Exception {
    AtomicBoolean taken = new AtomicBoolean(true);
    robot.interact(() -> taken.set(Drops.text(root(), "some words")));
    assertThat(taken.get()).isFalse();
    assertThat(drop(root(), List.of())).isFalse();

    Path bad = Files.writeString(folder.resolve("bad.gguf"), "not a model at all, but long enough");
    assertThat(drop(root(), List.of(bad))).isTrue();
    await(() -> robot.lookup("#error-message").tryQuery().isPresent());
    Label message = robot.lookup("#error-message").queryAs(Label.class);
    assertThat(message.getText()).contains("bad.gguf");
    robot.interact(() -> message.getScene().getWindow().hide());
  }
}
