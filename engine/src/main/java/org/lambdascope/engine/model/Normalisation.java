package org.lambdascope.engine.model;

/**
 * How a model normalises its residual stream.
 *
 * @param kind which norm
 * @param eps ε below its root, between 0 and 1
 */
public record Normalisation(Kind kind, float eps) {

  public Normalisation {
    if (!(eps > 0 && eps < 1)) {
      throw new IllegalArgumentException(
          "%s: expected a number between 0 and 1, found %s".formatted(kind.epsKey, eps));
    }
  }

  /** Which norm. */
  public enum Kind {
    /** {@code x / √(mean(x²) + ε) · weight} (arXiv 1910.07467). */
    RMS("RMSNorm", "rms_norm_eps"),
    /** {@code (x − mean) / √(variance + ε) · weight + bias} (arXiv 1607.06450). */
    LAYER("LayerNorm", "layer_norm_eps");

    private final String title;
    private final String epsKey;

    Kind(String title, String epsKey) {
      this.title = title;
      this.epsKey = epsKey;
    }

    /** The field's name for it. */
    public String title() {
      return title;
    }
  }

  /** RMSNorm. */
  public static Normalisation rms(double eps) {
    return new Normalisation(Kind.RMS, (float) eps);
  }

  /** LayerNorm. */
  public static Normalisation layer(double eps) {
    return new Normalisation(Kind.LAYER, (float) eps);
  }
}
