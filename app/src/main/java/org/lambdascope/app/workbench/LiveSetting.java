package org.lambdascope.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lambdascope.engine.experiment.Arm;

/**
 * A setting that is tuned live.
 *
 * @param key the parameter
 * @param rest where it stands
 * @param moved where it is moved to
 */
public record LiveSetting(String key, int rest, int moved) {

  /** By how much a setting moves; a distance moves down by an eighth. */
  private static final Map<String, Integer> STEPS = Map.of("global", 10, "sink", 4, "k", 5);

  private static final List<String> DISTANCES = List.of("local", "ceiling", "recent");

  /** The settings of an arm that are tuned live, in its order. */
  static List<LiveSetting> of(Arm arm) {
    List<LiveSetting> settings = new ArrayList<>();
    arm.parameters()
        .forEach(
            (key, value) -> {
              Integer step = STEPS.get(key);
              if (step != null) {
                settings.add(new LiveSetting(key, value, value + step));
              } else if (DISTANCES.contains(key)) {
                settings.add(new LiveSetting(key, value, Math.max(1, value - value / 8)));
              }
            });
    return settings;
  }
}
