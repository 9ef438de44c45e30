package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.FloatVector;

/** Reads and adds: with the additions of four chains under way, memory is what it waits for. */
final class Reading {

  private Reading() {}

  static float sum(float[] x, int offset, int n) {
    FloatVector a = FloatVector.zero(Lanes.F);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (int bound = n - 4 * Lanes.N; i <= bound; i += 4 * Lanes.N) {
      int at = offset + i;
      a = a.add(FloatVector.fromArray(Lanes.F, x, at));
      b = b.add(FloatVector.fromArray(Lanes.F, x, at + Lanes.N));
      c = c.add(FloatVector.fromArray(Lanes.F, x, at + 2 * Lanes.N));
      d = d.add(FloatVector.fromArray(Lanes.F, x, at + 3 * Lanes.N));
    }
    float sum = Lanes.sum(a.add(b).add(c.add(d)));
    for (; i < n; i++) {
      sum += x[offset + i];
    }
    return sum;
  }
}
