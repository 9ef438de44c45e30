package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import org.lambdascope.engine.tensor.Tensor;

/** Weights in IEEE 754 binary16. */
final class F16Rows extends WeightRows {

  private static final int BYTES = 2;

  F16Rows(Tensor weight) {
    super(weight);
  }

  /** A plain loop, which the compiler turns into the processor's own conversion. */
  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    MemorySegment w = data;
    long start = row * rowBytes + (long) BYTES * column;
    for (int k = 0; k < n; k++) {
      out[outOffset + k] = Float.float16ToFloat(w.get(SHORT, start + (long) BYTES * k));
    }
  }
}
