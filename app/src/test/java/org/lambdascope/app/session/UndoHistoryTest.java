package org.lambdascope.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;

class UndoHistoryTest {

  private final UndoBench bench = new UndoBench();
  private final ManualTaskRunner tasks = bench.tasks;
  private final WorkbenchViewModel workbench = bench.workbench;
  private final UndoHistory history = bench.history;

  UndoHistoryTest() throws IOException {}

  private WorkbenchSettings now() {
    return bench.now();
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
