package org.lambdascope.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.models.FakeModels;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.settings.MemorySettings;
import org.lambdascope.app.workbench.ArmRunner;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.RunListener;
import org.lambdascope.app.workbench.RunOutcome;
import org.lambdascope.app.workbench.RunRequest;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmParameter;
import org.lambdascope.engine.task.Cancellation;

class UndoHistoryProperties {

  private static final List<ArmKind> KINDS = List.of(ArmKind.values());

  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final WorkbenchViewModel workbench;
  private final UndoHistory history;

  UndoHistoryProperties() throws IOException {
    ModelsViewModel models =
        new ModelsViewModel(
            tasks,
            new RecordingDialogs(),
            new MemorySettings(),
            path -> FakeModels.model(path, 64, new FakeModels.Weights()));
    workbench =
        new WorkbenchViewModel(
            models, tasks, new NoRunner(), new RecordingDialogs(), () -> 0L, () -> 0L);
    history = new UndoHistory(workbench, tasks);
    Path folder = Files.createTempDirectory("undo");
    models.openModel(folder.resolve("model"));
    tasks.workAll();
    Path text = Files.writeString(folder.resolve("text.txt"), "x".repeat(3000));
    models.openText(text);
    tasks.workAll();
    Files.delete(text);
    Files.delete(folder);
    tasks.pass(1000);
  }

  /** Undo needs settings, not results. */
  private static final class NoRunner implements ArmRunner {
    @Override
    public RunOutcome run(RunRequest request, RunListener listener, Cancellation cancellation) {
      throw new IllegalStateException("nothing is run here");
    }

    @Override
    public long predictedBytes(RunRequest request) {
      return 0;
    }
  }

  private WorkbenchSettings now() {
    return WorkbenchSettings.of(workbench);
  }

  private ArmViewModel arm(Random random) {
    return workbench.arms().get(random.nextInt(workbench.arms().size()));
  }

  private void edit(Random random) {
    switch (random.nextInt(7)) {
      case 0 -> workbench.lengthProperty().set(2 + random.nextInt(2000));
      case 1 -> workbench.newTokensProperty().set(random.nextInt(100));
      case 2 -> workbench.models().pretrainLengthProperty().set(1 + random.nextInt(512));
      case 3 -> {
        if (workbench.arms().size() < 6) {
          workbench.addArm(KINDS.get(random.nextInt(KINDS.size())));
        }
      }
      case 4 -> workbench.removeArm(arm(random));
      case 5 -> workbench.moveArm(arm(random), random.nextBoolean() ? 1 : -1);
      default -> {
        ArmViewModel arm = arm(random);
        List<ArmParameter> parameters = arm.arm().kind().parameters();
        if (!parameters.isEmpty()) {
          ArmParameter p = parameters.get(random.nextInt(parameters.size()));
          workbench.setParameter(arm, p.key(), p.min() + random.nextInt(600));
        }
      }
    }
  }

  @Property(tries = 60, seed = "8")
  void asManyUndosAsStepsGiveTheFirstStateAndRedosTheLast(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int edits) throws IOException {
    UndoHistoryProperties fresh = new UndoHistoryProperties();
    Random random = new Random(seed);
    List<WorkbenchSettings> seen = new ArrayList<>();
    seen.add(fresh.now());
    for (int i = 0; i < edits; i++) {
      fresh.edit(random);
      fresh.tasks.pass(random.nextInt(900));
      seen.add(fresh.now());
    }
    int steps = 0;
    do {
      fresh.history.undo();
      steps++;
      assertThat(seen).contains(fresh.now());
    } while (!fresh.history.undoNameProperty().get().isEmpty());
    assertThat(fresh.now()).isEqualTo(seen.getFirst());
    for (int i = 0; i < steps; i++) {
      fresh.history.redo();
    }
    assertThat(fresh.now()).isEqualTo(seen.getLast());
    assertThat(fresh.history.redoNameProperty().get()).isEmpty();
  }

  @Test
  void aDragIsOneStepAndARestBeginsAnother() {
    ArmViewModel arm = workbench.arms().get(1);
    for (int local = 63; local > 40; local--) {
      workbench.setParameter(arm, "local", local);
      tasks.pass(100);
    }
    tasks.pass(600);
    workbench.setParameter(arm, "local", 7);
    tasks.pass(600);
    assertThat(history.undoNameProperty().get()).isEqualTo("n_local of lm-infinite");
    history.undo();
    assertThat(arm.arm().get("local")).isEqualTo(41);
    history.undo();
    assertThat(arm.arm().get("local")).isEqualTo(64);
    assertThat(history.undoNameProperty().get()).isEmpty();
    history.redo();
    assertThat(arm.arm().get("local")).isEqualTo(41);
  }

  @Test
  void anotherSettingIsAnotherStepHoweverSoon() {
    ArmViewModel arm = workbench.arms().get(1);
    workbench.setParameter(arm, "global", 3);
    tasks.pass(10);
    workbench.setParameter(arm, "local", 20);
    tasks.pass(10);
    history.undo();
    assertThat(arm.arm().get("local")).isEqualTo(64);
    assertThat(arm.arm().get("global")).isEqualTo(3);
    history.undo();
    assertThat(arm.arm().get("global")).isEqualTo(10);
  }

  @Test
  void lPretrainIsOneStepWithAllThatFollowsIt() {
    WorkbenchSettings before = now();
    for (int n = 65; n < 90; n++) {
      workbench.models().pretrainLengthProperty().set(n);
      tasks.pass(30);
    }
    tasks.pass(600);
    assertThat(history.undoNameProperty().get()).isEqualTo("L_pretrain");
    assertThat(workbench.arms().get(1).arm().get("ceiling")).isEqualTo(89);
    history.undo();
    assertThat(now()).isEqualTo(before);
    assertThat(history.undoNameProperty().get()).isEmpty();
  }

  @Test
  void aRemovedColumnComesBackInItsPlace() {
    ArmViewModel first = workbench.arms().getFirst();
    workbench.removeArm(first);
    tasks.pass(10);
    assertThat(history.undoNameProperty().get()).isEqualTo("removing vanilla");
    history.undo();
    assertThat(workbench.arms().getFirst()).isSameAs(first);
    assertThat(history.redoNameProperty().get()).isEqualTo("removing vanilla");
  }

  @Test
  void aDragThatEndsWhereItBeganIsNoStep() {
    ArmViewModel arm = workbench.arms().get(1);
    workbench.setParameter(arm, "local", 20);
    tasks.pass(50);
    workbench.setParameter(arm, "local", 64);
    tasks.pass(600);
    assertThat(history.undoNameProperty().get()).isEmpty();
  }

  @Test
  void anotherModelEndsTheHistory() {
    workbench.newTokensProperty().set(3);
    tasks.pass(600);
    assertThat(history.undoNameProperty().get()).isEqualTo("tokens to generate");
    workbench.models().openModel(Path.of("another"));
    tasks.workAll();
    tasks.pass(600);
    assertThat(history.undoNameProperty().get()).isEmpty();
  }
}
