package org.lambdascope.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmParameter;
import org.lambdascope.engine.kernels.CacheType;

class UndoHistoryProperties {

  private static final List<ArmKind> KINDS = List.of(ArmKind.values());

  private static ArmViewModel arm(UndoBench bench, Random random) {
    return bench.workbench.arms().get(random.nextInt(bench.workbench.arms().size()));
  }

  private static void edit(UndoBench bench, Random random) {
    switch (random.nextInt(8)) {
      case 0 -> bench.workbench.lengthProperty().set(2 + random.nextInt(2000));
      case 1 -> bench.workbench.newTokensProperty().set(random.nextInt(100));
      case 2 -> bench.workbench.models().pretrainLengthProperty().set(1 + random.nextInt(512));
      case 3 -> {
        if (bench.workbench.arms().size() < 6) {
          bench.workbench.addArm(KINDS.get(random.nextInt(KINDS.size())));
        }
      }
      case 4 -> bench.workbench.removeArm(arm(bench, random));
      case 5 -> bench.workbench.moveArm(arm(bench, random), random.nextBoolean() ? 1 : -1);
      case 6 ->
          bench
              .workbench
              .cacheTypeProperty()
              .set(random.nextBoolean() ? CacheType.Q8 : CacheType.F32);
      default -> {
        ArmViewModel arm = arm(bench, random);
        List<ArmParameter> parameters = arm.arm().kind().parameters();
        if (!parameters.isEmpty()) {
          ArmParameter p = parameters.get(random.nextInt(parameters.size()));
          bench.workbench.setParameter(arm, p.key(), p.min() + random.nextInt(600));
        }
      }
    }
  }

  @Property(tries = 60, seed = "8")
  void asManyUndosAsStepsGiveTheFirstStateAndRedosTheLast(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int edits) throws IOException {
    UndoBench bench = new UndoBench();
    Random random = new Random(seed);
    List<WorkbenchSettings> seen = new ArrayList<>();
    seen.add(bench.now());
    for (int i = 0; i < edits; i++) {
      edit(bench, random);
      bench.tasks.pass(random.nextInt(900));
      seen.add(bench.now());
    }
    int steps = 0;
    do {
      bench.history.undo();
      steps++;
      assertThat(seen).contains(bench.now());
    } while (!bench.history.undoNameProperty().get().isEmpty());
    assertThat(bench.now()).isEqualTo(seen.getFirst());
    for (int i = 0; i < steps; i++) {
      bench.history.redo();
    }
    assertThat(bench.now()).isEqualTo(seen.getLast());
    assertThat(bench.history.redoNameProperty().get()).isEmpty();
  }
}
