package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.Remembered;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.ScoreListener;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.task.Cancellation;

/** Settings that are moved while results are there: the arm runs again, from where it differs. */
class SlidersWindowTest extends WindowFixture {

  /** Two passes and a part of a third. */
  private static final int TOKENS = 700;

  private void runArm(String text) throws Exception {
    open(TOKENS);
    Arm arm = ArmParser.parse(text, window.models().pretrainLengthProperty().get());
    robot.interact(
        () -> {
          workbench().setArms(List.of(ArmKind.VANILLA, arm.kind()));
          workbench().lengthProperty().set(TOKENS);
          workbench().newTokensProperty().set(3);
          workbench().setArm(selected(), arm);
          robot.lookup("#side-split").queryAs(SplitPane.class).setDividerPositions(0.7);
        });
    run();
  }

  private Slider slider(String key) {
    Node field = robot.lookup("#parameter-" + key).query();
    return robot.from(field).lookup(".slider").queryAs(Slider.class);
  }

  /** Waits for the run of new settings, and compares it with one from the start. */
  private void ranAgain(Arm before) throws Exception {
    await(() -> selected().state() == ArmState.DONE && !selected().stale());
    Arm now = selected().arm();
    assertThat(now).isNotEqualTo(before);
    ArmSnapshot shown = shown(selected());
    assertThat(shown.arm()).isEqualTo(now);
    ScoreResult direct =
        Scoring.score(
            model().decoder(),
            now,
            workbench().tokens(),
            Remembered.OPTIONS,
            ScoreListener.NONE,
            Cancellation.NONE);
    assertThat(shown.nll()).hasSize(TOKENS - 1).isEqualTo(direct.nll());
    assertThat(Objects.requireNonNull(shown.score()).diagnostics().entropy()).isNotNull();
    assertThat(shown.newCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lm-infinite:global=10,local=300,ceiling=400 | global | RIGHT",
        "lm-infinite:global=10,local=300,ceiling=400 | ceiling | LEFT",
        "lm-infinite:global=10,local=300,ceiling=400 | k | RIGHT",
        "streaming-llm:sink=4,recent=300 | sink | RIGHT"
      })
  void aSliderIsMovedByKeysAndByTheMouse(String arm, String key, KeyCode direction)
      throws Exception {
    runArm(arm);
    Slider slider = slider(key);
    Arm before = selected().arm();
    int step = (int) Math.round(slider.getBlockIncrement());
    Arm next = before.with(key, before.get(key) + (direction == KeyCode.RIGHT ? step : -step));
    // All settings read the first pass alike; the second ends where they differ.
    assertThat(Remembered.positions(workbench(), selected(), next)).isEqualTo(256);
    robot.interact(slider::requestFocus);
    robot.type(direction);
    ranAgain(before);
    assertThat(selected().arm()).isEqualTo(next);

    robot.drag(robot.from(slider).lookup(".thumb").<Node>query(), MouseButton.PRIMARY);
    robot.moveBy(12, 0).drop();
    ranAgain(next);
    assertThat(selected().arm().get(key)).isGreaterThan(next.get(key));
  }
}
