package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.models.ModelsViewModel.Source;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.testfx.util.WaitForAsyncUtils;

/**
 * What cannot be read, written or set, given to the window as a person would: it says what it
 * expected, what it found and where, and nothing that was there is lost.
 */
class BadInputsWindowTest extends WindowFixture {

  @TempDir Path work;
  private Source openBefore = Source.NONE;
  private List<ArmSnapshot> resultsBefore = List.of();

  @BeforeEach
  void openAndRun() throws Exception {
    open(120);
    robot.interact(() -> workbench().newTokensProperty().set(3));
    run();
    openBefore = window.models().source();
    resultsBefore = results();
  }

  @AfterEach
  void nothingIsLost() {
    assertThat(window.models().source()).isEqualTo(openBefore);
    assertThat(results()).isEqualTo(resultsBefore);
    assertThat(window.models().openingProperty().get()).isEmpty();
  }

  private List<ArmSnapshot> results() {
    return workbench().arms().stream().map(WindowFixture::shown).toList();
  }

  private void keys(KeyCode... keys) {
    robot.push(keys);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** Reads the dialog that is shown, and closes it by its key. */
  private void assertExplained(Path where, String... words) throws Exception {
    await(() -> robot.lookup("#error-message").tryQuery().isPresent());
    String message = robot.lookup("#error-message").queryAs(Label.class).getText();
    assertThat(message)
        .contains(String.valueOf(where.getFileName()))
        .contains("expected", "found")
        .contains(words)
        .doesNotContain("Exception");
    keys(KeyCode.ESCAPE);
    assertThat(robot.lookup("#error-message").tryQuery()).isEmpty();
  }

  private void openModelFolder(Path folder) {
    files.model = Optional.of(folder);
    keys(KeyCode.CONTROL, KeyCode.O);
  }

  private void openText(Path file) {
    files.text = Optional.of(file);
    keys(KeyCode.CONTROL, KeyCode.T);
  }

  @Test
  void aGgufFileThatIsCutOff() throws Exception {
    ByteBuffer start = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    start.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(12).putLong(20);
    start.putLong(20).put("general.arch".getBytes(StandardCharsets.US_ASCII), 0, 8);
    Path file = Files.write(work.resolve("cut.gguf"), start.array());
    files.model = Optional.of(file);
    keys(KeyCode.CONTROL, KeyCode.G);
    assertExplained(file, "byte 8", "tensors");
  }

  @Test
  void aFolderWithoutConfigJson() throws Exception {
    Path model = TinyModel.in(work);
    Files.delete(model.resolve("config.json"));
    openModelFolder(model);
    assertExplained(model, "config.json");
  }

  @Test
  void aHeaderThatSaysItIsLongerThanTheFile() throws Exception {
    Path model = TinyModel.in(work);
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40);
    Files.write(weights, bytes);
    openModelFolder(model);
    assertExplained(weights, "header");
  }

