package org.lambdascope.engine.generation;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.KeyValueRecord;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/** A session that reads every token once, through a key/value cache under a context policy. */
public final class CachedSession implements ContextSession {

  private final DecoderSession session;
  private final LogitRows rows;
  private final int chunk;
  private final float[] next;
  private int lastCount;
  private boolean nextKnown; // the logits of the last row were formed together with others'

  /**
   * Starts a session.
   *
   * @param chunk tokens per forward pass
   */
  public CachedSession(Decoder decoder, ContextPolicy policy, int chunk, Probe probe) {
    this.session = decoder.newSession(policy, chunk, probe);
    this.rows = new LogitRows(session, decoder.config().vocabularySize());
    this.chunk = chunk;
    this.next = new float[decoder.config().vocabularySize()];
  }

  @Override
  public int position() {
    return session.position();
  }

  @Override
  public void feed(
      int[] tokens, int from, int to, @Nullable LogitsSink sink, Cancellation cancellation) {
    if (from != session.position()) {
      throw new IllegalArgumentException(
          "expected to continue at position %d, found %d".formatted(session.position(), from));
    }
    for (int begin = from; begin < to; begin += chunk) {
      cancellation.check();
      int count = Math.min(chunk, to - begin);
      forget();
      session.forward(tokens, begin, count, cancellation);
      lastCount = count;
      if (sink != null) {
        rows.offer(0, count, begin, sink);
      }
    }
  }

  /**
   * Goes on as if positions had been read; see {@link DecoderSession#restore}. There are no {@link
   * #nextLogits} until more is fed.
   */
  public void restore(KeyValueRecord recorded, int to) {
    session.restore(recorded, to);
    forget();
  }

  /**
   * Goes on as if tokens had been read; see {@link DecoderSession#assume}. There are no {@link
   * #nextLogits} until more is fed.
   */
  public void assume(int count) {
    session.assume(count);
    forget();
  }

  /** There are no logits until more is read. */
  void forget() {
    lastCount = 0;
    nextKnown = false;
  }

  @Override
  public float[] nextLogits(Cancellation cancellation) {
    if (lastCount == 0) {
      throw new IllegalStateException("expected at least one token before its successor's logits");
    }
    if (!nextKnown) {
      session.logits(lastCount - 1, 1, next, 0);
    }
    return next;
  }

  int vocabularySize() {
    return next.length;
  }

  /** The decoder's own session, for passes that it reads together with others. */
  DecoderSession decoderSession() {
    return session;
  }

  /**
   * A token of this text was read in a pass with others: its successor's logits.
   *
   * @param logits {@code [vocabularySize]}, from {@code offset}
   */
  void readTogether(float[] logits, int offset) {
    System.arraycopy(logits, offset, next, 0, next.length);
    lastCount = 1;
    nextKnown = true;
  }

  @Override
  public long cacheBytes() {
    return session.cacheBytes();
  }
}
