package org.lambdascope.engine.metrics;

import java.util.List;

/**
 * A BLEU score with what it is made of.
 *
 * @param score 0 to 100
 * @param precisions by order, smoothed, 0 to 100, {@code [4]}
 * @param brevityPenalty 0 to 1
 * @param counts what was counted
 * @param signature how it was computed, in sacreBLEU's words
 */
public record BleuScore(
    double score,
    List<Double> precisions,
    double brevityPenalty,
    BleuCounts counts,
    String signature) {

  public BleuScore {
    precisions = List.copyOf(precisions);
  }
}
