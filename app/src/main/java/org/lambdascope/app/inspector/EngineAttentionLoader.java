package org.lambdascope.app.inspector;

import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.AttentionTiles;
import org.lambdascope.engine.task.Cancellation;

/** Recomputes attention on the engine, keeping the model open meanwhile. */
public final class EngineAttentionLoader implements AttentionLoader {

  @Override
  public AttentionTile load(
      SharedModel model,
      ArmSnapshot run,
      int layer,
      int head,
      int query,
      Cancellation cancellation) {
    model.acquire();
    try {
      return AttentionTiles.row(
          model.decoder(run.cache()),
          run.arm(),
          run.first(query + 1),
          layer,
          head,
          query,
          run.windows(query),
          cancellation);
    } finally {
      model.release();
    }
  }
}
