package org.lambdascope.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.models.FakeModels;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ContextTile;
import org.lambdascope.engine.task.Cancellation;

class ChunksViewModelTest {

  @TempDir Path folder;

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final List<Integer> loads = new ArrayList<>();
  private final ModelsViewModel models =
      new ModelsViewModel(
          tasks,
          new RecordingDialogs(),
          new MemorySettings(),
          path -> FakeModels.model(path, 8, new FakeModels.Weights()));
  private final WorkbenchViewModel workbench =
      new WorkbenchViewModel(
          models, tasks, new FakeArmRunner(), new RecordingDialogs(), () -> 0, () -> 1 << 20);
  private ArmViewModel cepe = new ArmViewModel(Arm.withDefaults(ArmKind.CEPE, 8));
  private ChunksViewModel chunks = new ChunksViewModel(cepe, workbench, tasks, this::load);

  /**
   * Two layers, of which the upper has cross-attention, two heads, three chunks from chunk 1 on.
   */
  private ContextTile load(
      SharedModel model, ArmSnapshot run, int query, Cancellation cancellation) {
    loads.add(query);
    assertThat(run.first(query + 1)).hasSize(query + 1);
    float[] mass = {0, 0, 0, 0, 0, 0, 0.5f, 0.25f, 0.25f, 0, 1, 0};
    return new ContextTile(query, 1, 3, 2, 2, mass);
  }

  @BeforeEach
  void open() throws IOException {
    models.openModel(folder.resolve("model"));
    tasks.workAll();
    models.openText(Files.writeString(folder.resolve("text.txt"), "0123456789".repeat(10)));
    tasks.workAll();
    workbench.arms().clear();
    cepe = new ArmViewModel(Arm.withDefaults(ArmKind.CEPE, Map.of("chunk", 20, "context", 60), 8));
    workbench.arms().add(cepe);
    chunks = new ChunksViewModel(cepe, workbench, tasks, this::load);
  }

  private void settle() {
    for (int i = 0; i < 3; i++) {
      tasks.pass(1000);
      tasks.workAll();
    }
  }

  @Test
  void listsTheChunksOfTheText() {
    assertThat(chunks.chunks()).hasSize(5);
    assertThat(chunks.chunks().get(4).title()).isEqualTo("chunk 4 · tokens 80–99");
    chunks.selectedProperty().set(2);
    assertThat(chunks.textProperty().get())
        .isEqualTo("chunk 2 · tokens 40–59 · –\n01234567890123456789");
    assertThat(chunks.chunkOf(39)).isEqualTo(1);
  }

  @Test
  void anotherKindOfArmInItsPlaceHasNone() {
    List<Throwable> thrown = new ArrayList<>(); // by listeners, which properties call
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
    workbench.positionProperty().set(90);
    workbench.run();
    settle();
    workbench.setArm(cepe, Arm.withDefaults(ArmKind.LM_INFINITE, 8));
    settle();
    assertThat(cepe.state()).isEqualTo(ArmState.DONE);
    workbench.positionProperty().set(91);
    workbench.charts().headProperty().set(1);
    workbench.lengthProperty().set(50);
    settle();
    Thread.currentThread().setUncaughtExceptionHandler(null);
    assertThat(thrown).isEmpty();
    assertThat(loads).containsExactly(90);
  }

  @Test
  void saysWhatTheSelectedTokenLooksAt() {
    workbench.positionProperty().set(90);
    assertThat(chunks.stateProperty().get()).contains("run the arm");
    workbench.run();
    settle();
    assertThat(loads).containsExactly(90);
    assertThat(chunks.chunks().stream().map(EncoderChunk::share))
        .containsExactly("–", "25.0 %", "62.5 %", "12.5 %", "–");
    assertThat(chunks.heaviest()).isEqualTo(2);
    assertThat(chunks.stateProperty().get())
        .isEqualTo("cross-attention of token 90, mean over layers and heads");

    workbench.charts().headProperty().set(0);
    assertThat(chunks.heaviest()).isEqualTo(1);
    workbench.charts().layerProperty().set(0);
    assertThat(chunks.heaviest()).isEqualTo(ChunksViewModel.NONE);
    assertThat(loads).hasSize(1);

    workbench.positionProperty().set(91);
    workbench.positionProperty().set(92);
    settle();
    assertThat(loads).containsExactly(90, 92);
  }
}
