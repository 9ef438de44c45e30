package org.lambdascope.engine.experiment;

import org.lambdascope.engine.attention.AttentionRow;
import org.lambdascope.engine.attention.KeyValueRecord;
import org.lambdascope.engine.attention.LogitTile;
import org.lambdascope.engine.attention.SoftmaxRow;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;

/** Records keys and values; all else goes to another probe. */
record RecordingProbe(Probe target, KeyValueRecord record) implements Probe {

  @Override
  public boolean wantsKeys(int layer) {
    return true;
  }

  @Override
  public void keys(int layer, int firstPosition, int count, float[] key, float[] value) {
    record.write(layer, firstPosition, count, key, value);
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
    target.logits(layer, head, tile);
  }

  @Override
  public void softmax(int layer, int head, SoftmaxRow row) {
    target.softmax(layer, head, row);
  }

  @Override
  public boolean wantsQuery(int query) {
    return target.wantsQuery(query);
  }

  @Override
  public void attention(int layer, int head, AttentionRow row) {
    target.attention(layer, head, row);
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
    target.hidden(tap, layer, firstPosition, rows, values, offset, width);
  }

  @Override
  public boolean wantsCrossAttention(int layer) {
    return target.wantsCrossAttention(layer);
  }

  @Override
  public void crossAttention(int layer, int head, int query, int chunk, double share) {
    target.crossAttention(layer, head, query, chunk, share);
  }
}
