package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javafx.beans.InvalidationListener;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.experiment.ExperimentViewModel;
import org.lambdascope.app.jobs.Job;
import org.lambdascope.app.run.RunFolder;
import org.lambdascope.app.run.RunRecord;
import org.lambdascope.app.samples.Samples;

/** The experiment form beside its text, and runs, driven as a user does. */
class ExperimentWindowTest extends WindowFixture {

  private static final String FILE =
      """
      # A small one.
      lambdascope: 1
      name: tiny
      model: lambda-llama
      arms: [vanilla, "window:local=16"]  # two
      data: {text: welcome, piece: 64, count: 2}
      experiments:
        - kind: perplexity
          lengths: [16, 64]
      """;

  private Path file = Path.of("");

  @Override
  Samples samples(Path empty) throws IOException {
    Path bundled = folder.resolve("bundled");
    return Files.exists(bundled) ? Samples.in(bundled) : TinyModel.samples(bundled, 300);
  }

  private ExperimentViewModel experiment() {
    return window.runs().experiment();
  }

  @BeforeEach
  void openFile() throws IOException, TimeoutException {
    file = Files.writeString(folder.resolve("tiny.yaml"), FILE);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT5);
    files.file = Optional.of(file);
    robot.clickOn("#experiment-open");
    await(() -> file.equals(experiment().fileProperty().get()));
  }

  private TextField field(String id) {
    return robot.lookup("#" + id).queryAs(TextField.class);
  }

  private String text() {
    return robot.lookup("#spec-text").queryAs(TextArea.class).getText();
  }

  private static boolean wrong(Node node) {
    return node.getPseudoClassStates().contains(PseudoClass.getPseudoClass("wrong"));
  }

  @Test
  void formAndTextStayInStep() {
    robot.clickOn("#file-name").push(KeyCode.END).write("-2");
    assertThat(text()).isEqualTo(FILE.replace("name: tiny", "name: tiny-2"));
    robot.interact(
        () ->
            robot
                .lookup("#spec-text")
                .queryAs(TextArea.class)
                .setText(FILE.replace("name: tiny", "name: other")));
    assertThat(field("file-name").getText()).isEqualTo("other");
    robot.clickOn("#experiment-undo").clickOn("#experiment-undo");
    assertThat(text()).isEqualTo(FILE);
  }

  @Test
  void aMistakeIsShownAtTheFieldAndInTheText() {
    robot.interact(() -> field("own-lengths").setText("64, 16"));
    assertThat(wrong(field("own-lengths"))).isTrue();
    assertThat(label("form-problem")).contains("Line 9").contains("expected more than the 64");
    assertThat(label("text-problem")).startsWith("Line 9");
    assertThat(robot.lookup(".line-number").queryAllAs(Label.class))
        .filteredOn(ExperimentWindowTest::wrong)
        .extracting(Label::getText)
        .containsExactly("9");
    Button run = robot.lookup("#experiment-run").queryButton();
    assertThat(run.isDisabled()).isTrue();
    assertThat(run.getParent().getAccessibleHelp()).contains("Line 9: expected more than the 64");
    robot.interact(() -> field("own-lengths").setText("16, 32"));
    assertThat(run.isDisabled()).isFalse();
    assertThat(wrong(field("own-lengths"))).isFalse();
    assertThat(robot.lookup("#text-problem").query().isVisible()).isFalse();
    robot.interact(() -> experiment().textProperty().set("arms: [vanilla"));
    assertThat(label("form-problem")).contains("not YAML").contains("the form follows");
    assertThat(robot.lookup("#file-name").query().isDisabled()).isTrue();
  }

  @Test
  void experimentsAreAddedByKind() {
    robot.clickOn("#add-experiment").clickOn("ood-factors");
    assertThat(text()).endsWith("  - kind: ood-factors\n    length: 1024\n");
    assertThat(field("own-length").getText()).isEqualTo("1024");
    robot.clickOn("#remove-experiment");
    assertThat(text()).isEqualTo(FILE);
  }

  @Test
  void aRunIsStoppedAndResumed() throws IOException, TimeoutException {
    Path out = folder.resolve("window-run");
    // Its last unit takes minutes, so that no run ends before it can be stopped.
    String text = FILE + "  - kind: efficiency\n    lengths: [200000]\n";
    robot.interact(() -> experiment().textProperty().set(text));
    robot.interact(() -> experiment().place().set(out.toString()));
    robot.interact(
        () ->
            experiment()
                .job()
                .units()
                .addListener(
                    (InvalidationListener)
                        o -> robot.lookup("#experiment-cancel").queryButton().fire()));
    robot.clickOn("#experiment-run");
    await(() -> !experiment().job().runningProperty().get());
    assertThat(label("job-line")).startsWith("Interrupted after");
    RunRecord stopped = Objects.requireNonNull(RunFolder.read(out));
    assertThat(stopped.done()).isLessThan(stopped.units());
    Button run = robot.lookup("#experiment-run").queryButton();
    await(() -> run.getText().equals("Resume"));
  }

  @Test
  void aRunIsWatchedToItsEnd() throws IOException, TimeoutException {
    Path out = folder.resolve("whole-run");
    robot.interact(() -> experiment().place().set(out.toString()));
    robot.clickOn("#experiment-run");
    await(() -> !experiment().job().runningProperty().get());
    assertThat(label("job-line")).startsWith("Done: 4 units");
    assertThat(label("job-forecast")).as("it is over").isEmpty();
    assertThat(window.sessions().log().actions().getLast().command())
        .isEqualTo("lambdascope run %s --out %s".formatted(file, out));
    assertThat(window.jobs().ended())
        .anyMatch(j -> j.title().equals("run tiny.yaml") && j.state() == Job.State.DONE);
    assertThat(robot.lookup(".figure-card").queryAllAs(Button.class))
        .extracting(Button::getText)
        .contains("perplexity");
    await(() -> brightness() > 0.9);
    robot.interact(() -> window.shell().toggleTheme());
    await(() -> brightness() < 0.3);
    assertThat(out.resolve("figures/perplexity.pdf")).isNotEmptyFile();
    await(() -> label("run-standing").equals("holds a finished run"));
    robot.interact(() -> experiment().textProperty().set(FILE + "# changed\n"));
    assertThat(label("run-standing")).isEqualTo("holds a finished run · file changed since");
    robot.interact(() -> experiment().textProperty().set(FILE));
    Button run = robot.lookup("#experiment-run").queryButton();
    await(() -> run.getText().equals("Run anew"));
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
    await(() -> !window.runs().runs().runs().isEmpty());
    assertThat(window.runs().runs().runs().getFirst().run().folder()).isEqualTo(out);
    robot.interact(() -> window.runs().openExperiment(out));
    await(() -> label("experiment-file").equals("untitled copy"));
    assertThat(experiment().place().outProperty().get()).endsWith("whole-run");
  }

  /** Of the ground of the first figure, 0 to 1; NaN before it is drawn. */
  private double brightness() {
    Button card = robot.lookup(".figure-card").queryButton();
    Image picture = ((ImageView) card.getGraphic()).getImage();
    return picture == null ? Double.NaN : picture.getPixelReader().getColor(1, 1).getBrightness();
  }

  @Test
  void aFolderThatCannotBeWrittenLosesNothing() throws IOException, TimeoutException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
    robot.interact(() -> experiment().place().set(blocked.resolve("run").toString()));
    robot.clickOn("#experiment-run");
    await(() -> robot.lookup("#error-message").tryQuery().isPresent());
    robot.push(KeyCode.ESCAPE);
    assertThat(text()).isEqualTo(FILE);
    assertThat(label("job-line")).startsWith("Not run");
  }
}
