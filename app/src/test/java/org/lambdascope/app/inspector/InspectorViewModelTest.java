package org.lambdascope.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyStringProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.models.FakeModels;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.ArmRunner;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.RunListener;
import org.lambdascope.app.workbench.RunOutcome;
import org.lambdascope.app.workbench.RunRequest;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.Diagnostics;
import org.lambdascope.engine.task.Cancellation;

class InspectorViewModelTest {

  @TempDir Path folder;

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final RecordingDialogs dialogs = new RecordingDialogs();
  private final List<String> loads = new ArrayList<>();
  private final ModelsViewModel models =
      new ModelsViewModel(
          tasks,
          dialogs,
          new MemorySettings(),
          path -> FakeModels.model(path, 8, new FakeModels.Weights()));
  private final WorkbenchViewModel workbench =
      new WorkbenchViewModel(models, tasks, new Instant(), dialogs, () -> 0, () -> 1 << 20);
  private final InspectorViewModel inspector = new InspectorViewModel(workbench, tasks, this::load);

  private @Nullable ArmKind broken;

  private AttentionTile load(
      SharedModel model, ArmSnapshot run, int layer, int head, int query, Cancellation c) {
    c.check();
    if (run.arm().kind() == broken) {
      throw new IllegalStateException("no room");
    }
    loads.add("%s %d.%d @%d".formatted(run.arm().kind().id(), layer, head, query));
    return new AttentionTile(
        layer,
        head,
        query,
        new int[] {0, query},
        new double[] {query, 0},
        new boolean[] {true, false},
        new float[] {1, 2},
        new float[] {0.25f, 0.75f});
  }

  private static final class Instant implements ArmRunner {

    @Override
    public RunOutcome run(RunRequest request, RunListener listener, Cancellation cancellation) {
      float[] nll = new float[request.tokens().length - 1];
      return new RunOutcome(
          new ScoreResult(request.arm(), nll, nll.length, 1, 0, new Diagnostics(null, null, null)),
          null);
    }

    @Override
    public long predictedBytes(RunRequest request) {
      return 0;
    }
  }

  @BeforeEach
  void run() throws IOException {
    models.openModel(folder.resolve("model"));
    tasks.workAll();
    models.openText(Files.writeString(folder.resolve("text.txt"), "hello world ".repeat(100)));
    tasks.workAll();
    workbench.run();
    tasks.workAll();
    tasks.pass(1000);
  }

  private Panel attention() {
    return Objects.requireNonNull(inspector.attentionProperty().get());
  }

  @Test
  void showsTheTokenInEveryArm() {
    assertThat(inspector.arms()).isEmpty();
    workbench.positionProperty().set(100);
    assertThat(inspector.titleProperty().get()).isEqualTo("“o” · position 100 · id\u00A0111");
    assertThat(inspector.arms()).extracting(ArmAtToken::visible).containsExactly(101, 18);
    assertThat(inspector.arms()).extracting(ArmAtToken::besides).containsOnly("");
    tasks.pass(150);
    tasks.workAll();
    assertThat(loads).containsExactly("vanilla 0.0 @100", "lm-infinite 0.0 @100");
    assertThat(attention().series()).hasSize(2);
    assertThat(attention().series())
        .extracting(line -> ((LineSeries) line).dash())
        .as("lines that coincide are told apart")
        .doesNotHaveDuplicates();
    // The gap between the two keys is a gap in the line.
    assertThat(attention().series().getFirst().y()[1]).isNaN();
    assertThat(inspector.attentionStateProperty().get()).isEmpty();
  }

  @Test
  void replugHasNoRowAndNothingIsTried() {
    workbench.setArms(List.of(ArmKind.REPLUG, ArmKind.VANILLA));
    workbench.run();
    tasks.workAll();
    workbench.positionProperty().set(100);
    tasks.pass(150);
    tasks.workAll();
    assertThat(loads).containsExactly("vanilla 0.0 @100");
    assertThat(attention().series()).hasSize(1);
    assertThat(inspector.attentionStateProperty().get()).startsWith("replug: ");
  }

  @Test
  void rowsAreReadAgainWhenTheTypeOfTheCacheChanged() {
    workbench.positionProperty().set(100);
    tasks.pass(150);
    tasks.workAll();
    loads.clear();
    workbench.cacheTypeProperty().set(CacheType.Q8);
    for (int i = 0; i < 3; i++) {
      tasks.pass(1000);
      tasks.workAll();
    }
    assertThat(loads).containsExactly("vanilla 0.0 @100", "lm-infinite 0.0 @100");
  }

