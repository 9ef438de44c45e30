package org.lambdascope.engine.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each run of n tokens occurs. */
final class NGrams {

  private final Map<List<String>, Long> counts = new HashMap<>();

  private NGrams() {}

  static NGrams of(List<String> tokens, int n) {
    NGrams grams = new NGrams();
    for (int i = 0; i + n <= tokens.size(); i++) {
      grams.counts.merge(tokens.subList(i, i + n), 1L, Long::sum);
    }
    return grams;
  }

  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Occurrences here that also occur there, each there counted once. */
  long matches(NGrams other) {
    long sum = 0;
    for (Map.Entry<List<String>, Long> gram : counts.entrySet()) {
      sum += Math.min(gram.getValue(), other.counts.getOrDefault(gram.getKey(), 0L));
    }
    return sum;
  }

  /** Takes the greater count of both. */
  void raiseTo(NGrams other) {
    other.counts.forEach((gram, count) -> counts.merge(gram, count, Math::max));
  }
}
