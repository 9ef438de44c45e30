package org.lambdascope.engine.experiment;

import java.util.Arrays;
import org.lambdascope.engine.attention.AttentionRow;
import org.lambdascope.engine.attention.Branch;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.ContextPolicy.VisibleRun;
import org.lambdascope.engine.attention.DistanceRule;
import org.lambdascope.engine.generation.CachedSession;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.generation.EncodedContextSession;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/** Recomputes exact attention rows when they are looked at; nothing of size n² is ever stored. */
public final class AttentionTiles {

  private static final int CHUNK = 256;

  private AttentionTiles() {}

  /**
   * The attention of one query in the window that it is scored in.
   *
   * @param tokens the text; only ids up to the query are read
   * @param layer decoder layer, from 0
   * @param head query head, from 0
   * @param query position of the query in the text
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  public static AttentionTile row(
      Decoder decoder,
      Arm arm,
      int[] tokens,
      int layer,
      int head,
      int query,
      Cancellation cancellation) {
    return row(decoder, arm, tokens, layer, head, query, TextWindows.SCORING, cancellation);
  }

  /** As above, in one of the windows that the arm reads the query in. */
  public static AttentionTile row(
      Decoder decoder,
      Arm arm,
      int[] tokens,
      int layer,
      int head,
      int query,
      TextWindows windows,
      Cancellation cancellation) {
    ModelConfig config = decoder.config();
    require("layer", layer, config.layers());
    require("head", head, config.heads());
    require("query", query, tokens.length);
    if (arm.kind() == ArmKind.REPLUG) {
      throw new IllegalArgumentException(
          "replug: a query has an attention per passage; there is no single row to show");
    }
    int start = windows.start(arm, query, config.bosId() >= 0);
    if (arm.kind().needsEncoder()) {
      return encodedRow(decoder, arm, tokens, layer, head, start, query, cancellation);
    }
    int[] window = Arrays.copyOfRange(tokens, start, query + 1);
    Capture capture = new Capture(layer, head, query - start);
    ContextPolicy policy = arm.policy(config.slidingWindow());
    new CachedSession(decoder, policy, CHUNK, capture)
        .feed(window, 0, window.length, null, cancellation);
    return capture.tile(policy, start);
  }

  /** The window's own keys; the encoder's have no positions. */
  private static AttentionTile encodedRow(
      Decoder decoder,
      Arm arm,
      int[] tokens,
      int layer,
      int head,
      int start,
      int query,
      Cancellation cancellation) {
    Capture capture = new Capture(layer, head, query);
    ContextSession session =
        ArmSessions.start(decoder, arm, Math.min(CHUNK, arm.get("window")), capture);
    if (session instanceof EncodedContextSession encoded) {
      encoded.readRow(tokens, start, query, cancellation);
    }
    return capture.tile(arm.policy(), 0);
  }

  private static void require(String name, int value, int limit) {
    if (value < 0 || value >= limit) {
      throw new IllegalArgumentException(
          "%s: expected 0 to %d, found %d".formatted(name, limit - 1, value));
    }
  }

  private static final class Capture implements Probe {
    private final int layer;
    private final int head;
    private final int query;
    private int[] keys = {};
    private float[] logits = {};
    private float[] probabilities = {};

    Capture(int layer, int head, int query) {
      this.layer = layer;
      this.head = head;
      this.query = query;
    }

    @Override
    public boolean wantsAttention(int layer) {
      return layer == this.layer;
    }

    @Override
    public boolean wantsQuery(int query) {
      return query == this.query;
    }

    @Override
    public void attention(int layer, int head, AttentionRow row) {
      if (head != this.head) {
        return;
      }
      Integer[] order = new Integer[row.runs()];
      Arrays.setAll(order, r -> r);
      Arrays.sort(order, (a, b) -> Integer.compare(row.keyFrom(a), row.keyFrom(b)));
      int n = row.visibleKeys();
      keys = new int[n];
      logits = new float[n];
      probabilities = new float[n];
      int k = 0;
      for (int r : order) {
        for (int i = 0; i < row.length(r); i++, k++) {
          keys[k] = row.keyFrom(r) + i;
          logits[k] = row.logits()[row.index(r) + i];
          probabilities[k] = row.weights()[row.index(r) + i] / row.weightSum();
        }
      }
    }

    AttentionTile tile(ContextPolicy policy, int start) {
      double[] distances = new double[keys.length];
      boolean[] global = new boolean[keys.length];
      DistanceRule retrieved = policy.retrieval().candidates().distance();
      Arrays.setAll(distances, k -> retrieved.effectiveDistance(query, keys[k]));
      for (VisibleRun run : policy.visible(query)) {
        for (int k = 0; k < keys.length; k++) {
          if (keys[k] >= run.from() && keys[k] < run.to()) {
            distances[k] = run.distance().effectiveDistance(query, keys[k]);
            global[k] = run.branch() == Branch.GLOBAL;
          }
        }
      }
      int[] positions = new int[keys.length];
      Arrays.setAll(positions, k -> start + keys[k]);
      return new AttentionTile(
          layer, head, start + query, positions, distances, global, logits, probabilities);
    }
  }
}
