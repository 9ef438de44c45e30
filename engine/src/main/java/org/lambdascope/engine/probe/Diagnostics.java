package org.lambdascope.engine.probe;

import org.jspecify.annotations.Nullable;

/**
 * The captured diagnostics of one arm; what was not asked for is null.
 *
 * @param logitsByDistance factor 1
 * @param entropy factor 2
 * @param hiddenPca factor 3
 * @param crossAttention what was taken from an encoded context
 */
public record Diagnostics(
    @Nullable LogitsByDistance logitsByDistance,
    @Nullable EntropyByPosition entropy,
    @Nullable HiddenPca hiddenPca,
    @Nullable CrossAttentionSummary crossAttention) {

  /** Diagnostics of an arm without an encoded context. */
  public Diagnostics(
      @Nullable LogitsByDistance logitsByDistance,
      @Nullable EntropyByPosition entropy,
      @Nullable HiddenPca hiddenPca) {
    this(logitsByDistance, entropy, hiddenPca, null);
  }
}