  @Test
  void keysOfAGeneratedTokenAreThoseThatGenerationRead() {
    workbench.setArms(List.of(ArmKind.TRUNCATE));
    ArmViewModel truncate = workbench.arms().getFirst();
    workbench.setParameter(truncate, "local", 6);
    workbench.run();
    for (int i = 0; i < 3; i++) {
      tasks.workAll();
      tasks.pass(1000);
    }
    ArmSnapshot scored = Objects.requireNonNull(truncate.shown());
    int text = scored.tokens().length;
    truncate
        .shownProperty()
        .set(
            new ArmSnapshot(
                scored.arm(),
                scored.cache(),
                scored.tokens(),
                scored.nll(),
                scored.scored(),
                scored.score(),
                new int[2],
                new float[2],
                2));
    workbench.positionProperty().set(text - 1);
    assertThat(inspector.arms().getFirst().keys())
        .extracting(VisibleKeys::from)
        .containsExactly(text - 6);
  }

  @Test
  void walkingFastLoadsOnlyWhereItRests() {
    for (int p = 10; p < 30; p++) {
      workbench.positionProperty().set(p);
      tasks.pass(30);
    }
    tasks.pass(150);
    tasks.workAll();
    assertThat(loads).containsExactly("vanilla 0.0 @29", "lm-infinite 0.0 @29");
  }

  @Test
  void anotherSelectionDropsRowsOfTheEarlierOne() {
    workbench.positionProperty().set(50);
    tasks.pass(150);
    workbench.positionProperty().set(60);
    tasks.workAll(); // the first row's work, cancelled
    assertThat(loads).isEmpty();
    assertThat(inspector.attentionProperty().get()).isNull();
    tasks.pass(150);
    tasks.workAll();
    assertThat(loads).containsExactly("vanilla 0.0 @60", "lm-infinite 0.0 @60");
  }

  @Test
  void layerHeadAndSoftmaxCanBeChosen() {
    workbench.positionProperty().set(20);
    inspector.layerProperty().set(1);
    inspector.headProperty().set(3);
    tasks.pass(150);
    tasks.workAll();
    assertThat(loads).containsExactly("vanilla 1.3 @20", "lm-infinite 1.3 @20");
    assertThat(attention().y().label()).contains("after softmax");
    inspector.probabilitiesProperty().set(false);
    assertThat(attention().y().label()).contains("before softmax");
    assertThat(attention().series().getFirst().y()[0]).isEqualTo(1);
  }

  /** How a column's text is shaded where the selected token attends to it. */
  private double shadeOfTheFirst(int column) {
    return workbench
        .comparison()
        .document(
            workbench.arms().get(column),
            Objects.requireNonNull(models.source().model()).model().tokenizer(),
            workbench.tokens())
        .values()
        .applyAsDouble(0);
  }

  @Test
  void columnsAreShadedOneAfterAnotherAndTheNoteCountsThem() {
    ReadOnlyStringProperty note = workbench.comparison().noteProperty();
    workbench.comparison().shadingProperty().set(TokenShading.ATTENTION);
    assertThat(note.get()).isEqualTo("click a token");
    workbench.positionProperty().set(100);
    assertThat(note.get()).isEqualTo("reading, 0 of 2 arms");
    tasks.pass(150);
    tasks.work();
    assertThat(note.get()).isEqualTo("layer 0 · head 0 · reading, 1 of 2 arms");
    assertThat(shadeOfTheFirst(0)).isEqualTo(0.25);
    assertThat(shadeOfTheFirst(1)).isNaN();
    tasks.workAll();
    assertThat(note.get()).isEqualTo("layer 0 · head 0");
    assertThat(shadeOfTheFirst(1)).isEqualTo(0.25);
  }

  @Test
  void anArmThatCannotBeReadLeavesTheOthersTheirShades() {
    broken = ArmKind.VANILLA;
    workbench.comparison().shadingProperty().set(TokenShading.ATTENTION);
    workbench.positionProperty().set(100);
    tasks.pass(150);
    tasks.workAll();
    assertThat(inspector.attentionStateProperty().get())
        .isEqualTo("Cannot compute attention: no room");
    assertThat(workbench.comparison().noteProperty().get()).isEqualTo("layer 0 · head 0");
    assertThat(shadeOfTheFirst(0)).isNaN();
    assertThat(shadeOfTheFirst(1)).isEqualTo(0.25);
  }
}
