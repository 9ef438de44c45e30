package org.lambdascope.app.shell;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.editor.FigureDraft;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.Venue;
import org.lambdascope.app.figure.spec.FigureBundle;

/** The figure editor, driven as a user does. */
class FigureEditorWindowTest extends WindowFixture {

  private static Panel panel(String title) {
    return new Panel(
        title,
        "",
        AxisSpec.linear("place"),
        AxisSpec.linear("loss (nats)"),
        List.of(
            LineSeries.of("one", new double[] {1, 2, 3}, new double[] {3, 4, 5}, 0),
            LineSeries.of("two", new double[] {1, 2, 3}, new double[] {4, 3, 2}, 1)),
        List.of(),
        null);
  }

  private void openStored(String name, String... titles) throws IOException, TimeoutException {
    Figure figure =
        new Figure(
            "", Arrays.stream(titles).map(FigureEditorWindowTest::panel).toList(), titles.length);
    Path stored = folder.resolve(name);
    FigureBundle.write(stored, figure, ExportOptions.of(figure, Venue.PLAIN), Venue.PLAIN);
    robot.interact(() -> window.runs().openFigure(stored));
    await(() -> editor().isPresent());
    await(() -> robot.lookup("#figure-page").queryAs(ImageView.class).getImage() != null);
  }

  private static Optional<Window> editor() {
    return Window.getWindows().stream()
        .filter(
            w -> {
              Scene scene = w.getScene();
              return w.isShowing()
                  && scene != null
                  && scene.getRoot().getStyleClass().contains("figure-editor");
            })
        .findFirst();
  }

  private List<String> tiles() {
    return robot.lookup(".panel-tile").queryAllAs(Label.class).stream()
        .map(Label::getText)
        .toList();
  }

  private static Point2D centre(Node node) {
    Bounds at = node.localToScreen(node.getBoundsInLocal());
    return new Point2D(at.getCenterX(), at.getCenterY());
  }

  private void drag(int from, Point2D to) {
    Point2D start = centre(robot.lookup("#panel-tile-" + from).query());
    robot.moveTo(start).press(MouseButton.PRIMARY);
    robot.moveTo(start.midpoint(to)).moveTo(to).release(MouseButton.PRIMARY);
  }

  @Test
  void aChartOpensAsAFigure() throws IOException, TimeoutException {
    open(300);
    run();
    FigureView view =
        robot.lookup(".figure-view").queryAllAs(FigureView.class).stream()
            .filter(v -> v.panel() != null)
            .findFirst()
            .orElseThrow();
    robot.interact(() -> view.lookup(".figure-menu").requestFocus());
    robot.clickOn(view.lookup(".figure-menu")).clickOn("Open as figure …");
    await(() -> editor().isPresent());
    assertThat(((Stage) editor().orElseThrow()).getTitle()).endsWith("Figure – Lambdascope");
    assertThat(field("x-label").getText()).isEqualTo(requireNonNull(view.panel()).x().label());
  }

  private TextField field(String id) {
    return robot.lookup("#" + id).queryAs(TextField.class);
  }

  @Test
  @SuppressWarnings("unchecked")
  void venueTitleLabelsAndRangesFollowTheFields() throws IOException, TimeoutException {
    openStored("fields", "left", "right");
    ComboBox<Venue> venue = robot.lookup("#venue").queryAs(ComboBox.class);
    robot.interact(() -> venue.setValue(Venue.NEURIPS));
    assertThat(label("page-size")).startsWith("139.7 × ");
    robot.clickOn("#figure-title").write("Losses");
    robot.clickOn("#x-label").push(KeyCode.END).write(" (tokens)");
    robot.interact(() -> field("y-from").requestFocus());
    robot.write("1").push(KeyCode.ENTER);
    assertThat(field("y-to").getText()).isEqualTo("5");
    robot.interact(() -> field("y-to").requestFocus());
    robot.push(KeyCode.CONTROL, KeyCode.A).write("0").push(KeyCode.ENTER);
    assertThat(label("editor-problem")).contains("expected from < to");
    files.output = Optional.of(folder.resolve("exports"));
    Files.createDirectories(folder.resolve("exports"));
    robot.clickOn("#editor-save");
    await(() -> Files.exists(folder.resolve("fields/figure.json")));
    await(() -> !((Stage) editor().orElseThrow()).getTitle().startsWith("•"));
    Figure saved = (Figure) FigureDraft.read(folder.resolve("fields")).drawing();
    assertThat(saved.title()).isEqualTo("Losses");
    assertThat(saved.panels()).allMatch(p -> p.x().label().equals("place (tokens)"));
    robot.push(KeyCode.CONTROL, KeyCode.Z);
    assertThat(field("y-from").getText()).isEmpty();
  }

