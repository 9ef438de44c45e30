package org.lambdascope.engine.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/** Random matrices. */
final class Matrices {

  private Matrices() {}

  /** Weights {@code [rows, columns]} of a type: whatever bits, but no infinities. */
  static Tensor weights(DType dtype, int rows, int columns) {
    long bytes = dtype.bytes((long) rows * columns);
    MemorySegment data = Arena.ofAuto().allocate(bytes, 64);
    Random random = new Random(1);
    for (long i = 0; i + 4 <= bytes; i += 4) {
      data.set(ValueLayout.JAVA_INT, i, random.nextInt());
    }
    // The upper byte of the numbers, or of a block's scale: about 2⁻⁸.
    int step =
        switch (dtype) {
          case F32 -> 4;
          case F16, BF16 -> 2;
          default -> dtype.blockBytes();
        };
    int upper = Math.min(step, 4) - 1;
    byte small = (byte) (dtype == DType.F32 || dtype == DType.BF16 ? 0x3b : 0x1c);
    for (long i = step > 4 ? 1 : upper; i < bytes; i += step) {
      data.set(ValueLayout.JAVA_BYTE, i, small);
    }
    return new Tensor("random", dtype, new long[] {rows, columns}, data);
  }

  /** {@code n} numbers from a standard normal distribution. */
  static float[] normal(int n) {
    Random random = new Random(2);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
