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

/** Widens cache pages to floats. */
final class PageLanes {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Left shifts that bring byte {@code i} of an int to the top, at four lanes. */
  private static final IntVector TO_TOP = Lanes.ramp(24, -8);

  private PageLanes() {}

  static void read(CachePage page, int head, int feature, int features, float[] out) {
    int from = page.index(head, feature);
    int n = features * BLOCK;
    switch (page) {
      case CachePage.F32 floats -> System.arraycopy(floats.data(), from, out, 0, n);
      case CachePage.F16 halves -> {
        short[] data = halves.data();
        for (int i = 0; i < n; i++) { // the compiler makes vectors of it
          out[i] = Float.float16ToFloat(data[from + i]);
        }
      }
      case CachePage.BF16 halves -> {
        short[] data = halves.data();
        for (int i = 0; i < n; i += Lanes.N) {
          Bf16Rows.widen(ShortVector.fromArray(Lanes.S, data, from + i)).intoArray(out, i);
        }
      }
      case CachePage.Q8 bytes -> read(bytes, head, feature, features, out);
    }
  }

  private static void read(CachePage.Q8 page, int head, int feature, int features, float[] out) {
    byte[] data = page.data();
    float[] scales = page.scales();
    for (int d = 0; d < features; d++) {
      int from = page.index(head, feature + d);
      int scale = page.scaleIndex(head, (feature + d) / CachePage.Q8.GROUP);
      for (int l = 0; l < BLOCK; l += Lanes.N) {
        load(data, from + l)
            .mul(FloatVector.fromArray(Lanes.F, scales, scale + l))
            .intoArray(out, d * BLOCK + l);
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
