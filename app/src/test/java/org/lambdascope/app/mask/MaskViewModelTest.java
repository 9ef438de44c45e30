package org.lambdascope.app.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.models.FakeModels;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.EngineArmRunner;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;

class MaskViewModelTest {

  private static final int TOKENS = 600;

  @TempDir Path folder;

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final RecordingDialogs dialogs = new RecordingDialogs();
  private final ModelsViewModel models =
      new ModelsViewModel(
          tasks,
          dialogs,
          new MemorySettings(),
          path -> FakeModels.model(path, 64, new FakeModels.Weights()));
  private final WorkbenchViewModel workbench =
      new WorkbenchViewModel(models, tasks, new EngineArmRunner(), dialogs, () -> 0, () -> 1 << 20);
  private final MaskViewModel mask = new MaskViewModel(workbench);

  @BeforeEach
  void open() throws IOException {
    models.openModel(folder.resolve("model"));
    tasks.workAll();
    models.openText(Files.writeString(folder.resolve("text.txt"), "hello ".repeat(100)));
    tasks.workAll();
  }

  private void select(ArmKind kind) {
    workbench.setArms(List.of(kind));
  }

  @Test
  void itShowsTheWholeTextAndTheEdgesOfTheSelectedArm() {
    assertThat(mask.spanProperty().get()).isEqualTo(MaskSpan.whole(TOKENS));
    assertThat(mask.edges())
        .extracting(MaskEdge::key, MaskEdge::value)
        .containsExactly(tuple("global", 10), tuple("local", 64), tuple("ceiling", 64));
    workbench.selectedArmProperty().set(workbench.arms().getFirst());
    assertThat(mask.edges()).isEmpty();
  }

  @Test
  void whatIsGeneratedIsReadInWindowsOfGeneration() {
    select(ArmKind.TRUNCATE); // local 64, stride 32
    workbench.newTokensProperty().set(0);
    assertThat(firstKey(TOKENS - 5)).isEqualTo(544);
    workbench.newTokensProperty().set(10);
    assertThat(firstKey(TOKENS - 5)).isEqualTo(544);
    assertThat(firstKey(TOKENS + 1)).isEqualTo(TOKENS + 2 - 64);
  }

  private int firstKey(int query) {
    return Objects.requireNonNull(mask.maskProperty().get()).row(query).getFirst().from();
  }

  @Test
  void anEdgeSetsTheArm() {
    mask.setEdge(mask.edges().get(1), 100);
    assertThat(workbench.arms().getLast().arm().get("local")).isEqualTo(100);
    assertThat(mask.edges().get(1).value()).isEqualTo(100);
    mask.setEdge(mask.edges().get(1), -7);
    assertThat(workbench.arms().getLast().arm().get("local")).isEqualTo(1);
    mask.setEdge(mask.edges().get(0), 100_000);
    assertThat(workbench.arms().getLast().arm().get("global")).isEqualTo(TOKENS);
  }

  @Test
  void whatTheEncoderReadsHasAnEdgeToo() {
    select(ArmKind.CEPE);
    ArmViewModel cepe = workbench.arms().getFirst();
    workbench.setParameter(cepe, "window", 100);
    workbench.setParameter(cepe, "chunk", 50);
    assertThat(mask.edges())
        .extracting(MaskEdge::key)
        .containsExactly("chunk", "context", "window");
    mask.setEdge(mask.edges().get(1), 150);
    assertThat(cepe.arm().get("context")).isEqualTo(150);
    // The first query of a window reaches back as far as the line, the later ones of it no farther.
    mask.look(400, 250);
    assertThat(mask.readoutProperty().get().visible()).isTrue();
    mask.look(400, 249);
    assertThat(mask.readoutProperty().get().visible()).isFalse();
    mask.setEdge(mask.edges().get(1), 1);
    assertThat(cepe.arm().get("context")).as("at least a chunk").isEqualTo(50);
  }

