package org.lambdascope.engine.position;

import java.util.Locale;

/**
 * Rotary position embedding (arXiv 2104.09864 §3.2): pair {@code i} of a head turns by {@code
 * position · θ^(−2i/dim)}, where the frequencies may be scaled. Features past the rotary ones pass
 * unturned.
 *
 * <p>Frequencies and angles are rounded to float32 as the models saw them in training: at position
 * 32,768 the last bit of an angle is worth 2·10⁻³ radians, so a "better" double angle would be
 * another encoding.
 */
public final class Rope implements PositionEncoding {

  private final int rotaryDim;
  private final double theta;
  private final RopeLayout layout;
  private final RopeScaling scaling;
  private final float[] inverseFrequencies;

  /**
   * Builds unscaled frequencies.
   *
   * @param rotaryDim features that rotate, even
   * @param theta the base, above 1
   * @param layout which features form pairs
   */
  public Rope(int rotaryDim, double theta, RopeLayout layout) {
    this(rotaryDim, theta, layout, RopeScaling.NONE);
  }

  /**
   * Builds the frequencies.
   *
   * @param rotaryDim features that rotate, even
   * @param theta the base, above 1
   * @param layout which features form pairs
   * @param scaling what is done to the frequencies
   */
  public Rope(int rotaryDim, double theta, RopeLayout layout, RopeScaling scaling) {
    this(rotaryDim, theta, layout, scaling, 0);
  }

  private Rope(int rotaryDim, double theta, RopeLayout layout, RopeScaling scaling, int stage) {
    if (rotaryDim < 2 || rotaryDim % 2 != 0) {
      throw new IllegalArgumentException(
          "rotary dimensions: expected a positive even number, found " + rotaryDim);
    }
    if (!(theta > 1 && Double.isFinite(theta))) {
      throw new IllegalArgumentException(
          "rope_theta: expected a finite number above 1, found " + theta);
    }
    this.rotaryDim = rotaryDim;
    this.theta = theta;
    this.layout = layout;
    this.scaling = scaling;
    inverseFrequencies = scaling.inverseFrequencies(rotaryDim, theta, stage);
  }

  /** This encoding with other frequencies. */
  public Rope with(RopeScaling other) {
    return new Rope(rotaryDim, theta, layout, other);
  }

  /** This encoding at a stage of its scaling ({@link RopeScaling#stage}). */
  public Rope at(int stage) {
    return scaling.staged() ? new Rope(rotaryDim, theta, layout, scaling, stage) : this;
  }

  /** Features per head that rotate. */
  public int rotaryDim() {
    return rotaryDim;
  }

  /** Number of pairs. */
  public int half() {
    return inverseFrequencies.length;
  }

  /** The base of the frequencies. */
  public double theta() {
    return theta;
  }

  /** Which features form pairs. */
  public RopeLayout layout() {
    return layout;
  }

  /** What is done to the frequencies. */
  public RopeScaling scaling() {
    return scaling;
  }

  @Override
  public String description() {
    String pairs = layout.name().toLowerCase(Locale.ROOT).replace('_', '-');
    String plain =
        "RoPE, theta %s, %d features, pairs %s".formatted(PlainNumber.of(theta), rotaryDim, pairs);
    return scaling == RopeScaling.NONE ? plain : plain + ", " + scaling.description();
  }

  /**
   * Writes the angles' cosines and sines for one position.
   *
   * @param position any position; a fraction where a policy stretches distances
   * @param cos {@code [half]}, from {@code offset}; overwritten
   * @param sin {@code [half]}, from {@code offset}; overwritten
   */
  public void table(double position, float[] cos, float[] sin, int offset) {
    for (int i = 0; i < inverseFrequencies.length; i++) {
      double angle = (float) position * inverseFrequencies[i];
      cos[offset + i] = (float) Math.cos(angle);
      sin[offset + i] = (float) Math.sin(angle);
    }
  }
}
