package org.lambdascope.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.models.FakeModels;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.ArmRunner;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.RunListener;
import org.lambdascope.app.workbench.RunOutcome;
import org.lambdascope.app.workbench.RunRequest;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.Prediction;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.experiment.TokenReading;
import org.lambdascope.engine.experiment.TokenReadings;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.Diagnostics;
import org.lambdascope.engine.probe.HeadAttention;
import org.lambdascope.engine.task.Cancellation;

class TokenViewModelTest {

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
  private final InspectorViewModel inspector =
      new InspectorViewModel(
          workbench,
          tasks,
          (model, run, layer, head, query, cancellation) -> {
            throw new IllegalStateException("not asked for here");
          });
  private final TokenViewModel token = new TokenViewModel(workbench, inspector, tasks, this::load);

  private TokenReading load(
      SharedModel model,
      ArmSnapshot run,
      int query,
      TokenReadings.Options options,
      Cancellation cancellation) {
    cancellation.check();
    loads.add("%s @%d %s".formatted(run.arm().kind().id(), query, run.cache().id()));
    double top = run.arm().kind() == ArmKind.VANILLA ? 0.5 : 0.25;
    Prediction next =
        new Prediction(new int[] {'l', 'o'}, new double[] {top, 0.1}, 1, 0.1, query == 12 ? 7 : 2);
    HeadAttention head = new HeadAttention(0.5, 2, new float[HeadAttention.BINS], 0.7f);
    return new TokenReading(
        query,
        List.of(next, next, next),
        1,
        new HeadAttention[] {head, head},
        new int[] {0, query},
        null,
        List.of(new TokenReading.Neighbour(0, 0.9)),
        new TokenReading.Compared(query, query));
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

  private void settle() {
    tasks.pass(1000);
    tasks.workAll();
    tasks.pass(1000);
    tasks.workAll();
  }

  @Test
  void nothingIsComputedUntilItIsLookedAt() {
    workbench.positionProperty().set(14);
    settle();
    assertThat(loads).isEmpty();
    token.activeProperty().set(true);
    settle();
    assertThat(loads).containsExactly("vanilla @14 f32", "lm-infinite @14 f32");
    assertThat(token.stateProperty().get()).isEmpty();
  }

  @Test
  void aRunWithAnotherCacheIsReadAgainAsItRan() {
    token.activeProperty().set(true);
    workbench.positionProperty().set(14);
    settle();
    loads.clear();
    workbench.cacheTypeProperty().set(CacheType.Q8);
    settle();
    settle();
    assertThat(loads).containsExactly("vanilla @14 q8", "lm-infinite @14 q8");
  }

  @Test
  void candidatesOfAllArmsShareOneScale() {
    token.activeProperty().set(true);
    workbench.positionProperty().set(14);
    settle();
    List<Candidate> vanilla = token.candidates(token.readings().get(0));
    List<Candidate> other = token.candidates(token.readings().get(1));
    assertThat(vanilla.getFirst().share()).isEqualTo(1);
    assertThat(other.getFirst().share()).isEqualTo(0.5);
    // "hello world hel|l": after position 14 comes another l.
    assertThat(vanilla).extracting(Candidate::actual).containsExactly(true, false);
    assertThat(vanilla.getFirst().text()).isEqualTo("“l”");
    assertThat(vanilla.getFirst().percent()).isEqualTo("50.0 %");
  }

  @Test
  void theTokenThatComesNextIsListedWhateverItsRank() {
    token.activeProperty().set(true);
    workbench.positionProperty().set(12);
    settle();
    // "hello world h|e": e is neither of the two most probable.
    Candidate last = token.candidates(token.readings().getFirst()).getLast();
    assertThat(last).isEqualTo(new Candidate(7, 'e', "“e”", 0.1, 0.2, true));
  }

  @Test
  void anotherSelectionDropsWhatIsBeingRead() {
    token.activeProperty().set(true);
    workbench.positionProperty().set(14);
    tasks.pass(1000);
    workbench.positionProperty().set(20);
    settle();
    assertThat(loads).containsExactly("vanilla @20 f32", "lm-infinite @20 f32");
    assertThat(token.readings())
        .allSatisfy(r -> assertThat(r.reading()).isNotNull().matches(f -> f.query() == 20));
  }

  @Test
  void replugSaysWhyThereIsNothing() {
    workbench.setArms(List.of(ArmKind.REPLUG));
    workbench.run();
    tasks.workAll();
    token.activeProperty().set(true);
    workbench.positionProperty().set(3);
    settle();
    assertThat(loads).isEmpty();
    assertThat(token.readings().getFirst().state()).contains("replug");
  }

  @Test
  void aBrushIsSharedWithTheTexts() {
    token.brush(IntStream.of(7, 3, 7));
    assertThat(workbench.comparison().brushedProperty().get().stream().toArray())
        .containsExactly(3, 7);
    workbench.positionProperty().set(14);
    assertThat(token.around(workbench.arms().getFirst(), 14)).isEqualTo("…rld he[l]lo …");
  }
}
