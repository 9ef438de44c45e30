package org.lambdascope.engine.generation;

import org.lambdascope.engine.generation.ContextSession.LogitsSink;
import org.lambdascope.engine.model.DecoderSession;

/** Hands rows of logits on, a few at a time, so that large vocabularies stay in bounds. */
final class LogitRows {

  /** Logits that are held at a time: 8 MiB. */
  private static final int LOGITS = 1 << 21;

  private final DecoderSession session;
  private final int vocabulary;
  private float[] tile = {};

  LogitRows(DecoderSession session, int vocabulary) {
    this.session = session;
    this.vocabulary = vocabulary;
  }

  /**
   * Offers rows of the session's last forward pass.
   *
   * @param from first row
   * @param to one past the last row
   * @param position what the first row's position is called
   */
  void offer(int from, int to, int position, LogitsSink sink) {
    int rows = Math.clamp(LOGITS / vocabulary, 1, Math.max(1, to - from));
    if (tile.length < rows * vocabulary) {
      tile = new float[rows * vocabulary];
    }
    for (int row = from; row < to; row += rows) {
      int n = Math.min(rows, to - row);
      session.logits(row, n, tile, 0);
      for (int r = 0; r < n; r++) {
        sink.accept(position + (row - from) + r, tile, r * vocabulary);
      }
    }
  }
}
