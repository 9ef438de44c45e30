package org.lambdascope.engine.probe;

import org.lambdascope.engine.attention.AttentionRow;

/**
 * The attention of one query in one head, after the softmax, in short.
 *
 * @param entropy {@code −Σ p ln p}, in nats
 * @param visible number of visible keys
 * @param profile {@code [}{@link #BINS}{@code ]}: share of the attention by raw distance: bin 0 is
 *     the query itself, bin {@code b} the distances {@code 2^(b−1) ≤ d < 2^b}
 * @param most share of the attention that goes to the key with the most of it
 */
public record HeadAttention(double entropy, int visible, float[] profile, float most) {

  /** Bins of a profile: enough for texts of 2³⁰ tokens. */
  public static final int BINS = 32;

  /** The bin of a raw distance. */
  public static int bin(int distance) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(distance);
  }

  /** Entropy as a share of that of uniform attention, 0 to 1; 0 where one key is visible. */
  public double spread() {
    return visible < 2 ? 0 : entropy / Math.log(visible);
  }

  static HeadAttention of(AttentionRow row) {
    double[] mass = new double[BINS];
    double entropy = 0;
    double highest = 0;
    float[] weights = row.weights();
    for (int r = 0; r < row.runs(); r++) {
      int distance = row.query() - row.keyFrom(r);
      int at = row.index(r);
      for (int k = 0; k < row.length(r); k++) {
        double p = weights[at + k] / (double) row.weightSum();
        mass[bin(distance - k)] += p;
        entropy -= p > 0 ? p * Math.log(p) : 0;
        highest = Math.max(highest, p);
      }
    }
    float[] profile = new float[BINS];
    for (int b = 0; b < BINS; b++) {
      profile[b] = (float) mass[b];
    }
    return new HeadAttention(entropy, row.visibleKeys(), profile, (float) highest);
  }
}
