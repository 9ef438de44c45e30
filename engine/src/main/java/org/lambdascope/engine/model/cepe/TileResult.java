package org.lambdascope.engine.model.cepe;

/** What one tile of queries found in one part of the context. */
final class TileResult {

  /** Weighted sums of values about {@link #max}, {@code [TILE, width]}. */
  final float[] values;

  /** Largest logits, {@code [TILE]}. */
  final float[] max = new float[ChunkAttention.TILE];

  /** Sums of {@code e^(logit − max)}, {@code [TILE]}; double, for there may be many. */
  final double[] sum = new double[ChunkAttention.TILE];

  // Per query and span, where somebody asks: sums, and the maxima that they are about.
  private int spans;
  private float[] spanSum = {};
  private float[] spanMax = {};

  TileResult(int width) {
    values = new float[ChunkAttention.TILE * width];
  }

  /** Makes room for the sums of this many spans; 0 when nobody asks. */
  void watch(int count) {
    spans = count;
    if (spanSum.length < ChunkAttention.TILE * count) {
      spanSum = new float[ChunkAttention.TILE * count];
      spanMax = new float[ChunkAttention.TILE * count];
    }
  }

  /** Keeps the sum of a span, about the maximum so far. */
  void watched(int query, int span, float spanWeight) {
    if (spans > 0) {
      spanSum[query * spans + span] = spanWeight;
      spanMax[query * spans + span] = max[query];
    }
  }

  /** The sum of a span about another maximum. */
  double watchedSum(int query, int span, float about) {
    return spanSum[query * spans + span] * Math.exp((double) spanMax[query * spans + span] - about);
  }
}
