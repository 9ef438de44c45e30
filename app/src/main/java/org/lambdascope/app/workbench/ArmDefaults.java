package org.lambdascope.app.workbench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmParameter;

/** Settings of arms that follow the model. */
final class ArmDefaults {

  private static final int MOST_LENGTH = 8192;
  private static final int LEAST_LENGTH = 1024;

  private ArmDefaults() {}

  /** The arms of a new workbench: what breaks, and what mends it. */
  static List<Arm> first(int pretrainLength) {
    List<Arm> arms = new ArrayList<>();
    arms.add(Arm.withDefaults(ArmKind.VANILLA, pretrainLength));
    arms.add(Arm.withDefaults(ArmKind.LM_INFINITE, pretrainLength));
    return arms;
  }

  /**
   * The arm for another {@code L_pretrain}: parameters that stood at their defaults follow it,
   * those that the user set stay.
   */
  static Arm follow(Arm arm, int before, int after) {
    if (before < 1) {
      return Arm.withDefaults(arm.kind(), after);
    }
    Arm old = Arm.withDefaults(arm.kind(), before);
    Map<String, Integer> kept = new LinkedHashMap<>();
    for (ArmParameter p : arm.kind().parameters()) {
      if (arm.get(p.key()) != old.get(p.key())) {
        kept.put(p.key(), arm.get(p.key()));
      }
    }
    return with(Arm.withDefaults(arm.kind(), Map.of(), after), kept);
  }

  /** The arm with some parameters changed, and those that depend on them kept in range. */
  static Arm with(Arm arm, Map<String, Integer> changed) {
    Map<String, Integer> values = new LinkedHashMap<>(arm.parameters());
    values.putAll(changed);
    for (ArmParameter p : arm.kind().parameters()) {
      values.merge(p.key(), p.min(), Math::max);
    }
    if (arm.kind() == ArmKind.TRUNCATE) {
      // The stride must leave something of the window to condition on.
      values.merge("stride", values.getOrDefault("local", 2) - 1, Math::min);
    }
    if (arm.kind() == ArmKind.DCA) {
      values.merge("chunk", values.getOrDefault("original", 1), Math::min);
    }
    if (arm.kind() == ArmKind.YARN) {
      values.merge("beta-slow", values.getOrDefault("beta-fast", 1), Math::min);
    }
    if (arm.kind().needsEncoder()) {
      values.merge("context", values.getOrDefault("chunk", 1), Math::max);
    }
    return new Arm(arm.kind(), values);
  }

  /** Tokens that are read of a long text at first: enough to see what happens past training. */
  static int length(int pretrainLength) {
    return Math.clamp(4L * pretrainLength, LEAST_LENGTH, MOST_LENGTH);
  }
}
