package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What one thread needs to multiply; made once per thread and reused. */
final class Scratch {

  private static final long LINE = 64;

  /** Columns of the weight that are packed at a time; whole blocks of every data type. */
  static final int DEPTH = 512;

  /** Output features per panel: two vectors. */
  static final int WIDTH = 2 * Lanes.N;

  /** Panels that read the same activations before others take their place in the cache. */
  static final int PANELS = 2;

  /**
   * Weights, transposed: floats {@code [DEPTH, WIDTH]} each, at 512 bits 64 KiB, so they stay in
   * the L2 cache. Off the heap, since there they can begin with a cache line: a vector of 512 bits
   * that straddles two is two loads.
   */
  final MemorySegment[] panels = new MemorySegment[PANELS];

  /** From row to row of {@link #rows}: not a power of two, so that they do not evict each other. */
  static final int STRIDE = DEPTH + Lanes.N;

  /** Weights on their way into the panel: {@code [Lanes.N, STRIDE]}, of which DEPTH are used. */
  final float[] rows = new float[Lanes.N * STRIDE];

  /** What the thread hands to others. */
  final MatMulLoop loop = new MatMulLoop();

  private float[] edge = new float[0];
  private float[] arranged = new float[0];
  private float[] lanes = new float[0];

  Scratch() {
    Arena arena = Arena.ofAuto();
    for (int t = 0; t < PANELS; t++) {
      panels[t] = arena.allocate((long) Float.BYTES * DEPTH * WIDTH, LINE);
    }
  }

  /** Room for results of a tile that is narrower than a panel: {@code [rows, WIDTH]}. */
  float[] edge(int rowCount) {
    if (edge.length < rowCount * WIDTH) {
      edge = new float[rowCount * WIDTH];
    }
    return edge;
  }

  /** Room for sums that are still to be formed across lanes. */
  float[] lanes(int length) {
    if (lanes.length < length) {
      lanes = new float[length];
    }
    return lanes;
  }

  /** Room for activations in the order that a kernel wants them. */
  float[] arranged(int length) {
    if (arranged.length < length) {
      arranged = new float[length];
    }
    return arranged;
  }
}
