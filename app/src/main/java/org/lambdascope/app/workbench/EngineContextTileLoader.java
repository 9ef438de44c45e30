package org.lambdascope.app.workbench;

import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.ContextTile;
import org.lambdascope.engine.experiment.ContextTiles;
import org.lambdascope.engine.task.Cancellation;

/** Recomputes it on the engine, keeping the model open meanwhile. */
public final class EngineContextTileLoader implements ContextTileLoader {

  @Override
  public ContextTile load(
      SharedModel model, ArmSnapshot run, int query, Cancellation cancellation) {
    model.acquire();
    try {
      return ContextTiles.row(
          model.decoder(run.cache()),
          run.arm(),
          run.first(query + 1),
          query,
          run.windows(query),
          cancellation);
    } finally {
      model.release();
    }
  }
}
