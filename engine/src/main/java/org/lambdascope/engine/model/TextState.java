package org.lambdascope.engine.model;

import org.lambdascope.engine.attention.AttentionDriver;
import org.lambdascope.engine.attention.AttentionShape;
import org.lambdascope.engine.attention.KeyValueRecord;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;

/** What one text has to itself while passes read it: keys and values, a position and a probe. */
final class TextState {

  private static final float[] NOTHING = {};

  private final AttentionDriver attention;
  private final AttentionShape shape;
  private final Probe probe;
  private final int maxChunk;
  private int position;

  // The one row of this text in a pass over several texts; made when there is such a pass.
  private float[] query = NOTHING;
  private float[] key = NOTHING;
  private float[] value = NOTHING;
  private float[] attended = NOTHING;

  TextState(AttentionDriver attention, AttentionShape shape, int maxChunk, Probe probe) {
    this.attention = attention;
    this.shape = shape;
    this.maxChunk = maxChunk;
    this.probe = probe;
  }

  int position() {
    return position;
  }

  void prepare(int count) {
    attention.prepare(position, count);
  }

  /** Attention where the rows of the pass are this text's. */
  void attend(int layer, float[] queries, float[] keys, float[] values, float[] out) {
    attention.attend(layer, queries, keys, values, out);
  }

  /** Attention where one row of the pass is. */
  void attendRow(int layer, int row, float[] queries, float[] keys, float[] values, float[] out) {
    int width = shape.heads() * shape.headDim();
    int keyWidth = shape.keyValueHeads() * shape.headDim();
    if (query.length == 0) {
      query = new float[width];
      key = new float[keyWidth];
      value = new float[keyWidth];
      attended = new float[width];
    }
    System.arraycopy(queries, row * width, query, 0, width);
    System.arraycopy(keys, row * keyWidth, key, 0, keyWidth);
    System.arraycopy(values, row * keyWidth, value, 0, keyWidth);
    attention.attend(layer, query, key, value, attended);
    System.arraycopy(attended, 0, out, row * width, width);
  }

  boolean wantsHidden(Tap tap, int layer) {
    return probe.wantsHidden(tap, layer);
  }

  /** Shows the probe {@code count} rows {@code [·, width]} from {@code row} on. */
  void offer(Tap tap, int layer, int row, int count, float[] values, int width) {
    if (probe.wantsHidden(tap, layer)) {
      probe.hidden(tap, layer, position, count, values, row * width, width);
    }
  }

  void advance(int tokens) {
    position += tokens;
  }

  void assume(int tokens) {
    attention.assume(position, tokens);
    position += tokens;
  }

  void restore(KeyValueRecord recorded, int to) {
    attention.restore(recorded, position, to, maxChunk);
    position = to;
  }

  long cacheBytes() {
    return attention.cacheBytes();
  }

  void reset() {
    // The cache's old rows need no clearing: no later query sees a row that it has not rewritten.
    position = 0;
  }
}