  @Test
  void panelsAreArrangedByDrag() throws IOException, TimeoutException {
    openStored("panels", "left", "middle", "right");
    assertThat(tiles()).containsExactly("(a) left", "(b) middle", "(c) right");
    drag(2, centre(robot.lookup("#panel-tile-0").query()));
    assertThat(tiles()).containsExactly("(a) right", "(b) left", "(c) middle");
    Node first = robot.lookup("#panel-tile-0").query();
    drag(0, centre(first).add(0, 38));
    assertThat(tiles()).containsExactly("(a) left", "(b) middle", "(c) right");
    assertThat(robot.lookup("2 per row").tryQuery()).isPresent();
    robot.clickOn("#editor-undo").clickOn("#editor-undo").clickOn("#editor-undo");
    assertThat(tiles()).containsExactly("(a) left", "(b) middle", "(c) right");
    assertThat(robot.lookup("3 per row").tryQuery()).isPresent();
  }

  @Test
  void aClosedFigureComesBackAsItWas() throws IOException, TimeoutException {
    openStored("closed", "only");
    robot.clickOn("#figure-title").write("Kept");
    robot.interact(() -> editor().orElseThrow().hide());
    assertThat(editor()).isEmpty();
    robot.interact(() -> stage.requestFocus());
    robot.interact(() -> window.reopenFigure());
    await(() -> editor().isPresent());
    assertThat(field("figure-title").getText()).isEqualTo("Kept");
  }

  @Test
  void whatWasNotSavedOfAFigureIsThereAtTheNextStart() throws IOException, TimeoutException {
    Path state = folder.resolve("state");
    robot.interact(() -> window.startAutosave(state, () -> {}));
    openStored("unsaved", "only");
    robot.clickOn("#figure-title").write("Kept");
    CountDownLatch ended = new CountDownLatch(1);
    robot.interact(
        () -> {
          window.onEnded(ended::countDown);
          stage.close();
        });
    await(() -> ended.getCount() == 0);
    start();
    robot.interact(() -> window.startAutosave(state, () -> {}));
    await(() -> window.sessions().noticeProperty().get() != null);
    robot.clickOn("Restore");
    await(() -> editor().isPresent());
    assertThat(field("figure-title").getText()).isEqualTo("Kept");
    assertThat(((Stage) editor().orElseThrow()).getTitle()).startsWith("• unsaved");
    robot.interact(() -> editor().orElseThrow().requestFocus());
    robot.clickOn("#editor-save"); // where it was saved before
    await(() -> !((Stage) editor().orElseThrow()).getTitle().startsWith("•"));
    Figure saved = (Figure) FigureDraft.read(folder.resolve("unsaved")).drawing();
    assertThat(saved.title()).isEqualTo("Kept");
  }

  @Test
  void aFileThatIsNoFigureIsTold() throws IOException, TimeoutException {
    Path none = Files.writeString(folder.resolve("figure.json"), "{\"schema\": 7}");
    robot.interact(() -> window.runs().openFigure(none));
    await(() -> robot.lookup("#error-message").tryQuery().isPresent());
    assertThat(label("error-message")).contains("figure.json").contains("schema");
    robot.push(KeyCode.ESCAPE);
    assertThat(editor()).isEmpty();
  }

  @Test
  void theEditorsCommandsWorkByMenuKeysAndPalette() throws IOException, TimeoutException {
    openStored("commanded", "only");
    Path out = Files.createDirectories(folder.resolve("from-editor"));
    files.output = Optional.of(out);
    robot.interact(() -> Clipboard.getSystemClipboard().clear());
    robot.clickOn("#editor-copy");
    await(() -> Clipboard.getSystemClipboard().hasImage());
    robot.clickOn("#editor-export").clickOn("PDF …");
    await(() -> Files.exists(out.resolve("commanded.pdf")));
    robot.clickOn("#editor-export").clickOn("LaTeX with caption …");
    await(() -> Files.exists(out.resolve("commanded.tex")));
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
    await(() -> Files.exists(out.resolve("commanded.svg")));
    assertThat(window.commands().list("figure.editor").commands())
        .extracting(Command::id)
        .contains("figure.save", "figure.export-csv", "figure.copy", "figure.fit");
    robot.interact(() -> command("figure.export-csv").run());
    await(() -> Files.exists(out.resolve("commanded.csv")));
    assertThat(command("figure.undo").enabled().get()).isFalse();
    robot.clickOn("#figure-title").write("New");
    assertThat(command("figure.undo").enabled().get()).isTrue();
    robot.interact(() -> command("figure.undo").run());
    assertThat(field("figure-title").getText()).isEmpty();
    robot.push(KeyCode.CONTROL, KeyCode.W);
    assertThat(editor()).isEmpty();
    assertThat(window.commands().list("figure.editor").commands()).isEmpty();
  }

  private Command command(String id) {
    return window.commands().list("figure.editor").commands().stream()
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
