package org.lambdascope.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Position ranges that double, so that every scale of a long text has its row. */
final class PositionBuckets {

  private static final int[] FIRST_EDGES = {0, 64, 256, 512};

  private PositionBuckets() {}

  /** One range of positions: {@code from ≤ i < to}. */
  record Bucket(int from, int to) {

    /** Such as {@code 512–1k}. */
    String label() {
      return edge(from) + "–" + edge(to);
    }

    private static String edge(int position) {
      return position >= 1024 && position % 1024 == 0
          ? position / 1024 + "k"
          : Integer.toString(position);
    }
  }

  /** The ranges that {@code positions} positions reach. */
  static List<Bucket> of(int positions) {
    List<Bucket> out = new ArrayList<>();
    int from = 0;
    for (int i = 1; from < positions; i++) {
      long to = i < FIRST_EDGES.length ? FIRST_EDGES[i] : 2L * from;
      out.add(new Bucket(from, (int) Math.min(to, Integer.MAX_VALUE)));
      from = out.getLast().to();
      if (from == Integer.MAX_VALUE) {
        break;
      }
    }
    return out;
  }
}
