package org.lambdascope.app.inspector;

import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.task.Cancellation;

/** Recomputes the attention of one query. */
@FunctionalInterface
public interface AttentionLoader {

  /**
   * The attention of one query in one head.
   *
   * @param run which read the query
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  AttentionTile load(
      SharedModel model,
      ArmSnapshot run,
      int layer,
      int head,
      int query,
      Cancellation cancellation);
}
