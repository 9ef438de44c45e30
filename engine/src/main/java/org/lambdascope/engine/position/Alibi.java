package org.lambdascope.engine.position;

/**
 * Attention with linear biases (arXiv 2108.12409 §3): nothing is rotated; head {@code h} adds
 * {@code −slope(h) · distance} to the attention logit of a pair.
 */
public final class Alibi implements PositionEncoding {

  private final double maxBias;
  private final float[] slopes;

  /**
   * Builds the slopes as MPT does: for a power of two {@code n} of heads, {@code 2^(−maxBias · h /
   * n)} with {@code h} from 1; for any other number, those of the next power of two, every second
   * one first.
   *
   * @param heads query heads per layer, at least 1
   * @param maxBias {@code alibi_bias_max}, above 0; 8 in the paper
   */
  public Alibi(int heads, double maxBias) {
    if (heads < 1) {
      throw new IllegalArgumentException("ALiBi: expected at least 1 head, found " + heads);
    }
    if (!(maxBias > 0 && Double.isFinite(maxBias))) {
      throw new IllegalArgumentException(
          "alibi_bias_max: expected a finite number above 0, found " + maxBias);
    }
    this.maxBias = maxBias;
    int power = Integer.highestOneBit(heads);
    if (power < heads) {
      power *= 2;
    }
    slopes = new float[heads];
    for (int h = 0; h < heads; h++) {
      int step = power == heads ? h + 1 : h < power / 2 ? 2 * h + 2 : 2 * (h - power / 2) + 1;
      slopes[h] = (float) Math.pow(2, -maxBias * step / power);
    }
  }

  /** {@code alibi_bias_max}. */
  public double maxBias() {
    return maxBias;
  }

  /** What a head takes off a logit per unit of distance, above 0. */
  public float slope(int head) {
    return slopes[head];
  }

  @Override
  public String description() {
    return "ALiBi, slopes %s to %s (largest bias %s)"
        .formatted(slopes[0], slopes[slopes.length - 1], PlainNumber.of(maxBias));
  }
}
