package org.lambdascope.engine.probe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.AttentionRow;

/**
 * Keeps everything about one query: its residual stream after every layer, the attention of every
 * head by distance, and, to see where it stands among other tokens, one layer's output at many
 * positions.
 */
public final class TokenCollector implements Probe {

  /** Initial positions that are always kept: they sit apart from the others. */
  private static final int INITIAL = 16;

  private final int query;
  private final int origin;
  private final int layers;
  private final int heads;
  private final int width;
  private final int stateLayer;
  private final int stride;
  private final float[] residuals;
  private final HeadAttention[] attention;
  private final int[] positions;
  private final float[] states;
  private int kept;

  /**
   * Makes room.
   *
   * @param query position of the query in the text
   * @param origin position in the text of what the decoder calls 0
   * @param layers decoder layers
   * @param heads query heads per layer
   * @param width of the residual stream
   * @param stateLayer decoder layer, from 0, whose output is kept at many positions
   * @param mostStates the most positions that it is kept at
   */
  public TokenCollector(
      int query, int origin, int layers, int heads, int width, int stateLayer, int mostStates) {
    this.query = query;
    this.origin = origin;
    this.layers = layers;
    this.heads = heads;
    this.width = width;
    this.stateLayer = stateLayer;
    int rows = query - origin + 1;
    this.stride = Math.max(1, Math.ceilDiv(rows, Math.max(1, mostStates - INITIAL - 1)));
    int most = stride == 1 ? rows + 1 : Math.ceilDiv(rows, stride) + INITIAL + 1;
    this.residuals = new float[(layers + 1) * width];
    this.attention = new HeadAttention[layers * heads];
    this.positions = new int[most + 1];
    this.states = new float[CaptureOptions.entries("hidden states", most + 1, width, 1)];
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
    int place = position - origin;
    boolean wanted = place < INITIAL || place % stride == 0 || position == query;
    if (wanted && position <= query && kept < positions.length) {
      positions[kept] = position;
      System.arraycopy(values, offset, states, kept * width, width);
      kept++;
    }
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

  /** Positions of the states that were kept, ascending. */
  public int[] positions() {
    return Arrays.copyOf(positions, kept);
  }

  /**
   * The states that were kept.
   *
   * @return {@code [positions, width]}
   */
  public float[] states() {
    return Arrays.copyOf(states, kept * width);
  }

  /**
   * Their first two principal components; null where there are too few, or they hold NaN or
   * infinities.
   */
  public @Nullable HiddenPca pca() {
    return PrincipalComponents.fit(stateLayer, states, kept, width);
  }
}
