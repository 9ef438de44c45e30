package org.lambdascope.app.figure;

import java.util.Arrays;

/**
 * Thins a dense series without lying: of every column the first, least, greatest and last points
 * stay, in their order, so that the line covers the same pixels (M4 aggregation, Jugel et al., VLDB
 * 2014). Gaps stay gaps.
 */
final class Envelope {

  private Envelope() {}

  /**
   * Indices that stay.
   *
   * @param x ascending places on the page, in columns
   * @param y ordinates; NaN is a gap
   * @param width of the page, in columns; what lies outside of {@code [0, width]} hides nothing
   *     that lies inside: it has a column of its own on either side
   * @return ascending indices, at most four per column plus one per run of gaps
   */
  static int[] indices(double[] x, double[] y, double width) {
    int[] kept = new int[Math.min(x.length, 16)];
    int n = 0;
    int i = 0;
    while (i < x.length) {
      int start = i;
      if (isGap(x, y, i)) {
        while (i < x.length && isGap(x, y, i)) {
          i++;
        }
        kept = append(kept, n++, start);
        continue;
      }
      int column = column(x[i], width);
      int least = i;
      int greatest = i;
      while (i < x.length && !isGap(x, y, i) && column(x[i], width) == column) {
        least = y[i] < y[least] ? i : least;
        greatest = y[i] > y[greatest] ? i : greatest;
        i++;
      }
      int previous = -1;
      int[] candidates = {start, Math.min(least, greatest), Math.max(least, greatest), i - 1};
      for (int c : candidates) {
        if (c != previous) {
          kept = append(kept, n++, c);
          previous = c;
        }
      }
    }
    return Arrays.copyOf(kept, n);
  }

  private static boolean isGap(double[] x, double[] y, int i) {
    return !Double.isFinite(x[i]) || !Double.isFinite(y[i]);
  }

  private static int column(double x, double width) {
    int last = Math.max(1, (int) Math.ceil(width)) - 1;
    if (x < 0) {
      return -1;
    }
    return x > width ? last + 1 : Math.min((int) x, last);
  }

  private static int[] append(int[] kept, int n, int index) {
    int[] room = n < kept.length ? kept : Arrays.copyOf(kept, kept.length * 2);
    room[n] = index;
    return room;
  }
}
