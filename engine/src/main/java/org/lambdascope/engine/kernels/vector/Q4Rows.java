package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Weights in blocks of 32: a binary16 scale, then 16 bytes; low nibbles are elements 0 to 15, high
 * nibbles 16 to 31, each offset by 8.
 */
final class Q4Rows extends WeightRows {

  private static final int BLOCK = 32;
  private static final int HALF = 16;
  private static final int BYTES = 18;

  Q4Rows(Tensor weight) {
    super(weight);
  }

  private static float scale(MemorySegment data, long block) {
    return Float.float16ToFloat(data.get(SHORT, block));
  }

  private static FloatVector low(IntVector pairs) {
    return (FloatVector) pairs.and(15).sub(8).convertShape(VectorOperators.I2F, Lanes.F, 0);
  }

  private static FloatVector high(IntVector pairs) {
    return low(pairs.lanewise(VectorOperators.LSHR, 4));
  }

  @Override
  void read(int row, int column, int n, float[] out, int outOffset) {
    MemorySegment w = data;
    long block = row * rowBytes + (long) BYTES * (column / BLOCK);
    for (int k = 0; k < n; k += BLOCK, block += BYTES) {
      float scale = scale(w, block);
      for (int j = 0; j < HALF; j += Lanes.N) {
        IntVector pairs = Unpack.bytes(w, block + 2 + j);
        low(pairs).mul(scale).intoArray(out, outOffset + k + j);
        high(pairs).mul(scale).intoArray(out, outOffset + k + j + HALF);
      }
    }
  }
}
