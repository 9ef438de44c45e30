package org.lambdascope.app.inspector;

import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.engine.experiment.TokenReading;
import org.lambdascope.engine.experiment.TokenReadings;
import org.lambdascope.engine.task.Cancellation;

/** Reads a text up to one token again, to tell everything about that token. */
@FunctionalInterface
public interface ReadingLoader {

  /**
   * What the model makes of one token.
   *
   * @param run which read the token
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  TokenReading load(
      SharedModel model,
      ArmSnapshot run,
      int query,
      TokenReadings.Options options,
      Cancellation cancellation);

  /** On the engine, keeping the model open meanwhile. */
  static ReadingLoader engine() {
    return (model, run, query, options, cancellation) -> {
      model.acquire();
      try {
        return TokenReadings.read(
            model.decoder(run.cache()),
            run.arm(),
            run.first(Math.min(run.size(), query + 2)), // the next token is looked for
            query,
            options,
            run.windows(query),
            cancellation);
      } finally {
        model.release();
      }
    };
  }
}
