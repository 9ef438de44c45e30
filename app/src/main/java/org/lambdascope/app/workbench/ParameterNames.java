package org.lambdascope.app.workbench;

import java.util.stream.Collectors;
import org.lambdascope.app.common.Formats;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmParameter;

/** The field's names for the parameters of arms. */
public final class ParameterNames {

  private ParameterNames() {}

  /**
   * What an arm says of itself: {@code n_global 10 · n_local 512}; empty when it has nothing to.
   */
  public static String summary(Arm arm) {
    return arm.said().stream()
        .map(p -> symbol(p.key()) + " " + number(p, arm.get(p.key())))
        .map(said -> said.replace(" ", Formats.TOGETHER))
        .collect(Collectors.joining(Formats.AND));
  }

  /** The value of a parameter as people write it. */
  static String value(Arm arm, String key) {
    for (ArmParameter parameter : arm.kind().parameters()) {
      if (parameter.key().equals(key)) {
        return number(parameter, arm.get(key));
      }
    }
    throw new IllegalArgumentException(
        "%s: expected one of its parameters, found '%s'".formatted(arm.kind().id(), key));
  }

  private static String number(ArmParameter parameter, int value) {
    return parameter.unit() == 1 ? Formats.count(value) : parameter.text(value);
  }

  /** The symbol of a parameter's key: {@code n_local} for {@code local}. */
  public static String symbol(String key) {
    return switch (key) {
      case "global" -> "n_global";
      case "local" -> "n_local";
      case "sink" -> "n_sink";
      case "recent" -> "n_recent";
      case "representatives" -> "repr. tokens"; // a whole word has no room in the panel
      default -> key;
    };
  }
}
