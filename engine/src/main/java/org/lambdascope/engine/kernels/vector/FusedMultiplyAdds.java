package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;

/** Twelve chains of fused multiply-adds, which hide their latency, and no memory. */
final class FusedMultiplyAdds {

  private static final int CHAINS = 12;

  private FusedMultiplyAdds() {}

  static long run(int rounds, float[] out) {
    FloatVector half = FloatVector.broadcast(Lanes.F, 0.5f);
    FloatVector one = FloatVector.broadcast(Lanes.F, 1);
    FloatVector a = FloatVector.broadcast(Lanes.F, 1);
    FloatVector b = FloatVector.broadcast(Lanes.F, 2);
    FloatVector c = FloatVector.broadcast(Lanes.F, 3);
    FloatVector d = FloatVector.broadcast(Lanes.F, 4);
    FloatVector e = FloatVector.broadcast(Lanes.F, 5);
    FloatVector f = FloatVector.broadcast(Lanes.F, 6);
    FloatVector g = FloatVector.broadcast(Lanes.F, 7);
    FloatVector h = FloatVector.broadcast(Lanes.F, 8);
    FloatVector i = FloatVector.broadcast(Lanes.F, 9);
    FloatVector j = FloatVector.broadcast(Lanes.F, 10);
    FloatVector k = FloatVector.broadcast(Lanes.F, 11);
    FloatVector l = FloatVector.broadcast(Lanes.F, 12);
    for (int round = 0; round < rounds; round++) {
      a = a.fma(half, one);
      b = b.fma(half, one);
      c = c.fma(half, one);
      d = d.fma(half, one);
      e = e.fma(half, one);
      f = f.fma(half, one);
      g = g.fma(half, one);
      h = h.fma(half, one);
      i = i.fma(half, one);
      j = j.fma(half, one);
      k = k.fma(half, one);
      l = l.fma(half, one);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
    out[0] = Lanes.sum(sum.add(g).add(h).add(i).add(j).add(k).add(l));
    return (long) CHAINS * Lanes.N * rounds;
  }
}
