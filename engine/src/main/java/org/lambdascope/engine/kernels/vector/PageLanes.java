package org.lambdascope.engine.kernels.vector;

import static org.lambdascope.engine.kernels.Kernels.BLOCK;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.Kernels;

/** Widens cache pages to floats. */
final class PageLanes {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Left shifts that bring byte {@code i} of an int to the top, at four lanes. */
  private static final IntVector TO_TOP = Lanes.ramp(24, -8);

  private PageLanes() {}

  static void read(CachePage page, int head, float[] out) {
    int headDim = page.headDim();
    int from = page.index(head, 0, 0);
    int width = Kernels.padded(headDim);
    if (page instanceof CachePage.Q8 bytes) {
      read(bytes, head, out);
    } else if (page.order() == CachePage.Order.POSITIONS || width == headDim) {
      copy(page, from, out, 0, headDim * BLOCK);
    } else {
      for (int l = 0; l < BLOCK; l++) {
        copy(page, from + l * headDim, out, l * width, headDim);
      }
    }
  }

  private static void copy(CachePage page, int from, float[] out, int to, int n) {
    switch (page) {
      case CachePage.F32 floats -> System.arraycopy(floats.data(), from, out, to, n);
      case CachePage.F16 halves -> {
        short[] data = halves.data();
        for (int i = 0; i < n; i++) { // the compiler makes vectors of it
          out[to + i] = Float.float16ToFloat(data[from + i]);
        }
      }
      case CachePage.BF16 halves -> {
        short[] data = halves.data();
        int i = 0;
        for (int bound = Lanes.F.loopBound(n); i < bound; i += Lanes.N) {
          Bf16Rows.widen(ShortVector.fromArray(Lanes.S, data, from + i)).intoArray(out, to + i);
        }
        for (; i < n; i++) {
          out[to + i] = Float.intBitsToFloat(data[from + i] << 16);
        }
      }
      case CachePage.Q8 bytes -> throw new IllegalArgumentException("bytes need their scales");
    }
  }

  private static void read(CachePage.Q8 page, int head, float[] out) {
    int headDim = page.headDim();
    if (page.order() == CachePage.Order.POSITIONS) {
      for (int d = 0; d < headDim; d++) {
        int from = page.index(head, d, 0);
        int scale = page.scaleIndex(head, d / CachePage.Q8.GROUP, 0);
        for (int l = 0; l < BLOCK; l += Lanes.N) {
          load(page.data(), from + l)
              .mul(FloatVector.fromArray(Lanes.F, page.scales(), scale + l))
              .intoArray(out, d * BLOCK + l);
        }
      }
      return;
    }
    int width = Kernels.padded(headDim);
    for (int l = 0; l < BLOCK; l++) {
      int from = page.index(head, 0, l);
      int scale = page.scaleIndex(head, 0, l);
      int d = 0;
      for (int bound = Lanes.F.loopBound(headDim); d < bound; d += Lanes.N) {
        load(page.data(), from + d)
            .mul(page.scales()[scale + d / CachePage.Q8.GROUP])
            .intoArray(out, l * width + d);
      }
      for (; d < headDim; d++) {
        out[l * width + d] = page.scales()[scale + d / CachePage.Q8.GROUP] * page.data()[from + d];
      }
    }
  }

  private static FloatVector load(byte[] data, int at) {
    if (Lanes.N >= 8) {
      return (FloatVector) ByteVector.fromArray(Lanes.B, data, at).castShape(Lanes.F, 0);
    }
    // Four bytes are less than the smallest vector: spread one int over the lanes instead.
    return (FloatVector)
        IntVector.broadcast(Lanes.I, (int) INTS.get(data, at))
            .lanewise(VectorOperators.LSHL, TO_TOP)
            .lanewise(VectorOperators.ASHR, 24)
            .convertShape(VectorOperators.I2F, Lanes.F, 0);
  }
}
