package org.lambdascope.app.inspector;

import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.task.Cancellation;

/** Recomputes the attention of one query. */
@FunctionalInterface
public interface AttentionLoader {

  /**
   * The attention of one query in one head.
   *
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  AttentionTile load(
      SharedModel model,
      Arm arm,
      int[] tokens,
      int layer,
      int head,
      int query,
      Cancellation cancellation);
}
