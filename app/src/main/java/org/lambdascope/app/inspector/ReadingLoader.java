package org.lambdascope.app.inspector;

import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.TokenReading;
import org.lambdascope.engine.experiment.TokenReadings;
import org.lambdascope.engine.task.Cancellation;

/** Reads a text up to one token again, to tell everything about that token. */
@FunctionalInterface
public interface ReadingLoader {

  /**
   * What the model makes of one token.
   *
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  TokenReading load(
      SharedModel model,
      Arm arm,
      int[] tokens,
      int query,
      TokenReadings.Options options,
      Cancellation cancellation);

  /** On the engine, keeping the model open meanwhile. */
  static ReadingLoader engine() {
    return (model, arm, tokens, query, options, cancellation) -> {
      model.acquire();
      try {
        return TokenReadings.read(
            model.model().decoder(), arm, tokens, query, options, cancellation);
      } finally {
        model.release();
      }
    };
  }
}
