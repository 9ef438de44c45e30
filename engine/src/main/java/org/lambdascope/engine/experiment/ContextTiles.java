package org.lambdascope.engine.experiment;

import org.lambdascope.engine.generation.EncodedContextSession;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/** Recomputes what a query takes from an encoded context when it is looked at. */
public final class ContextTiles {

  private static final int PASS = 256;

  private ContextTiles() {}

  /**
   * What one query takes from the text before the window that it is scored in.
   *
   * @param arm with an encoder
   * @param tokens the text; only ids up to the query are read
   * @param query position of the query in the text
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public static ContextTile row(
      Decoder decoder, Arm arm, int[] tokens, int query, Cancellation cancellation) {
    return row(decoder, arm, tokens, query, TextWindows.SCORING, cancellation);
  }

  /** As above, before one of the windows that the arm reads the query in. */
  public static ContextTile row(
      Decoder decoder,
      Arm arm,
      int[] tokens,
      int query,
      TextWindows windows,
      Cancellation cancellation) {
    if (query < 0 || query >= tokens.length) {
      throw new IllegalArgumentException(
          "query: expected 0 to %d, found %d".formatted(tokens.length - 1, query));
    }
    ModelConfig config = decoder.config();
    int chunk = arm.get("chunk");
    int start = windows.start(arm, query, config.bosId() >= 0);
    int firstChunk = Math.ceilDiv(Math.max(0, start - arm.get("context")), chunk);
    int chunks = Math.ceilDiv(start, chunk) - firstChunk;
    Capture capture = new Capture(query, firstChunk, chunks, config);
    if (ArmSessions.start(decoder, arm, Math.min(PASS, arm.get("window")), capture)
        instanceof EncodedContextSession session) {
      session.readRow(tokens, start, query, cancellation);
    }
    return new ContextTile(
        query, firstChunk, chunks, config.layers(), config.heads(), capture.mass);
  }

  private static final class Capture implements Probe {
    private final int query;
    private final int firstChunk;
    private final int chunks;
    private final int heads;
    private final float[] mass;

    Capture(int query, int firstChunk, int chunks, ModelConfig config) {
      this.query = query;
      this.firstChunk = firstChunk;
      this.chunks = chunks;
      this.heads = config.heads();
      this.mass = new float[Math.multiplyExact(config.layers() * heads, chunks)];
    }

    @Override
    public boolean wantsCrossAttention(int layer) {
      return true;
    }

    @Override
    public boolean wantsQuery(int asked) {
      return asked == query;
    }

    @Override
    public void crossAttention(int layer, int head, int asked, int chunk, double share) {
      mass[(layer * heads + head) * chunks + chunk - firstChunk] += (float) share;
    }
  }
}
