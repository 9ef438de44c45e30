package org.lambdascope.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.models.FakeModels;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.words.Words;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;

class ArmPropertiesViewModelTest {

  @TempDir Path folder;

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final RecordingDialogs dialogs = new RecordingDialogs();
  private final ModelsViewModel models =
      new ModelsViewModel(
          tasks,
          dialogs,
          new MemorySettings(),
          path -> FakeModels.model(path, 8, new FakeModels.Weights()));
  private final WorkbenchViewModel workbench =
      new WorkbenchViewModel(models, tasks, new FakeArmRunner(), dialogs, () -> 0, () -> 1 << 20);
  private final ArmPropertiesViewModel properties = new ArmPropertiesViewModel(workbench);

  @Test
  void itemsFollowTheSelectedArmAndChangeIt() throws IOException {
    assertThat(properties.items()).isEmpty();
    models.openModel(folder.resolve("model"));
    tasks.workAll();
    models.openText(Files.writeString(folder.resolve("text.txt"), "x".repeat(500)));
    tasks.workAll();

    assertThat(properties.items())
        .extracting(ArmParameterItem::symbol)
        .containsExactly(
            "L_pretrain", "n_global", "n_local", "ceiling", "k", "from", "to", "middle");
    ArmViewModel lmInfinite = workbench.arms().get(1);
    ArmParameterItem local = properties.items().get(2);
    assertThat(local.description()).contains(Words.N_LOCAL.definition());
    assertThat(local.sliderMax().get()).isEqualTo(500);
    local.value().set(33);
    assertThat(lmInfinite.arm().get("local")).isEqualTo(33);
    local.reset().run();
    assertThat(lmInfinite.arm().get("local")).isEqualTo(8);

    properties.items().get(0).value().set(64);
    assertThat(models.pretrainLengthProperty().get()).isEqualTo(64);
    assertThat(local.value().get()).isEqualTo(64);
    models.pretrainLengthProperty().set(1024);
    assertThat(local.sliderMax().get()).as("twice what is trained").isEqualTo(2048);
    assertThat(properties.items().get(2)).as("is not made anew under the hand").isSameAs(local);
    assertThat(properties.items().get(1).sliderMax().get()).isEqualTo(128);
    models.pretrainLengthProperty().set(4096);
    assertThat(properties.items().get(1).sliderMax().get()).as("n_global").isEqualTo(512);
    workbench.lengthProperty().set(100);
    properties.items().get(0).reset().run();
    assertThat(local.value().get()).isEqualTo(8);

    workbench.selectedArmProperty().set(workbench.arms().get(0));
    assertThat(properties.items())
        .extracting(ArmParameterItem::symbol)
        .containsExactly("L_pretrain");
  }

  @Test
  void retrievalIsSetWhereKeysAreRetrievedAndInLayersThatThereAre() throws IOException {
    models.openModel(folder.resolve("model"));
    tasks.workAll();
    workbench.selectedArmProperty().set(workbench.arms().get(1));
    ArmViewModel lmInfinite = workbench.arms().get(1);
    ArmParameterItem k = properties.items().get(4);
    ArmParameterItem from = properties.items().get(5);
    ArmParameterItem to = properties.items().get(6);
    int layers = to.sliderMax().get();
    assertThat(to.value().get()).isEqualTo(layers);
    assertThat(from.idle().get() && to.idle().get()).isTrue();
    k.value().set(3);
    assertThat(from.idle().get() || to.idle().get() || k.idle().get()).isFalse();
    Arm all = lmInfinite.arm();
    to.value().set(layers - 1);
    assertThat(lmInfinite.arm().get("to")).isEqualTo(layers - 1);
    to.value().set(layers);
    assertThat(lmInfinite.arm()).as("all layers is the default").isEqualTo(all);
  }

  @Test
  void anotherKindOfArmInPlaceOfTheSelectedOneHasItsOwnNumbers() throws IOException {
    models.openModel(folder.resolve("model"));
    tasks.workAll();
    workbench.setArms(List.of(ArmKind.CEPE));
    ArmViewModel column = workbench.arms().getFirst();
    ArmParameterItem chunk = properties.items().get(1);
    workbench.setArm(column, Arm.withDefaults(ArmKind.LM_INFINITE, 8));
    assertThat(properties.items())
        .extracting(ArmParameterItem::id)
        .startsWith("pretrain", "global", "local")
        .doesNotContain("chunk");
    chunk.value().set(3); // a slider that was held meanwhile
    assertThat(column.arm()).isEqualTo(Arm.withDefaults(ArmKind.LM_INFINITE, 8));
  }

  @Test
  void numbersInPartsOfOneReadAsOnTheCommandLine() {
    Arm replug = Arm.withDefaults(ArmKind.REPLUG, 512);
    assertThat(replug.get("temperature")).isEqualTo(1000);
    assertThat(ParameterNames.summary(replug))
        .isEqualTo(
            "passages\u00A010\u00A0· temperature\u00A01\u00A0· chunk\u00A0256\u00A0· window\u00A0256");
    assertThat(ParameterNames.summary(replug.with("temperature", 250)))
        .contains("temperature\u00A00.25");
  }

  @Test
  void aContextIsKeptAtLeastAChunkLong() {
    Arm cepe = Arm.withDefaults(ArmKind.CEPE, Map.of("context", 300), 512);
    assertThat(ArmDefaults.with(cepe, Map.of("chunk", 400)).get("context")).isEqualTo(400);
    assertThat(ArmDefaults.with(cepe, Map.of("context", 100)).get("context")).isEqualTo(256);
  }
}
