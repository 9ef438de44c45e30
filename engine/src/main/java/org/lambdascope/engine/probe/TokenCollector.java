package org.lambdascope.engine.probe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.AttentionRow;

/**
 * Keeps everything about one query: its residual stream after every layer, the attention of every
 * head by distance, and, to see where it stands among other tokens, one layer's output at all
 * positions that there is room for, and a sample of them that is small enough to be projected.
 */
public final class TokenCollector implements Probe {

  /** Initial positions that are always kept: they sit apart from the others. */
  private static final int INITIAL = 16;

  /** The most numbers that states take, 128 MiB, unless that is said. */
  private static final int MOST_NUMBERS = 1 << 25;

  private final int query;
  private final int origin;
  private final int layers;
  private final int heads;
  private final int width;
  private final int stateLayer;
  private final int mostSampled;
  private final int mostNumbers;
  private final float[] residuals;
  private final HeadAttention[] attention;
  private int kept = 1; // of so many positions one is kept
  private int sampled = 1; // of so many one is in the sample; a multiple
  private int[] positions = {};
  private float[] states = {};
  private int rows;
  private int seen;

  /**
   * Makes room for 128 MiB of states at most.
   *
   * @param query position of the query in the text
   * @param origin position in the text of what the decoder calls 0
   * @param layers decoder layers
   * @param heads query heads per layer
   * @param width of the residual stream
   * @param stateLayer decoder layer, from 0, whose output is kept
   * @param mostSampled the most positions in the sample
   */
  public TokenCollector(
      int query, int origin, int layers, int heads, int width, int stateLayer, int mostSampled) {
    this(query, origin, layers, heads, width, stateLayer, mostSampled, MOST_NUMBERS);
  }

  TokenCollector(
      int query,
      int origin,
      int layers,
      int heads,
      int width,
      int stateLayer,
      int mostSampled,
      int mostNumbers) {
    this.query = query;
    this.origin = origin;
    this.layers = layers;
    this.heads = heads;
    this.width = width;
    this.stateLayer = stateLayer;
    this.mostSampled = mostSampled;
    this.mostNumbers = mostNumbers;
    this.residuals = new float[(layers + 1) * width];
    this.attention = new HeadAttention[layers * heads];
  }

  /** Makes room for the states from the first that is offered on. */
  private void begin(int first) {
    int all = query - first + 1;
    kept = every(all, mostNumbers / width);
    sampled = Math.ceilDiv(every(all, mostSampled), kept) * kept;
    int most = Math.min(all, Math.ceilDiv(all, kept) + INITIAL + 1);
    positions = new int[most];
    positions[0] = first;
    states = new float[CaptureOptions.entries("hidden states", most, width, 1)];
  }

  /** Of how many of so many positions one is taken, so that at most {@code room} are. */
  private static int every(int positions, int room) {
    return positions <= room ? 1 : Math.ceilDiv(positions, Math.max(1, room - INITIAL - 1));
  }

  @Override
  public boolean wantsHidden(Tap tap, int layer) {
    return tap == Tap.EMBEDDING || tap == Tap.LAYER_OUTPUT;
  }

  @Override
  public void hidden(
      Tap tap, int layer, int firstPosition, int rows, float[] values, int offset, int width) {
    int first = origin + firstPosition;
    if (first <= query && query < first + rows) {
      int depth = tap == Tap.EMBEDDING ? 0 : layer + 1;
      System.arraycopy(values, offset + (query - first) * width, residuals, depth * width, width);
    }
    if (tap == Tap.LAYER_OUTPUT && layer == stateLayer) {
      for (int r = 0; r < rows; r++) {
        keep(first + r, values, offset + r * width);
      }
    }
  }

  private void keep(int position, float[] values, int offset) {
    if (position > query) {
      return;
    }
    if (seen == 0) {
      begin(position);
    }
    seen++;
    if (isEvery(kept, position) && rows < positions.length) {
      positions[rows] = position;
      System.arraycopy(values, offset, states, rows * width, width);
      rows++;
    }
  }

  private boolean isEvery(int stride, int position) {
    int place = position - positions[0];
    return place < INITIAL || place % stride == 0 || position == query;
  }

  @Override
  public boolean wantsAttention(int layer) {
    return true;
  }

  @Override
  public boolean wantsQuery(int asked) {
    return origin + asked == query;
  }

  @Override
  public void attention(int layer, int head, AttentionRow row) {
    attention[layer * heads + head] = HeadAttention.of(row);
  }

  /**
   * The residual stream of the query.
   *
   * @return {@code [layers + 1, width]}: the embedding, then the output of every layer
   */
  public float[] residuals() {
    return residuals;
  }

  /**
   * The attention of the query.
   *
   * @return {@code [layers, heads]}
   */
  public HeadAttention[] attention() {
    return Arrays.copyOf(attention, layers * heads);
  }

  /** Positions of the states that were kept, ascending; the query's is the last. */
  public int[] positions() {
    return Arrays.copyOf(positions, rows);
  }

  /**
   * The states that were kept. Do not modify.
   *
   * @return {@code [positions, width]}, and room for more
   */
  public float[] states() {
    return states;
  }

  /** Positions up to the query whose states were offered; not all are kept of a long text. */
  public int seen() {
    return seen;
  }

  /** Positions of the sample, ascending; the query's is the last. */
  public int[] sample() {
    return Arrays.stream(positions, 0, rows).filter(p -> isEvery(sampled, p)).toArray();
  }

  /**
   * The first two principal components of the sample; null where it is too small, or holds NaN or
   * infinities.
   */
  public @Nullable HiddenPca pca() {
    float[] chosen = new float[sample().length * width];
    int n = 0;
    for (int row = 0; row < rows; row++) {
      if (isEvery(sampled, positions[row])) {
        System.arraycopy(states, row * width, chosen, n * width, width);
        n++;
      }
    }
    return PrincipalComponents.fit(stateLayer, chosen, n, width);
  }
}
