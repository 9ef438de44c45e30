package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.TokenDocument;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.workbench.ArmViewModel;

/** What shades the tokens of the columns. */
class ShadingWindowTest extends WindowFixture {

  @BeforeEach
  void runArms() throws Exception {
    open(300);
    run();
  }

  private void shade(TokenShading shading) {
    ChoiceBox<TokenShading> box = robot.lookup("#shading").query();
    robot.interact(() -> box.setValue(shading));
  }

  private TokenDocument text(ArmViewModel arm) {
    return workbench().comparison().document(arm, model().tokenizer(), workbench().tokens());
  }

  /** What the columns tell a screen reader of the selected token. */
  private String said() {
    return robot.lookup(".token-canvas").queryAll().stream()
        .map(Node::getAccessibleText)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void probabilityIsThatOfTheToken() {
    shade(TokenShading.PROBABILITY);
    ArmViewModel arm = workbench().arms().getFirst();
    TokenDocument text = text(arm);
    assertThat(text.values().applyAsDouble(100))
        .isEqualTo(Math.exp(-shown(arm).nllAt(100)))
        .isBetween(0.0, 1.0);
    robot.interact(() -> workbench().positionProperty().set(100));
    assertThat(said()).contains("position 100").contains(" · probability 0.");
  }

  @Test
  void entropyIsReadOnceMoreAndKnownOfTheContinuationToo() throws Exception {
    shade(TokenShading.ENTROPY);
    await(() -> workbench().comparison().noteProperty().get().isEmpty());
    for (ArmViewModel arm : workbench().arms()) {
      TokenDocument text = text(arm);
      double most = Math.log(model().config().vocabularySize());
      assertThat(text.values().applyAsDouble(0)).isNaN();
      assertThat(text.values().applyAsDouble(1)).isBetween(0.0, most);
      assertThat(text.values().applyAsDouble(text.size() - 1)).isBetween(0.0, most);
    }
    robot.interact(() -> workbench().positionProperty().set(100));
    assertThat(said()).contains("predicted with entropy ");
    // Other settings have others.
    ArmViewModel last = workbench().arms().getLast();
    double before = text(last).values().applyAsDouble(200);
    robot.interact(() -> workbench().setParameter(last, "local", 8));
    await(() -> !Double.isNaN(text(last).values().applyAsDouble(200)));
    await(() -> !last.stale() && workbench().comparison().noteProperty().get().isEmpty());
    assertThat(text(last).values().applyAsDouble(200)).isNotEqualTo(before);
  }

  private String legendNote() {
    return robot.lookup(".workbench .shading-note").queryAs(Label.class).getText();
  }

  @Test
  void attentionIsThatOfTheSelectedTokenAndWhatItCannotSeeIsGrey() throws Exception {
    ArmViewModel last = workbench().arms().getLast();
    robot.interact(
        () -> {
          workbench().setParameter(last, "local", 32);
          workbench().setParameter(last, "global", 4);
        });
    run();
    shade(TokenShading.ATTENTION);
    assertThat(legendNote()).isEqualTo("click a token");
    robot.interact(() -> workbench().positionProperty().set(200));
    await(() -> legendNote().equals("layer 0 · head 0"));
    for (ArmViewModel arm : workbench().arms()) {
      double sum = 0;
      for (int i = 0; i <= 200; i++) {
        sum += text(arm).values().applyAsDouble(i);
      }
      assertThat(sum).as(arm.arm().toString()).isBetween(0.999, 1.001);
    }
    TokenDocument text = text(last);
    assertThat(text.values().applyAsDouble(100)).as("between the branches").isZero();
    assertThat(text.values().applyAsDouble(3)).as("global branch").isPositive();
    assertThat(text.values().applyAsDouble(201)).as("after the query").isNaN();
  }
}
