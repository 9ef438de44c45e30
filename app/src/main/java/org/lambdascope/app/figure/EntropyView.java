package org.lambdascope.app.figure;

/**
 * Which attention entropies a panel shows.
 *
 * @param layer one layer, counted from 0, or {@link LogitsView#ALL}
 * @param head one head, counted from 0, or {@link LogitsView#ALL} for the mean over heads
 */
public record EntropyView(int layer, int head) {

  /** Every layer, mean over heads. */
  public static final EntropyView ALL_LAYERS = new EntropyView(LogitsView.ALL, LogitsView.ALL);
}