  @Test
  void anArchitectureThatIsNotKnown() throws Exception {
    Path model = TinyModel.in(work);
    Path config = model.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("LlamaForCausalLM", "GalaxyForCausalLM")
            .replace("\"llama\"", "\"galaxy\""));
    openModelFolder(model);
    assertExplained(model, "galaxy", "llama");
  }

  @Test
  void aFileThatIsNoText() throws Exception {
    byte[] bytes = "GIF89a is how a picture begins".getBytes(StandardCharsets.US_ASCII);
    bytes[6] = (byte) 0xF7;
    Path file = Files.write(work.resolve("picture.txt"), bytes);
    openText(file);
    assertExplained(file, "UTF-8", "offset");
  }

  @Test
  void aTextWithNothingInIt() throws Exception {
    Path file = Files.writeString(work.resolve("empty.txt"), "\n \n");
    openText(file);
    assertExplained(file, "white space only");
  }

  @Test
  void aSessionThatIsCutOff() throws Exception {
    Path file = work.resolve("session.lambdascope");
    files.output = Optional.of(work);
    keys(KeyCode.CONTROL, KeyCode.S);
    await(() -> file.equals(window.sessions().fileProperty().get()));
    byte[] bytes = Files.readAllBytes(file);
    Path cut = Files.write(work.resolve("cut.lambdascope"), Arrays.copyOf(bytes, bytes.length / 2));
    files.file = Optional.of(cut);
    robot.interact(() -> window.commands().get("session.open").run());
    assertExplained(cut, "session.json", "cut off");
    assertThat(window.sessions().fileProperty().get()).isEqualTo(file);
  }

  @Test
  void anExperimentThatIsNoYaml() throws Exception {
    Path file =
        Files.writeString(work.resolve("broken.yaml"), "name: x\narms: [vanilla\nmodel: y\n");
    keys(KeyCode.CONTROL, KeyCode.DIGIT5);
    files.file = Optional.of(file);
    robot.clickOn("#experiment-open");
    await(() -> file.equals(window.runs().experiment().fileProperty().get()));
    assertThat(label("form-problem")).contains("Line ", "not YAML", "expected");
    assertThat(robot.lookup("#experiment-run").query().isDisabled()).isTrue();
    robot.clickOn("#experiment-check");
    assertThat(window.runs().experiment().job().runningProperty().get()).isFalse();
    assertThat(robot.lookup("#spec-text").queryAs(TextArea.class).getText()).contains("[vanilla");
  }

  @Test
  void anExportIntoAFolderThatCannotBeWritten() throws Exception {
    Path blocked = Files.writeString(work.resolve("blocked"), "a file");
    files.output = Optional.of(blocked);
    keys(KeyCode.CONTROL, KeyCode.E);
    assertExplained(blocked, "folder");
    try (Stream<Path> there = Files.list(work)) {
      assertThat(there).containsExactly(blocked);
    }
  }

  @Test
  void aNumberThatIsNoneOrOutOfRangeInTheToolBar() throws Exception {
    TextField field = robot.lookup("#length").queryAs(TextField.class);
    select(field);
    robot.write("x");
    assertThat(note()).contains("expected a whole number", "found “x”");
    assertThat(wrong(field)).isTrue();
    assertThat(field.getText()).isEqualTo("120");
    robot.write("121");
    assertThat(notes()).as("something else was typed").isEmpty();
    robot.type(KeyCode.ENTER);
    assertThat(note()).isEqualTo("Tokens to read: expected at most 120, found 121; 120 is used");
    assertThat(field.getText()).isEqualTo("120");
    TextField generate = robot.lookup("#new-tokens").queryAs(TextField.class);
    select(generate);
    robot.write("999999").clickOn(field);
    assertThat(note())
        .isEqualTo("Tokens to generate: expected at most 100000, found 999999; 100000 is used");
    robot.interact(() -> workbench().newTokensProperty().set(3));
    // On a slow machine 100000 have rested long enough for a run to begin.
    await(
        () -> workbench().arms().stream().allMatch(a -> a.state() == ArmState.DONE && !a.stale()));
    List<ArmSnapshot> anew = results();
    for (int i = 0; i < anew.size(); i++) {
      assertThat(anew.get(i).nll()).isEqualTo(resultsBefore.get(i).nll());
    }
    resultsBefore = anew;
  }

  @Test
  void aNumberThatIsNoneOrOutOfRangeInTheSettingsOfAnArm() throws Exception {
    ArmViewModel arm = workbench().arms().get(1);
    int local = arm.arm().get("local");
    robot.interact(() -> workbench().selectedArmProperty().set(arm));
    WaitForAsyncUtils.waitForFxEvents();
    TextField field =
        robot.from(robot.lookup("#parameter-local").<Node>query()).lookup(".text-field").query();
    select(field);
    robot.write("-");
    assertThat(note()).contains("n_local: expected a whole number", "found “-”");
    robot.type(KeyCode.ESCAPE);
    assertThat(notes()).isEmpty();
    assertThat(wrong(field)).isFalse();
    assertThat(arm.arm().get("local")).isEqualTo(local);
    select(field);
    robot.write("0").type(KeyCode.ENTER);
    assertThat(note()).isEqualTo("n_local: expected at least 1, found 0; 1 is used");
    await(() -> arm.state() == ArmState.DONE && !arm.stale());
    robot.interact(() -> workbench().setParameter(arm, "local", local));
    await(() -> arm.state() == ArmState.DONE && !arm.stale());
    assertThat(shown(arm).nll()).isEqualTo(resultsBefore.get(1).nll());
    resultsBefore = results(); // the same, read anew
  }

  private void select(TextField field) {
    robot.clickOn(field);
    robot.interact(field::selectAll);
  }

  private static boolean wrong(Node field) {
    return field.getPseudoClassStates().contains(PseudoClass.getPseudoClass("wrong"));
  }

  private static List<String> notes() {
    WaitForAsyncUtils.waitForFxEvents();
    return Window.getWindows().stream()
        .filter(w -> w instanceof Tooltip tip && tip.getStyleClass().contains("field-note"))
        .map(w -> ((Tooltip) w).getText())
        .toList();
  }

  private static String note() {
    assertThat(notes()).hasSize(1);
    return notes().getFirst();
  }
}
