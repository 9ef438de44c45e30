package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.PositionSet;
import org.lambdascope.app.inspector.Candidate;
import org.lambdascope.app.inspector.TokenViewModel;
import org.lambdascope.engine.experiment.TokenReading;

/** The page of the selected token, driven as a user does. */
class TokenWindowTest extends WindowFixture {

  @BeforeEach
  void openPage() throws Exception {
    open(300);
    run();
    robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT3).release(KeyCode.CONTROL);
    robot.interact(() -> workbench().positionProperty().set(200));
    await(() -> !token().readings().isEmpty() && token().stateProperty().get().isEmpty());
  }

  private TokenViewModel token() {
    return window.token();
  }

  private void scrollTo(Node node) {
    Scrolls.to(robot.lookup(".token-page").queryAs(ScrollPane.class), node);
  }

  @Test
  void aCandidateIsFoundUnderEveryArm() {
    ListView<Candidate> first = robot.lookup("#candidates-0").queryListView();
    ListView<Candidate> second = robot.lookup("#candidates-1").queryListView();
    assertThat(first.getItems()).hasSize(20);
    double sum = first.getItems().stream().mapToDouble(Candidate::probability).sum();
    assertThat(sum).isBetween(0.5, 1.0001);
    robot.interact(() -> first.getSelectionModel().select(2));
    int id = first.getItems().get(2).id();
    assertThat(token().candidateProperty().get()).isEqualTo(id);
    Candidate same = second.getSelectionModel().getSelectedItem();
    assertThat(same == null || same.id() == id).isTrue();
  }

  @Test
  void barsBeginBelowOneAnother() {
    ListView<Candidate> list = robot.lookup("#candidates-0").queryListView();
    List<Candidate> items = new ArrayList<>(list.getItems());
    Candidate last = items.getLast();
    items.add(new Candidate(1234, last.id(), "“·seldom”", 0.001, 0.01, true));
    robot.interact(
        () -> {
          list.getItems().setAll(items);
          list.setMinHeight(500);
          list.layout();
        });
    scrollTo(list);
    assertThat(list.lookupAll(".candidate-bar").stream().filter(Node::isVisible))
        .hasSizeGreaterThan(20)
        .extracting(bar -> Math.round(bar.localToScene(0, 0).getX()))
        .containsOnly(Math.round(list.lookup(".candidate-bar").localToScene(0, 0).getX()));
  }

  @Test
  void aHeadIsChosenByMouseAndKeys() {
    Node grid = robot.lookup("#head-grid").query();
    scrollTo(grid);
    Bounds bounds = grid.localToScreen(grid.getBoundsInLocal());
    robot.clickOn(bounds.getMinX() + 62 + 5, bounds.getMinY() + 20 + 34 + 5);
    assertThat(token().inspector().layerProperty().get()).isEqualTo(1);
    assertThat(token().inspector().headProperty().get()).isEqualTo(0);
    robot.type(KeyCode.RIGHT).type(KeyCode.UP);
    assertThat(token().inspector().layerProperty().get()).isEqualTo(0);
    assertThat(token().inspector().headProperty().get()).isEqualTo(1);
  }

  @Test
  void tokensAreBrushedInOnePlotAndMarkedEverywhere() {
    Node plot = robot.lookup("#states-0").query();
    scrollTo(plot);
    Drags.overLeftHalf(robot, plot);
    PositionSet brushed = workbench().comparison().brushedProperty().get();
    assertThat(brushed.size()).isBetween(1, 200);
    robot.interact(plot::requestFocus);
    robot.type(KeyCode.DELETE);
    assertThat(workbench().comparison().brushedProperty().get().size()).isZero();
  }

  @Test
  void aSimilarTokenIsMarkedThenOpened() throws Exception {
    ListView<?> list = robot.lookup("#neighbours").queryListView();
    scrollTo(list);
    robot.interact(
        () -> {
          list.requestFocus();
          list.getSelectionModel().select(0);
        });
    TokenReading reading =
        Objects.requireNonNull(Objects.requireNonNull(token().selected()).reading());
    int position = reading.neighbours().getFirst().position();
    assertThat(workbench().comparison().brushedProperty().get().contains(position)).isTrue();
    robot.type(KeyCode.ENTER);
    assertThat(workbench().positionProperty().get()).isEqualTo(position);
    await(() -> token().stateProperty().get().isEmpty());
  }

  @Test
  void hiddenStatesOpenAsAFigure() throws Exception {
    Node plot = robot.lookup("#states-0").query();
    scrollTo(plot);
    robot.rightClickOn(plot).clickOn("Open as figure …");
    await(
        () ->
            Window.getWindows().stream()
                .anyMatch(
                    w ->
                        w.getScene() != null
                            && w.getScene().getRoot().getStyleClass().contains("figure-editor")));
  }

  @Test
  void theLastRowOfTheLensIsTheModel() {
    assertThat(token().readings())
        .allSatisfy(
            r -> {
              var reading = Objects.requireNonNull(r.reading());
              assertThat(reading.next()).isSameAs(reading.lens().get(reading.layers()));
            });
    assertThat(robot.lookup("#logit-lens").lookup("embedding").tryQuery()).isPresent();
  }

  @Test
  void theGridOfHeadsIsCopiedExportedAndOpenedAsAFigure() throws Exception {
    Path out = Files.createDirectories(folder.resolve("heads"));
    files.output = Optional.of(out);
    MenuButton menu = robot.lookup("#head-grid-menu").queryAs(MenuButton.class);
    assertThat(menu.isDisabled()).isFalse();
    robot.interact(() -> Clipboard.getSystemClipboard().clear());
    robot.interact(menu.getItems().getFirst()::fire);
    await(() -> Clipboard.getSystemClipboard().hasImage());
    robot.interact(((Menu) menu.getItems().get(1)).getItems().getLast()::fire);
    Path csv = out.resolve("attention-by-head.csv");
    await(() -> Files.exists(csv));
    int heads = model().config().layers() * model().config().heads();
    assertThat(Files.readAllLines(csv).stream().filter(l -> l.contains("attention entropy")))
        .hasSizeGreaterThanOrEqualTo(heads);
    robot.interact(menu.getItems().getLast()::fire);
    await(
        () ->
            Window.getWindows().stream()
                .anyMatch(w -> w instanceof Stage s && s.getTitle().contains("attention-by-head")));
    robot.interact(
        () ->
            List.copyOf(Window.getWindows()).stream()
                .filter(w -> w instanceof Stage && w != stage)
                .forEach(Window::hide));
    robot.interact(() -> stage.requestFocus());
    robot.interact(() -> robot.lookup("#head-grid").query().requestFocus());
    robot.interact(() -> Clipboard.getSystemClipboard().clear());
    robot.interact(() -> window.commands().get("edit.copy-figure").run());
    await(() -> Clipboard.getSystemClipboard().hasImage());
  }
}
