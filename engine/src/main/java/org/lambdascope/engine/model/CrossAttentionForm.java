package org.lambdascope.engine.model;

import java.util.Comparator;
import java.util.List;

/** How a decoder attends to an encoded context Φ. Both give the same values but for rounding. */
public enum CrossAttentionForm {
  /**
   * Only Φ is kept: {@code W_k} is absorbed into the query and {@code W_v} is applied after the
   * weighted sum, so a step reads Φ once per layer and nothing is held per layer.
   */
  ABSORBED,
  /** Keys and values of every layer are computed once per chunk and kept. */
  MATERIALISED;

  /** Multiply-adds and bytes per second by which forms are chosen: those of a small machine. */
  private static final double MULTIPLY_ADDS = 50e9;

  private static final double BYTES = 20e9;

  /**
   * The form that should be the faster one among those that fit. The two differ in their last bits,
   * so the choice follows from sizes alone: by measured rates, one command would give two results.
   *
   * @param forecasts of one context
   * @param memory bytes that the context may take
   */
  public static CrossAttentionForm choose(List<CrossAttentionForecast> forecasts, long memory) {
    return forecasts.stream()
        .filter(f -> f.bytes() <= memory)
        .min(Comparator.comparingDouble(CrossAttentionForm::seconds))
        .map(CrossAttentionForecast::form)
        .orElse(ABSORBED);
  }

  private static double seconds(CrossAttentionForecast forecast) {
    return Math.max(forecast.multiplyAdds() / MULTIPLY_ADDS, forecast.bytesRead() / BYTES);
  }
}
