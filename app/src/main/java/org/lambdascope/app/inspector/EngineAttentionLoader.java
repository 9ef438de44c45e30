package org.lambdascope.app.inspector;

import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.AttentionTiles;
import org.lambdascope.engine.task.Cancellation;

/** Recomputes attention on the engine, keeping the model open meanwhile. */
public final class EngineAttentionLoader implements AttentionLoader {

  @Override
  public AttentionTile load(
      SharedModel model,
      Arm arm,
      int[] tokens,
      int layer,
      int head,
      int query,
      Cancellation cancellation) {
    model.acquire();
    try {
      return AttentionTiles.row(
          model.model().decoder(), arm, tokens, layer, head, query, cancellation);
    } finally {
      model.release();
    }
  }
}
