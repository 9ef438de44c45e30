package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.TokenCanvas;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.Equivalence;

/** What the window says of arms beside each other: badges, the reference, the first divergence. */
class ComparisonWindowTest extends WindowFixture {

  private static final Color FLAG = Color.web("#bf3989");

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

  /** The texts of the columns. */
  private List<TokenCanvas> texts() {
    return List.copyOf(robot.lookup(".workbench .token-canvas").queryAllAs(TokenCanvas.class));
  }

  @Test
  void theFirstTokenThatDivergesBearsAFlag() throws Exception {
    open(300);
    run();
    ArmSnapshot vanilla = shown(workbench().arms().getFirst());
    ArmSnapshot last = shown(workbench().arms().getLast());
    int at =
        IntStream.range(300, Math.min(vanilla.size(), last.size()))
            .filter(i -> vanilla.idAt(i) != last.idAt(i))
            .findFirst()
            .orElseThrow();
    robot.clickOn(texts().getFirst());
    robot.interact(() -> workbench().positionProperty().set(at + 3));
    assertThat(texts()).hasSize(2);
    for (TokenCanvas text : texts()) {
      await(() -> Pixels.count(text, FLAG) > 10);
    }
    robot.type(KeyCode.LEFT, 3);
    for (TokenCanvas text : texts()) {
      assertThat(text.getAccessibleText())
          .startsWith("position " + at + " · ")
          .endsWith(" · generated · the first token that differs from the reference");
    }
    robot.type(KeyCode.LEFT);
    assertThat(texts().getLast().getAccessibleText()).doesNotContain("the first token");
    // With nothing to differ from there is no flag.
    robot.interact(() -> workbench().removeArm(workbench().arms().getLast()));
    await(() -> texts().size() == 1 && Pixels.count(texts().getFirst(), FLAG) == 0);
  }

  @Test
  void tokensSayHowFarTheyAreFromThePinnedArm() throws Exception {
    open(300);
    run();
    robot.interact(
        () ->
            robot
                .lookup("#shading")
                .<ChoiceBox<TokenShading>>query()
                .setValue(TokenShading.DIFFERENCE));
    pin(1);
    robot.interact(() -> workbench().positionProperty().set(200));
    ArmSnapshot vanilla = shown(workbench().arms().getFirst());
    ArmSnapshot last = shown(workbench().arms().getLast());
    double difference = vanilla.nllAt(200) - last.nllAt(200);
    assertThat(Math.abs(difference)).isGreaterThan(0.001);
    assertThat(texts().getFirst().getAccessibleText()).contains(toReference(difference));
    assertThat(texts().getLast().getAccessibleText()).contains(toReference(0));
    pin(0);
    await(() -> texts().getLast().getAccessibleText().contains(toReference(-difference)));
    assertThat(texts().getFirst().getAccessibleText()).contains(toReference(0));
  }

  private static String toReference(double nats) {
    return String.format(Locale.ROOT, "%+.3f nats to the reference", nats);
  }

  /** Pins a column by its menu. */
  private void pin(int column) throws Exception {
    Node header = List.<Node>copyOf(robot.lookup(".arm-header").queryAll()).get(column);
    robot.clickOn(robot.from(header).lookup(".menu-button").<Node>query());
    robot.clickOn("Pin as the reference");
    await(() -> workbench().comparison().pinnedProperty().get() == workbench().arms().get(column));
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
