package org.lambdascope.app.samples;

import java.util.List;
import org.lambdascope.engine.experiment.ArmKind;

/**
 * A bundled model and the arms, at their defaults, that show best what it is for.
 *
 * @param model the model's name
 * @param arms in the order of their columns
 */
public record Comparison(String model, List<ArmKind> arms) {

  /**
   * The demo's columns, from left to right: what breaks, and what mends it. Each model can run the
   * arms of those before it with the same result: it has their decoder, and more.
   */
  public static final List<Comparison> ALL =
      List.of(
          new Comparison(
              "lambda-llama", List.of(ArmKind.VANILLA, ArmKind.WINDOW, ArmKind.LM_INFINITE)),
          new Comparison("lambda-cepe", List.of(ArmKind.CEPE)));

  /** Tokens that each arm generates after the text. */
  public static final int NEW_TOKENS = 80;

  /** Copies the list. */
  public Comparison {
    arms = List.copyOf(arms);
  }
}
