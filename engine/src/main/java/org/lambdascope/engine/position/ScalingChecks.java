package org.lambdascope.engine.position;

/** What the parameters of every scaling must be. */
final class ScalingChecks {

  private ScalingChecks() {}

  static void factor(String scaling, double factor) {
    if (!(factor >= 1 && Double.isFinite(factor))) {
      throw new IllegalArgumentException(
          "%s: factor: expected a finite number of at least 1, found %s"
              .formatted(scaling, factor));
    }
  }

  static void length(String scaling, int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "%s: original_max_position_embeddings: expected a positive number, found %d"
              .formatted(scaling, length));
    }
  }
}
