package org.lambdascope.engine.kernels.vector;

import org.lambdascope.engine.kernels.ThreadTeam;

/**
 * Rows of activations in groups of {@link OuterProduct#ROWS}, column by column: {@code [groups,
 * columns, ROWS]}. What is left over of groups is not in it. Made once and read by all tiles.
 */
final class PackedRows implements ThreadTeam.Body {

  /**
   * Columns that are taken from each row in turn; few enough for the group to stay in the cache.
   */
  private static final int STEP = 64;

  private static final float[] NOTHING = {};

  private float[] data = NOTHING;

  // What is being packed; held only meanwhile.
  private float[] x = NOTHING;
  private int xOffset;
  private int columns;

  /** The rows packed last. */
  float[] data() {
    return data;
  }

  /** Floats from group to group. */
  static int stride(int columns) {
    return OuterProduct.ROWS * columns;
  }

  /**
   * Packs {@code rows} rows, the first of which starts at {@code xOffset}.
   *
   * @param alone without the help of the team
   */
  void pack(float[] x, int xOffset, int rows, int columns, ThreadTeam team, boolean alone) {
    int groups = rows / OuterProduct.ROWS;
    if (data.length < groups * stride(columns)) {
      data = new float[groups * stride(columns)];
    }
    this.x = x;
    this.xOffset = xOffset;
    this.columns = columns;
    try {
      if (alone) {
        for (int g = 0; g < groups; g++) {
          run(g, 0);
        }
      } else {
        team.forEach(groups, this);
      }
    } finally {
      this.x = NOTHING;
    }
  }

  @Override
  public void run(int group, int worker) {
    int from = xOffset + group * stride(columns);
    int to = group * stride(columns);
    for (int k = 0; k < columns; k += STEP) {
      int n = Math.min(STEP, columns - k);
      for (int r = 0; r < OuterProduct.ROWS; r++) {
        column(x, from + r * columns + k, n, data, to + k * OuterProduct.ROWS + r);
      }
    }
  }

  private static void column(float[] x, int xOffset, int n, float[] out, int outOffset) {
    for (int k = 0; k < n; k++) {
      out[outOffset + k * OuterProduct.ROWS] = x[xOffset + k];
    }
  }
}
