package org.lambdascope.engine.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Names that resemble a missing one, by edit distance. */
final class NearestNames {

  private static final int SHOWN = 3;

  private record Candidate(String name, int distance) {}

  private NearestNames() {}

  /** Such as {@code 48 others, the nearest "a", "b"}; says so if there are none at all. */
  static String describe(String wanted, Collection<String> names) {
    if (names.isEmpty()) {
      return "no tensors at all";
    }
    List<Candidate> candidates = new ArrayList<>(names.size());
    for (String name : names) {
      candidates.add(new Candidate(name, distance(wanted, name)));
    }
    candidates.sort(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name));
    return "%d other%s, the nearest: %s"
        .formatted(
            names.size(),
            names.size() == 1 ? "" : "s",
            candidates.stream()
                .limit(SHOWN)
                .map(c -> Quoted.of(c.name()))
                .collect(Collectors.joining(", ")));
  }

  /** Levenshtein's distance, on the first 128 characters of each name. */
  static int distance(String a, String b) {
    // Names in a malformed file can be megabytes long, and the distance is quadratic.
    int n = Math.min(a.length(), 128);
    int m = Math.min(b.length(), 128);
    int[] row = new int[m + 1];
    for (int j = 0; j <= m; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= n; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= m; j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[m];
  }
}
