package org.lambdascope.engine.generation;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/**
 * The {@code truncate} arm: windows of {@code local} tokens, each re-encoded from position 0.
 *
 * <p>Scoring steps the window by {@code stride}, as sliding-window perplexity is defined: row
 * {@code i} comes from the first window {@code [k·stride, k·stride + local)} that holds {@code i}
 * and {@code i + 1}. So only the first {@code local − 1} rows see less than {@code local − stride}
 * tokens. Generation re-encodes the last {@code local} tokens at each step.
 */
public final class TruncatingSession extends WindowedSession {

  private final DecoderSession session;
  private final WindowProbe probe;
  private final LogitRows rows;
  private final int local;
  private final int stride;
  private final int chunk;
  private final float[] logits;
  private int probed;

  /**
   * Starts a session.
   *
   * @param local tokens per window, at least 2
   * @param stride step of the window when scoring, {@code 1 ≤ stride < local}
   * @param chunk tokens per forward pass
   */
  public TruncatingSession(Decoder decoder, int local, int stride, int chunk, Probe probe) {
    if (local < 2 || stride < 1 || stride >= local) {
      throw new IllegalArgumentException(
          "expected local ≥ 2 and 1 ≤ stride < local, found local=%d, stride=%d"
              .formatted(local, stride));
    }
    this.probe = new WindowProbe(probe);
    this.chunk = Math.min(chunk, local);
    this.session =
        decoder.newSession(
            ContextPolicies.vanilla(decoder.config().slidingWindow()), this.chunk, this.probe);
    this.rows = new LogitRows(session, decoder.config().vocabularySize());
    this.local = local;
    this.stride = stride;
    this.logits = new float[decoder.config().vocabularySize()];
  }

  @Override
  void scoreWindow(LogitsSink sink, Cancellation cancellation) {
    int start = windowStart(local, stride, scored);
    // The last row's successor ends the window.
    encode(start, Math.min(start + local - 1, length), sink, cancellation);
  }

  /**
   * Where the scoring window of a row begins: the first window that holds the row and its
   * successor.
   *
   * @param local tokens per window
   * @param stride step of the window
   * @param row the row's position in the text
   */
  public static int windowStart(int local, int stride, int row) {
    return Math.max(0, Math.ceilDiv(row + 2 - local, stride)) * stride;
  }

  /**
   * Where the window begins that generation goes on from.
   *
   * @param local tokens per window
   * @param length tokens so far
   */
  public static int generationStart(int local, int length) {
    return Math.max(0, length - local);
  }

  /**
   * Encodes {@code [start, end)} from position 0. The probe hears of rows that it has not heard of,
   * and the sink takes those from {@code scored} on.
   */
  private void encode(int start, int end, @Nullable LogitsSink sink, Cancellation cancellation) {
    session.reset();
    for (int begin = start; begin < end; begin += chunk) {
      int count = Math.min(chunk, end - begin);
      probe.window(start, probed);
      session.forward(text, begin, count, cancellation);
      probed = Math.max(probed, begin + count);
      bytes = Math.max(bytes, session.cacheBytes());
      if (sink != null && scored < begin + count) {
        rows.offer(scored - begin, count, scored, sink);
        scored = begin + count;
      }
    }
  }

  @Override
  float[] readWindow(Cancellation cancellation) {
    int start = generationStart(local, length);
    encode(start, length, null, cancellation);
    session.logits((length - start - 1) % chunk, 1, logits, 0);
    return logits;
  }
}
