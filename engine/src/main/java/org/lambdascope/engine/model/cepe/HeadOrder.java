package org.lambdascope.engine.model.cepe;

import org.lambdascope.engine.model.ModelConfig;

/**
 * Two orders of a tile of query heads: as the projections write them, {@code [rows, heads,
 * headDim]}, and with the rows of a key/value head together, {@code [keyValueHeads, rows, group,
 * headDim]}.
 */
final class HeadOrder {

  private HeadOrder() {}

  /** Brings rows of the first order into the second. */
  static void group(ModelConfig config, float[] from, int firstRow, int rows, float[] to) {
    int run = config.groupSize() * config.headDim();
    for (int head = 0; head < config.keyValueHeads(); head++) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(
            from,
            (firstRow + r) * config.queryWidth() + head * run,
            to,
            (head * rows + r) * run,
            run);
      }
    }
  }

  /** Brings rows of the second order back into the first. */
  static void ungroup(ModelConfig config, float[] from, float[] to, int firstRow, int rows) {
    int run = config.groupSize() * config.headDim();
    for (int head = 0; head < config.keyValueHeads(); head++) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(
            from,
            (head * rows + r) * run,
            to,
            (firstRow + r) * config.queryWidth() + head * run,
            run);
      }
    }
  }
}
