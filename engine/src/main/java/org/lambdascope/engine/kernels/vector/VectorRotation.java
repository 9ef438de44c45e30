package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/** Rotary embeddings, of halves or of neighbours. */
final class VectorRotation {

  private static final VectorShuffle<Float> SWAP_PAIRS = VectorShuffle.fromOp(Lanes.F, i -> i ^ 1);
  private static final VectorShuffle<Float> TWICE_LOW = VectorShuffle.fromOp(Lanes.F, i -> i / 2);
  private static final VectorShuffle<Float> TWICE_HIGH =
      VectorShuffle.fromOp(Lanes.F, i -> (i + Lanes.N) / 2);
  private static final VectorMask<Float> EVEN =
      VectorMask.fromLong(Lanes.F, 0x5555_5555_5555_5555L);

  private VectorRotation() {}

  static void rotate(
      float[] x,
      int xOffset,
      int half,
      boolean interleaved,
      float[] cos,
      float[] sin,
      int tableOffset) {
    int i = 0;
    for (int bound = Lanes.F.loopBound(half); i < bound; i += Lanes.N) {
      FloatVector c = FloatVector.fromArray(Lanes.F, cos, tableOffset + i);
      FloatVector s = FloatVector.fromArray(Lanes.F, sin, tableOffset + i);
      if (interleaved) {
        // Each angle serves two neighbouring lanes; the even one takes the sine negated.
        int at = xOffset + 2 * i;
        rotatePairs(x, at, c.rearrange(TWICE_LOW), s.rearrange(TWICE_LOW));
        rotatePairs(x, at + Lanes.N, c.rearrange(TWICE_HIGH), s.rearrange(TWICE_HIGH));
      } else {
        int at = xOffset + i;
        FloatVector a = FloatVector.fromArray(Lanes.F, x, at);
        FloatVector b = FloatVector.fromArray(Lanes.F, x, at + half);
        a.mul(c).sub(b.mul(s)).intoArray(x, at);
        b.mul(c).add(a.mul(s)).intoArray(x, at + half);
      }
    }
    int step = interleaved ? 2 : 1;
    int other = interleaved ? 1 : half;
    for (; i < half; i++) {
      float c = cos[tableOffset + i];
      float s = sin[tableOffset + i];
      int at = xOffset + i * step;
      float a = x[at];
      float b = x[at + other];
      x[at] = a * c - b * s;
      x[at + other] = b * c + a * s;
    }
  }

  private static void rotatePairs(float[] x, int at, FloatVector c, FloatVector s) {
    FloatVector v = FloatVector.fromArray(Lanes.F, x, at);
    FloatVector signed = s.lanewise(VectorOperators.NEG, EVEN);
    v.mul(c).add(v.rearrange(SWAP_PAIRS).mul(signed)).intoArray(x, at);
  }
}