  @Test
  void aCellIsExplained() {
    mask.look(300, 5);
    assertThat(mask.readoutProperty().get().cell())
        .isEqualTo("query 300 “h” (sees 74 of 301 keys) → key 5 “·”");
    assertThat(mask.readoutProperty().get().distances())
        .isEqualTo("raw distance d = 295 · effective distance 64 (min(d, ceiling))");
    assertThat(mask.readoutProperty().get().reason())
        .isEqualTo("visible: global branch, j < n_global = 10");
    mask.look(300, 100);
    assertThat(mask.readoutProperty().get().reason())
        .isEqualTo(
            "not visible: beyond the local branch, d = 200 ≥ n_local = 64, and past the global one, j = 100 ≥ n_global = 10");
    mask.look(300, 301);
    assertThat(mask.readoutProperty().get().reason()).contains("no later key");
    select(ArmKind.VANILLA);
    mask.look(300, 100);
    assertThat(mask.readoutProperty().get().distances())
        .contains("longer than any in training (L_pretrain 64)");
  }

  @Test
  void streamingLlmCountsSlotsAndCepeReadsChunks() {
    select(ArmKind.STREAMING_LLM);
    mask.look(300, 0);
    assertThat(mask.readoutProperty().get().distances())
        .startsWith("raw distance d = 300 · effective distance 63 (between cache slots");
    select(ArmKind.CEPE);
    workbench.setParameter(workbench.arms().getFirst(), "chunk", 32);
    mask.look(300, 40);
    assertThat(mask.readoutProperty().get().reason())
        .isEqualTo("reached by cross-attention, through chunk 1 (tokens 32–63) of the encoder");
    assertThat(mask.readoutProperty().get().distances()).contains("no effective distance");
  }

  @Test
  void whatIsRetrievedIsCountedApartAndPassagesStandBeforeTheWindow() {
    select(ArmKind.INFLLM);
    mask.look(500, 0);
    assertThat(mask.readoutProperty().get().cell()).contains(" of 501 keys + up to 16 retrieved)");
    select(ArmKind.REPLUG);
    ArmViewModel replug = workbench.arms().getFirst();
    workbench.setParameter(replug, "chunk", 32);
    workbench.setParameter(replug, "window", 64);
    mask.look(300, 40);
    // Window 256–319 begins after chunk 1, tokens 32–63: 44 tokens of the one, 24 of the other.
    assertThat(mask.readoutProperty().get().cell())
        .contains("(sees 45 of 301 keys + one passage of 32 at a time)");
    assertThat(mask.readoutProperty().get().distances())
        .isEqualTo(
            "raw distance d = 260 · effective distance 68 if its passage is retrieved: it stands right before the window");
  }

  @ParameterizedTest
  @EnumSource(ArmKind.class)
  void everyCellOfEveryArmCanBeExplained(ArmKind kind) {
    select(kind);
    for (int query = 0; query < TOKENS; query += 37) {
      for (int key = 0; key < TOKENS; key += 41) {
        mask.look(query, key);
        assertThat(mask.readoutProperty().get().reason()).isNotEmpty();
      }
    }
    assertThat(mask.reaches()).isNotEmpty();
  }

  @Test
  void anySpanCanBeShown() {
    mask.zoom(0.5, 600, 600);
    assertThat(mask.spanProperty().get()).isEqualTo(new MaskSpan(300, 600, 300, 600));
    mask.queryFromProperty().set(590);
    assertThat(mask.spanProperty().get()).isEqualTo(new MaskSpan(590, 600, 300, 600));
    mask.queryFromProperty().set(599);
    assertThat(mask.queryFromProperty().get()).isEqualTo(596);
    mask.showWhole();
    workbench.lengthProperty().set(400);
    assertThat(mask.spanProperty().get()).isEqualTo(MaskSpan.whole(400));
    workbench.positionProperty().set(200);
    mask.showAround();
    assertThat(mask.spanProperty().get()).isEqualTo(new MaskSpan(184, 216, 184, 216));
    mask.moveLook(100, 0);
    assertThat(mask.spanProperty().get().contains(300, 200)).isTrue();
  }
}
