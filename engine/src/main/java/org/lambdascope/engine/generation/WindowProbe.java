package org.lambdascope.engine.generation;

import org.lambdascope.engine.attention.AttentionRow;
import org.lambdascope.engine.attention.Branch;
import org.lambdascope.engine.attention.LogitTile;
import org.lambdascope.engine.attention.SoftmaxRow;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;

/**
 * Gives a probe positions in the text while a decoder counts from the start of a window, and leaves
 * out rows that an earlier window has offered.
 */
final class WindowProbe implements Probe {

  private final Probe target;
  private int start;
  private int firstNew;
  private int firstChunk;

  WindowProbe(Probe target) {
    this.target = target;
  }

  /**
   * Moves the window.
   *
   * @param start text position of the window's first token
   * @param firstNew first text position that was not offered before
   */
  void window(int start, int firstNew) {
    this.start = start;
    this.firstNew = firstNew;
  }

  /**
   * Changes the encoded context.
   *
   * @param firstChunk what its first chunk is called
   */
  void context(int firstChunk) {
    this.firstChunk = firstChunk;
  }

  @Override
  public boolean wantsAttention(int layer) {
    return target.wantsAttention(layer);
  }

  @Override
  public boolean wantsStatistics(int layer) {
    return target.wantsStatistics(layer);
  }

  @Override
  public void logits(int layer, int head, LogitTile tile) {
    target.logits(layer, head, tile.later(start));
  }

  @Override
  public void softmax(int layer, int head, SoftmaxRow row) {
    target.softmax(layer, head, new ShiftedSums(row, start));
  }

  @Override
  public boolean wantsQuery(int query) {
    return start + query >= firstNew && target.wantsQuery(start + query);
  }

  @Override
  public void attention(int layer, int head, AttentionRow row) {
    target.attention(layer, head, new Shifted(row, start));
  }

  @Override
  public void attentionEnded(int layer, int head) {
    target.attentionEnded(layer, head);
  }

  @Override
  public boolean wantsHidden(Tap tap, int layer) {
    return target.wantsHidden(tap, layer);
  }

  @Override
  public void hidden(
      Tap tap, int layer, int firstPosition, int rows, float[] values, int offset, int width) {
    int known = Math.max(0, firstNew - (start + firstPosition));
    if (known < rows) {
      target.hidden(
          tap,
          layer,
          start + firstPosition + known,
          rows - known,
          values,
          offset + known * width,
          width);
    }
  }

  @Override
  public boolean wantsCrossAttention(int layer) {
    return target.wantsCrossAttention(layer);
  }

  @Override
  public void crossAttention(int layer, int head, int query, int chunk, double share) {
    if (wantsQuery(query)) {
      target.crossAttention(layer, head, start + query, firstChunk + chunk, share);
    }
  }

  /** The same with positions that are counted from the start of the text. */
  private static class ShiftedSums implements SoftmaxRow {
    private final SoftmaxRow sums;
    final int start;

    ShiftedSums(SoftmaxRow sums, int start) {
      this.sums = sums;
      this.start = start;
    }

    @Override
    public int query() {
      return start + sums.query();
    }

    @Override
    public int visibleKeys() {
      return sums.visibleKeys();
    }

    @Override
    public float maxLogit() {
      return sums.maxLogit();
    }

    @Override
    public float weightSum() {
      return sums.weightSum();
    }

    @Override
    public double weightedLogits() {
      return sums.weightedLogits();
    }
  }

  private static final class Shifted extends ShiftedSums implements AttentionRow {
    private final AttentionRow row;

    Shifted(AttentionRow row, int start) {
      super(row, start);
      this.row = row;
    }

    @Override
    public int runs() {
      return row.runs();
    }

    @Override
    public int keyFrom(int run) {
      return start + row.keyFrom(run);
    }

    @Override
    public int length(int run) {
      return row.length(run);
    }

    @Override
    public Branch branch(int run) {
      return row.branch(run);
    }

    @Override
    public int index(int run) {
      return row.index(run);
    }

    @Override
    public float[] logits() {
      return row.logits();
    }

    @Override
    public float[] weights() {
      return row.weights();
    }
  }
}
