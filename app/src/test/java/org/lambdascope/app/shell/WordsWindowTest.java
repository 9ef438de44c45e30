package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.words.ExperimentWords;
import org.lambdascope.app.words.Words;
import org.lambdascope.engine.experiment.ArmKind;

/** Labels define what they name, with the paper that it comes from. */
class WordsWindowTest extends WindowFixture {

  /** What the label of a field says when the mouse rests on it, or a screen reader asks. */
  private String meaning(String field) {
    Node control = robot.lookup(field).query();
    return robot.lookup(".label").queryAllAs(Label.class).stream()
        .filter(label -> label.getLabelFor() == control)
        .findFirst()
        .orElseThrow()
        .getAccessibleHelp();
  }

  @Test
  void theFormOfAnExperimentDefinesItsTerms() {
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT5);
    assertThat(meaning("#file-pretrain-length")).contains(Words.L_PRETRAIN.definition());
    assertThat(meaning("#own-window"))
        .contains("default 256")
        .contains(ExperimentWords.WINDOWED.definition());
    assertThat(meaning("#kind")).contains(Words.PERPLEXITY.definition());
    robot.interact(
        () ->
            window
                .runs()
                .experiment()
                .textProperty()
                .set(
                    """
        lambdascope: 1
        model: lambda-llama
        arms: [vanilla]
        data: {text: chronicle-32k}
        experiments:
          - {kind: generation-quality, lengths: [64]}
        """));
    assertThat(meaning("#kind"))
        .contains(ExperimentWords.BLEU.definition())
        .contains(ExperimentWords.ROUGE.definition());
  }

  @Test
  void theSettingsOfAnArmDefineTheirTerms() throws Exception {
    open(300);
    robot.interact(() -> workbench().addArm(ArmKind.YARN));
    await(() -> robot.lookup("#parameter-beta-fast").tryQuery().isPresent());
    assertThat(meaning("#parameter-beta-fast"))
        .contains(Words.parameter(ArmKind.YARN, "beta-fast").definition());
    assertThat(meaning("#parameter-pretrain")).contains(Words.L_PRETRAIN.source());
  }
}
