package org.lambdascope.app.figure;

/**
 * Which attention logits a panel shows.
 *
 * @param statistic of the logits in one distance bin
 * @param layer one layer, counted from 0, or {@link #ALL}
 * @param head one head, counted from 0, or {@link #ALL} for mean ± sd over heads
 */
public record LogitsView(Statistic statistic, int layer, int head) {

  /** All layers, or all heads. */
  public static final int ALL = -1;

  /** The paper's figure 1(a): last query, running maximum over distance, mean ± sd over heads. */
  public static final LogitsView PAPER = new LogitsView(Statistic.RUNNING_MAX, ALL, ALL);

  /** A statistic of one distance bin. */
  public enum Statistic {
    MEAN("mean over queries"),
    MAX("maximum over queries"),
    MIN("minimum over queries"),
    /** Of the last query alone, the greatest logit up to each distance. */
    RUNNING_MAX("last query, running maximum over distance");

    private final String words;

    Statistic(String words) {
      this.words = words;
    }

    /** For titles. */
    public String words() {
      return words;
    }
  }
}
