package org.lambdascope.engine.metrics;

import java.util.Locale;

/**
 * What BLEU does about an n-gram order without matches (Chen and Cherry, WMT 2014).
 *
 * @param method how
 * @param value the floor, or what is added; 0 for methods without one
 */
public record BleuSmoothing(Method method, double value) {

  /** The precision of each empty order in turn is 1/2, 1/4, … of a match (sacreBLEU's default). */
  public static final BleuSmoothing EXP = new BleuSmoothing(Method.EXP, 0);

  /** One empty order makes the whole score 0. */
  public static final BleuSmoothing NONE = new BleuSmoothing(Method.NONE, 0);

  /** A way to smooth. */
  public enum Method {
    EXP,
    FLOOR,
    ADD_K,
    NONE;

    /** The name in a signature. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public BleuSmoothing {
    boolean needsValue = method == Method.FLOOR || method == Method.ADD_K;
    if (!(value >= 0) || Double.isInfinite(value) || (!needsValue && value != 0)) {
      throw new IllegalArgumentException(
          "BLEU smoothing %s: expected %s, found %s"
              .formatted(method.id(), needsValue ? "a finite value ≥ 0" : "no value", value));
    }
  }

  /**
   * Matches of an empty order count as this many.
   *
   * @param value above 0; sacreBLEU's default is 0.1
   */
  public static BleuSmoothing floor(double value) {
    return new BleuSmoothing(Method.FLOOR, value);
  }

  /**
   * This many are added to matches and total of every order above 1 (Lin and Och, 2004).
   *
   * @param value sacreBLEU's default is 1
   */
  public static BleuSmoothing addK(double value) {
    return new BleuSmoothing(Method.ADD_K, value);
  }

  /** As a signature has it, such as {@code exp} or {@code floor[0.10]}. */
  @Override
  public String toString() {
    return switch (method) {
      case EXP, NONE -> method.id();
      case FLOOR, ADD_K -> String.format(Locale.ROOT, "%s[%.2f]", method.id(), value);
    };
  }
}
