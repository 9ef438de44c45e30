package org.lambdascope.engine.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * BLEU of up to 4-grams (Papineni et al., ACL 2002), with sacreBLEU's (Post, WMT 2018)
 * tokenisations, smoothing and treatment of edge cases. Case is kept.
 *
 * @param tokenisation how texts are cut
 * @param smoothing what is done about orders without matches
 * @param effectiveOrder whether orders that the hypothesis is too short for are left out of the
 *     mean, rather than making the score 0; for scores of single sentences
 */
public record Bleu(
    BleuTokenisation tokenisation, BleuSmoothing smoothing, boolean effectiveOrder) {

  /** sacreBLEU's default for a corpus: {@code tok:13a|smooth:exp|eff:no}. */
  public static final Bleu CORPUS = new Bleu(BleuTokenisation.V13A, BleuSmoothing.EXP, false);

  /** sacreBLEU's default for a sentence: {@code tok:13a|smooth:exp|eff:yes}. */
  public static final Bleu SENTENCE = new Bleu(BleuTokenisation.V13A, BleuSmoothing.EXP, true);

  /** A precision of 0 in the geometric mean, as sacreBLEU has it: far enough down to give 0. */
  private static final double LOG_OF_ZERO = -9_999_999_999.0;

  /**
   * The score of one hypothesis.
   *
   * @param references at least one
   */
  public BleuScore sentence(String hypothesis, List<String> references) {
    return score(count(hypothesis, references), Integer.toString(references.size()));
  }

  /**
   * The score of a corpus: counts are added up, not scores averaged.
   *
   * @param hypotheses texts
   * @param references for each hypothesis, at least one
   */
  public BleuScore corpus(List<String> hypotheses, List<List<String>> references) {
    if (hypotheses.isEmpty() || references.size() != hypotheses.size()) {
      throw new IllegalArgumentException(
          "BLEU: expected as many hypotheses as references and at least one, found %d and %d"
              .formatted(hypotheses.size(), references.size()));
    }
    BleuCounts sum = BleuCounts.ZERO;
    for (int i = 0; i < hypotheses.size(); i++) {
      sum = sum.plus(count(hypotheses.get(i), references.get(i)));
    }
    long different = references.stream().mapToInt(List::size).distinct().count();
    return score(sum, different == 1 ? Integer.toString(references.getFirst().size()) : "var");
  }

  /**
   * The counts of one hypothesis, which may be stored and added up.
   *
   * @param references at least one
   */
  public BleuCounts count(String hypothesis, List<String> references) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("BLEU: expected at least 1 reference, found none");
    }
    return BleuCounts.of(
        tokenisation.tokens(hypothesis), references.stream().map(tokenisation::tokens).toList());
  }

  /**
   * The score of counts.
   *
   * @param references per hypothesis, for the signature; {@code var} where their number varies
   */
  public BleuScore score(BleuCounts counts, String references) {
    Double[] precisions = new Double[BleuCounts.ORDERS];
    Arrays.fill(precisions, 0.0);
    double brevityPenalty = brevityPenalty(counts.hypothesisLength(), counts.referenceLength());
    boolean matched = counts.matches().stream().anyMatch(m -> m > 0);
    double score = matched ? brevityPenalty * mean(counts, precisions) : 0;
    return new BleuScore(
        score, Arrays.asList(precisions), brevityPenalty, counts, signature(references));
  }

  /** The geometric mean of the precisions, which are written into {@code precisions}. */
  private double mean(BleuCounts counts, Double[] precisions) {
    double emptyOrder = 1;
    int orders = BleuCounts.ORDERS;
    for (int n = 0; n < BleuCounts.ORDERS; n++) {
      double added =
          smoothing.method() == BleuSmoothing.Method.ADD_K && n > 0 ? smoothing.value() : 0;
      double matches = counts.matches().get(n) + added;
      double total = counts.totals().get(n) + added;
      if (total == 0) {
        break;
      }
      orders = effectiveOrder ? n + 1 : orders;
      if (matches == 0) {
        switch (smoothing.method()) {
          case EXP -> {
            emptyOrder /= 2;
            matches = emptyOrder;
          }
          case FLOOR -> matches = smoothing.value();
          case ADD_K, NONE -> {}
        }
      }
      precisions[n] = 100 * matches / total;
    }
    double logs = 0;
    for (int n = 0; n < orders; n++) {
      logs += precisions[n] > 0 ? Math.log(precisions[n]) : LOG_OF_ZERO;
    }
    return Math.exp(logs / orders);
  }

  private static double brevityPenalty(long hypothesis, long reference) {
    if (hypothesis >= reference) {
      return 1;
    }
    return hypothesis > 0 ? Math.exp(1 - (double) reference / hypothesis) : 0;
  }

  /**
   * How it is computed, in sacreBLEU's words and order, such as {@code
   * nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp}; without a version, which is the program's.
   */
  public String signature(String references) {
    return String.format(
        Locale.ROOT,
        "nrefs:%s|case:mixed|eff:%s|tok:%s|smooth:%s",
        references,
        effectiveOrder ? "yes" : "no",
        tokenisation.id(),
        smoothing);
  }
}
