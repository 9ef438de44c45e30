package org.lambdascope.app.workbench;

import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.ContextTile;
import org.lambdascope.engine.task.Cancellation;

/** Recomputes what one query takes from the chunks of an encoded context. */
@FunctionalInterface
public interface ContextTileLoader {

  /**
   * What one query takes.
   *
   * @param run of an arm with an encoder
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  ContextTile load(SharedModel model, ArmSnapshot run, int query, Cancellation cancellation);
}
