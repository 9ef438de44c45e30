package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.Equivalence;

/** What the window says of arms beside each other: badges, the reference, the first divergence. */
class ComparisonWindowTest extends WindowFixture {

  @Test
  void theBadgeSaysHowFarAnArmWasMeasuredToBeVanilla() throws Exception {
    open(300);
    robot.interact(
        () -> {
          ArmViewModel arm = workbench().arms().getLast();
          workbench().setParameter(arm, "local", 48);
          workbench().setParameter(arm, "ceiling", 48);
        });
    run();
    ArmViewModel arm = workbench().arms().getLast();
    await(() -> arm.equivalenceProperty().get() != null);
    Equivalence found = Objects.requireNonNull(arm.equivalenceProperty().get());
    assertThat(found.holds()).isTrue();
    assertThat(found.maxDifference()).isLessThan(1e-4);
    assertThat(found.differedAt()).isBetween(49, 100);
    assertThat(badges())
        .anyMatch(
            text ->
                text.startsWith("= vanilla up to 48\u00A0· max\u00A0|Δlogit|\u00A0")
                    && text.endsWith("\u00A0· differs\u00A0from\u00A0" + found.differedAt()));
    // Other settings: what was measured no longer counts.
    robot.interact(() -> workbench().setParameter(arm, "local", 400));
    assertThat(arm.equivalenceProperty().get()).isNull();
    await(() -> arm.equivalenceProperty().get() != null);
  }

  @Test
  void anArmThatIsVanillaThroughoutIsSaidToBe() throws Exception {
    open(100);
    ArmViewModel arm = workbench().arms().getLast();
    robot.interact(
        () -> {
          workbench().setParameter(arm, "local", 400);
          workbench().setParameter(arm, "ceiling", 400);
        });
    assertThat(badges()).contains("identical to vanilla so far");
    run();
    await(() -> arm.equivalenceProperty().get() != null);
    Equivalence found = Objects.requireNonNull(arm.equivalenceProperty().get());
    assertThat(found.holds()).isTrue();
    assertThat(found.differedAt()).isEqualTo(Equivalence.NOWHERE);
    assertThat(badges())
        .anyMatch(
            text ->
                text.startsWith("identical to vanilla so far\u00A0· max\u00A0|Δlogit|\u00A0")
                    && text.endsWith(" positions"));
    // With more to generate it is past its local branch.
    robot.interact(() -> workbench().newTokensProperty().set(500));
    assertThat(badges()).anyMatch(text -> text.startsWith("= vanilla up to 400"));
    robot.interact(() -> workbench().cancel());
  }

  private Iterable<String> badges() {
    return robot.lookup(".vanilla-badge").queryAllAs(Label.class).stream()
        .map(Label::getText)
        .toList();
  }

  @Test
  void textsAreShadedByTheirDifferenceToThePinnedArm() throws Exception {
    open(300);
    run();
    ChoiceBox<TokenShading> shading = robot.lookup("#shading").query();
    robot.interact(() -> shading.setValue(TokenShading.DIFFERENCE));
    assertThat(references()).containsExactly("vanilla");
    ArmViewModel last = workbench().arms().getLast();
    robot.interact(() -> workbench().comparison().pinnedProperty().set(last));
    assertThat(references()).containsExactly("lm-infinite");
    assertThat(workbench().comparison().reference()).isSameAs(last);
  }

  /** The kinds of the columns that are marked as the reference. */
  private Iterable<String> references() {
    return robot.lookup(".arm-header").queryAll().stream()
        .filter(
            header ->
                header.lookupAll(".state-badge").stream()
                    .anyMatch(n -> n.isVisible() && ((Label) n).getText().equals("reference")))
        .map(header -> ((Label) header.lookup(".arm-name")).getText())
        .toList();
  }
}
