package org.lambdascope.engine.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * What BLEU needs to know of hypotheses and references. Counts of parts add up to those of the
 * whole, so that a corpus can be counted in pieces.
 *
 * @param hypothesisLength tokens in the hypotheses
 * @param referenceLength tokens in the references; of several, the one nearest in length, the
 *     shorter of two that are equally near
 * @param matches clipped n-gram matches by order, {@code [4]}, entry 0 for single tokens
 * @param totals n-grams in the hypotheses by order, {@code [4]}
 */
public record BleuCounts(
    long hypothesisLength, long referenceLength, List<Long> matches, List<Long> totals) {

  /** The longest n-grams. */
  public static final int ORDERS = 4;

  /** Of nothing at all. */
  public static final BleuCounts ZERO =
      new BleuCounts(0, 0, List.of(0L, 0L, 0L, 0L), List.of(0L, 0L, 0L, 0L));

  public BleuCounts {
    matches = List.copyOf(matches);
    totals = List.copyOf(totals);
    if (matches.size() != ORDERS || totals.size() != ORDERS) {
      throw new IllegalArgumentException(
          "BLEU counts: expected %d orders, found %d and %d"
              .formatted(ORDERS, matches.size(), totals.size()));
    }
  }

  static BleuCounts of(List<String> hypothesis, List<List<String>> references) {
    Long[] matches = new Long[ORDERS];
    Long[] totals = new Long[ORDERS];
    for (int n = 1; n <= ORDERS; n++) {
      NGrams found = NGrams.of(hypothesis, n);
      NGrams known = NGrams.of(references.getFirst(), n);
      for (List<String> reference : references.subList(1, references.size())) {
        known.raiseTo(NGrams.of(reference, n));
      }
      matches[n - 1] = found.matches(known);
      totals[n - 1] = found.total();
    }
    return new BleuCounts(
        hypothesis.size(),
        nearest(hypothesis.size(), references),
        Arrays.asList(matches),
        Arrays.asList(totals));
  }

  private static int nearest(int length, List<List<String>> references) {
    int nearest = references.getFirst().size();
    for (List<String> reference : references) {
      int difference = Math.abs(reference.size() - length) - Math.abs(nearest - length);
      if (difference < 0 || (difference == 0 && reference.size() < nearest)) {
        nearest = reference.size();
      }
    }
    return nearest;
  }

  /** The counts of both. */
  public BleuCounts plus(BleuCounts other) {
    Long[] bothMatches = new Long[ORDERS];
    Long[] bothTotals = new Long[ORDERS];
    for (int n = 0; n < ORDERS; n++) {
      bothMatches[n] = matches.get(n) + other.matches.get(n);
      bothTotals[n] = totals.get(n) + other.totals.get(n);
    }
    return new BleuCounts(
        hypothesisLength + other.hypothesisLength,
        referenceLength + other.referenceLength,
        Arrays.asList(bothMatches),
        Arrays.asList(bothTotals));
  }
}
