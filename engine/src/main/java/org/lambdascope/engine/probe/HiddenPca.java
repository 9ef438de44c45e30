package org.lambdascope.engine.probe;

/**
 * Out-of-distribution factor 3: hidden states of one layer's output, projected onto their first two
 * principal components.
 *
 * @param layer decoder layer, from 0
 * @param points {@code [positions, 2]}; row {@code i} is position {@code i}
 * @param explained fraction of the variance that each component explains, {@code [2]}
 */
public record HiddenPca(int layer, double[][] points, double[] explained) {

  static long predictedBytes(int hiddenSize, int positions) {
    // The captured floats, their doubles, and Smile's two copies with its square work arrays; for
    // wide rows the copies are of a few directions only, which this does not count on.
    long entries = (long) positions * hiddenSize;
    long square = (long) Math.min(positions, hiddenSize) * hiddenSize;
    return entries * (Float.BYTES + 3 * Double.BYTES) + square * 2 * Double.BYTES;
  }
}
