package org.lambdascope.engine.kernels.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Statistics along the diagonals of a tile. Where all rows reach, each vector of entries passes
 * through all of them in registers; at both ends, which lie askew, rows are added one by one.
 */
final class Diagonals {

  private static final VectorSpecies<Double> D =
      VectorSpecies.of(double.class, Lanes.F.vectorShape());

  private Diagonals() {}

  static void add(
      float[] x,
      int offset,
      int stride,
      int rows,
      int[] from,
      int[] to,
      int entry,
      double[] sums,
      double[] squareSums,
      float[] mins,
      float[] maxs) {
    int first = Integer.MIN_VALUE; // entries less the given one that all rows have
    int end = Integer.MAX_VALUE;
    for (int r = 0; r < rows; r++) {
      boolean sees = from[r] < to[r];
      first = sees ? Math.max(first, from[r] - r) : first;
      end = Math.min(end, sees ? to[r] - r : Integer.MIN_VALUE);
    }
    int shared = Math.max(0, (end - first) / Lanes.N * Lanes.N); // as ints, it may well overflow
    if (rows == 0 || end <= first || shared == 0) {
      for (int r = 0; r < rows; r++) {
        int at = offset + r * stride + r;
        row(x, at, from[r] - r, to[r] - r, entry, sums, squareSums, mins, maxs);
      }
      return;
    }
    for (int e = first; e < first + shared; e += Lanes.N) {
      block(x, offset + e, stride + 1, rows, entry + e, sums, squareSums, mins, maxs);
    }
    for (int r = 0; r < rows; r++) {
      int at = offset + r * stride + r;
      row(x, at, from[r] - r, first, entry, sums, squareSums, mins, maxs);
      row(x, at, first + shared, to[r] - r, entry, sums, squareSums, mins, maxs);
    }
  }

  private static void row(
      float[] x,
      int offset,
      int first,
      int end,
      int entry,
      double[] sums,
      double[] squareSums,
      float[] mins,
      float[] maxs) {
    int e = first;
    for (; e + Lanes.N <= end; e += Lanes.N) {
      block(x, offset + e, 0, 1, entry + e, sums, squareSums, mins, maxs);
    }
    if (e < end) {
      part(x, offset + e, end - e, entry + e, sums, squareSums, mins, maxs);
    }
  }

  /** Adds {@code n} values, fewer than a vector has lanes. */
  private static void part(
      float[] x,
      int offset,
      int n,
      int entry,
      double[] sums,
      double[] squareSums,
      float[] mins,
      float[] maxs) {
    VectorMask<Float> lanes = Lanes.F.indexInRange(0, n);
    FloatVector v = FloatVector.fromArray(Lanes.F, x, offset, lanes);
    FloatVector min = FloatVector.fromArray(Lanes.F, mins, entry, lanes);
    min.blend(v, v.compare(VectorOperators.LT, min)).intoArray(mins, entry, lanes);
    FloatVector max = FloatVector.fromArray(Lanes.F, maxs, entry, lanes);
    max.blend(v, v.compare(VectorOperators.GT, max)).intoArray(maxs, entry, lanes);
    int half = D.length();
    DoubleVector low = (DoubleVector) v.convertShape(VectorOperators.F2D, D, 0);
    VectorMask<Double> first = D.indexInRange(0, n);
    DoubleVector.fromArray(D, sums, entry, first).add(low).intoArray(sums, entry, first);
    low.fma(low, DoubleVector.fromArray(D, squareSums, entry, first))
        .intoArray(squareSums, entry, first);
    DoubleVector high = (DoubleVector) v.convertShape(VectorOperators.F2D, D, 1);
    VectorMask<Double> second = D.indexInRange(half, n);
    int at = entry + half;
    DoubleVector.fromArray(D, sums, at, second).add(high).intoArray(sums, at, second);
    high.fma(high, DoubleVector.fromArray(D, squareSums, at, second))
        .intoArray(squareSums, at, second);
  }

  /** Adds a vector of each row; they lie {@code step} apart. */
  private static void block(
      float[] x,
      int offset,
      int step,
      int rows,
      int entry,
      double[] sums,
      double[] squareSums,
      float[] mins,
      float[] maxs) {
    int half = D.length();
    DoubleVector sumLow = DoubleVector.fromArray(D, sums, entry);
    DoubleVector sumHigh = DoubleVector.fromArray(D, sums, entry + half);
    DoubleVector squareLow = DoubleVector.fromArray(D, squareSums, entry);
    DoubleVector squareHigh = DoubleVector.fromArray(D, squareSums, entry + half);
    FloatVector min = FloatVector.fromArray(Lanes.F, mins, entry);
    FloatVector max = FloatVector.fromArray(Lanes.F, maxs, entry);
    for (int r = 0, at = offset; r < rows; r++, at += step) {
      FloatVector v = FloatVector.fromArray(Lanes.F, x, at);
      DoubleVector low = (DoubleVector) v.convertShape(VectorOperators.F2D, D, 0);
      DoubleVector high = (DoubleVector) v.convertShape(VectorOperators.F2D, D, 1);
      sumLow = sumLow.add(low);
      sumHigh = sumHigh.add(high);
      squareLow = low.fma(low, squareLow);
      squareHigh = high.fma(high, squareHigh);
      min = min.blend(v, v.compare(VectorOperators.LT, min));
      max = max.blend(v, v.compare(VectorOperators.GT, max));
    }
    sumLow.intoArray(sums, entry);
    sumHigh.intoArray(sums, entry + half);
    squareLow.intoArray(squareSums, entry);
    squareHigh.intoArray(squareSums, entry + half);
    min.intoArray(mins, entry);
    max.intoArray(maxs, entry);
  }
}
