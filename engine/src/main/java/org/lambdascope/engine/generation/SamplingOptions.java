package org.lambdascope.engine.generation;

/**
 * How the next token is chosen. Filters apply in this order: repetition penalty, temperature,
 * top-k, top-p, min-p.
 *
 * @param temperature divides the logits; 0 is greedy: the highest logit, the lowest id on ties
 * @param topK keep the k highest; 0 keeps all
 * @param topP keep the least set of highest probabilities whose sum reaches p; 1 keeps all
 * @param minP keep probabilities of at least p times the highest; 0 keeps all
 * @param repetitionPenalty for ids already in the text: divides positive logits, multiplies
 *     negative ones (CTRL, arXiv 1909.05858 §4.1); 1 leaves them alone
 * @param seed seed of the generator; the same seed gives the same text
 */
public record SamplingOptions(
    double temperature, int topK, double topP, double minP, double repetitionPenalty, long seed) {

  /** Greedy decoding. */
  public static final SamplingOptions GREEDY = new SamplingOptions(0, 0, 1, 0, 1, 0);

  public SamplingOptions {
    require(temperature >= 0 && Double.isFinite(temperature), "temperature", "≥ 0", temperature);
    require(topK >= 0, "top-k", "≥ 0", topK);
    require(topP > 0 && topP <= 1, "top-p", "in (0, 1]", topP);
    require(minP >= 0 && minP < 1, "min-p", "in [0, 1)", minP);
    require(
        repetitionPenalty > 0 && Double.isFinite(repetitionPenalty),
        "repetition-penalty",
        "> 0",
        repetitionPenalty);
  }

  private static void require(boolean holds, String name, String expected, double found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: expected a number %s, found %s".formatted(name, expected, found));
    }
  }
}
