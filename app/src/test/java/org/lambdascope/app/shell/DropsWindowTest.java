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
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.TokenCanvas;

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
