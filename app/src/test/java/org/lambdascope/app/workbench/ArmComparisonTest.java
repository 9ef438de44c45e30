package org.lambdascope.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.TokenDocument;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.models.FakeModels;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.Diagnostics;
import org.lambdascope.engine.tokenizer.Tokenizer;

class ArmComparisonTest {

  private static final int[] TEXT = {1, 2, 3};

  private final ObservableList<ArmViewModel> arms = FXCollections.observableArrayList();
  private final ArmComparison comparison = new ArmComparison(arms);
  private final Tokenizer tokenizer =
      FakeModels.model(Path.of("m"), 8, new FakeModels.Weights()).tokenizer();

  private ArmViewModel add(float nll, int... generated) {
    ArmViewModel arm = new ArmViewModel(Arm.withDefaults(ArmKind.VANILLA, 8));
    ScoreResult score =
        new ScoreResult(
            arm.arm(), new float[] {nll, nll}, 2, 1, 0, new Diagnostics(null, null, null));
    float[] newNll = new float[generated.length];
    Arrays.fill(newNll, nll);
    arm.show(
        ArmSnapshot.scored(TEXT, CacheType.F32, score)
            .withGenerated(generated, newNll, generated.length));
    arms.add(arm);
    return arm;
  }

  private TokenDocument document(ArmViewModel arm) {
    return comparison.document(arm, tokenizer, TEXT);
  }

  @Test
  void theFirstArmIsTheReferenceUntilAnotherIsPinned() {
    ArmViewModel first = add(1, 5, 6);
    ArmViewModel second = add(2, 5, 7);
    assertThat(comparison.reference()).isSameAs(first);
    comparison.pinnedProperty().set(second);
    assertThat(comparison.reference()).isSameAs(second);
    arms.remove(second);
    assertThat(comparison.reference()).isSameAs(first);
  }

  @Test
  void textsDivergeAtTheFirstTokenThatDiffers() {
    ArmViewModel first = add(1, 5, 6, 7);
    ArmViewModel second = add(2, 5, 7, 7);
    ArmViewModel third = add(2, 5, 6, 8);
    ArmViewModel same = add(2, 5, 6);
    assertThat(comparison.divergesAt(second)).isEqualTo(4);
    assertThat(comparison.divergesAt(third)).isEqualTo(5);
    assertThat(comparison.divergesAt(same)).isEqualTo(ArmComparison.NOWHERE);
    assertThat(comparison.divergesAt(first)).as("from any other arm").isEqualTo(4);
    assertThat(document(second).divergesAt()).isEqualTo(4);
  }

  @Test
  void columnsSayWhatTheirShadesWaitFor() {
    ArmViewModel first = add(1);
    ArmViewModel second = add(2);
    assertThat(comparison.awaited(first)).isEmpty();
    comparison.shadingProperty().set(TokenShading.ENTROPY);
    first.stateProperty().set(ArmState.DONE);
    second.stateProperty().set(ArmState.CANCELLED);
    comparison.setEntropyState("reading vanilla once more …");
    assertThat(comparison.awaited(second)).as("only what was run to its end is read").isEmpty();
    second.stateProperty().set(ArmState.DONE);
    comparison.setEntropies(first, Objects.requireNonNull(first.shown()), new float[] {1, 1, 1});
    assertThat(comparison.awaited(first)).isEmpty();
    assertThat(comparison.awaited(second)).isEqualTo("computing …");
    assertThat(document(second).values().applyAsDouble(1)).isNaN();
    comparison.setEntropyState("");
    assertThat(comparison.awaited(second)).isEmpty();
    comparison.shadingProperty().set(TokenShading.ATTENTION);
    comparison.setAttention(Map.of(), 1);
    assertThat(comparison.awaited(first)).isEqualTo("computing …");
    comparison.setAttention(Map.of(), 0);
    assertThat(comparison.awaited(first)).isEmpty();
  }

  @Test
  void differencesEndWhereTheTextsDo() {
    ArmViewModel first = add(1, 5, 6);
    ArmViewModel second = add(1.5f, 5, 7);
    assertThat(document(second).values().applyAsDouble(1)).isEqualTo(1.5);
    comparison.shadingProperty().set(TokenShading.DIFFERENCE);
    IntToDoubleFunction difference = document(second).values();
    assertThat(difference.applyAsDouble(1)).isEqualTo(0.5);
    assertThat(difference.applyAsDouble(3)).isEqualTo(0.5);
    assertThat(difference.applyAsDouble(4)).as("another token").isNaN();
    assertThat(document(first).values().applyAsDouble(1)).isZero();
  }

  @Test
  void aStaleReferenceIsComparedWithNothingThatLooksFresh() {
    ArmViewModel first = add(1, 5, 6);
    ArmViewModel second = add(1.5f, 5, 7);
    comparison.shadingProperty().set(TokenShading.DIFFERENCE);
    assertThat(comparison.deviationFromVanilla(second, Edge.UNBOUNDED)).isEqualTo(0.5);
    int before = comparison.changesProperty().get();
    first.invalidate();
    assertThat(comparison.changesProperty().get()).isGreaterThan(before);
    assertThat(comparison.noteProperty().get()).isEqualTo("the reference is stale");
    assertThat(document(second).values().applyAsDouble(1)).isNaN();
    assertThat(document(second).divergesAt()).isEqualTo(ArmComparison.NOWHERE);
    assertThat(comparison.divergesAt(first)).as("its own text looks stale").isEqualTo(4);
    second.invalidate();
    assertThat(document(second).values().applyAsDouble(1)).as("as is this").isEqualTo(0.5);
    first.show(Objects.requireNonNull(first.shown()));
    assertThat(comparison.divergesAt(first)).isEqualTo(ArmComparison.NOWHERE);
    assertThat(comparison.divergesAt(second)).isEqualTo(4);
    assertThat(comparison.noteProperty().get()).isEqualTo("negative: lower NLL");
  }

  @Test
  void theBadgeIsNotMeasuredAgainstAStaleVanilla() {
    ArmViewModel vanilla = add(1);
    ArmViewModel other = add(1.5f);
    vanilla.invalidate();
    comparison.pinnedProperty().set(other);
    // The other one is vanilla too, and fresh.
    assertThat(comparison.deviationFromVanilla(other, Edge.UNBOUNDED)).isZero();
  }

  @Test
  void whatIsComparedIsCounted() {
    ArmViewModel first = add(1, 5);
    int before = comparison.changesProperty().get();
    first.stateProperty().set(ArmState.DONE);
    comparison.shadingProperty().set(TokenShading.DIFFERENCE);
    comparison.pinnedProperty().set(first);
    assertThat(comparison.changesProperty().get()).isEqualTo(before + 3);
  }
}
