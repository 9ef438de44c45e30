package org.lambdascope.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmParameter;

/**
 * Settings of an arm that are worth a look, by one name.
 *
 * @param name for a menu
 * @param meaning in a sentence
 * @param arm the settings
 */
public record ArmPreset(String name, String meaning, Arm arm) {

  /** The middle keys that LM-Infinite with retrieval is usually shown with. */
  private static final int MIDDLE_KEYS = 5;

  private static final int MANY_GLOBAL = 100;

  /**
   * The presets of an arm: its defaults first, then what its parameters suggest.
   *
   * @param pretrainLength {@code L_pretrain}, at least 1
   */
  static List<ArmPreset> of(Arm arm, int pretrainLength) {
    Arm defaults = Arm.withDefaults(arm.kind(), pretrainLength);
    List<ArmPreset> presets = new ArrayList<>();
    presets.add(
        new ArmPreset(
            "Defaults",
            "Every parameter as the arm is defined for this L_pretrain, %d."
                .formatted(pretrainLength),
            defaults));
    for (ArmParameter parameter : arm.kind().parameters()) {
      of(presets, defaults, parameter, pretrainLength);
    }
    return presets;
  }

  private static void of(
      List<ArmPreset> presets, Arm defaults, ArmParameter parameter, int pretrainLength) {
    String key = parameter.key();
    switch (key) {
      case "global" -> {
        add(presets, defaults, key, MANY_GLOBAL, "a long global branch");
        add(presets, defaults, key, 0, "no global branch: what initial tokens are worth");
      }
      case "local", "recent" -> {
        add(presets, defaults, key, pretrainLength / 2, "half the trained length");
        add(presets, defaults, key, pretrainLength / 4, "a quarter of the trained length");
      }
      case "ceiling" ->
          add(presets, defaults, key, pretrainLength / 2, "distances of half the trained length");
      case "k" -> add(presets, defaults, key, MIDDLE_KEYS, "the middle, by its highest logits");
      case "sink" -> {
        add(presets, defaults, key, 1, "a single sink");
        add(presets, defaults, key, 0, "no sink: a window on slots");
      }
      case "factor" -> {
        for (int factor : new int[] {2, 4, 8, 16}) {
          add(
              presets,
              defaults,
              key,
              factor * parameter.unit(),
              "for %d times the trained length".formatted(factor));
        }
      }
      case "group" -> {
        add(presets, defaults, key, 4, "far positions in fours");
        add(presets, defaults, key, 16, "far positions in sixteens");
      }
      case "passages" -> {
        add(presets, defaults, key, 1, "the best passage alone");
        add(presets, defaults, key, 5, "five passages");
      }
      case "chunk" -> {
        if (defaults.kind().needsEncoder()) {
          add(presets, defaults, key, 128, "shorter chunks");
          add(presets, defaults, key, 512, "longer chunks");
        }
      }
      default -> {}
    }
  }

  private static void add(
      List<ArmPreset> presets, Arm defaults, String key, int value, String why) {
    Arm arm = ArmDefaults.with(defaults, Map.of(key, value));
    if (value >= 0 && presets.stream().noneMatch(p -> p.arm().equals(arm))) {
      String name = ParameterNames.symbol(key) + " " + ParameterNames.value(arm, key);
      presets.add(new ArmPreset(name + " · " + why, "The defaults with " + name + ".", arm));
    }
  }
}
