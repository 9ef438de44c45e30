package org.lambdascope.engine.generation;

import java.util.List;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.task.Cancellation;

/**
 * A pass over a token each of several texts. Decoding waits for weights to come from memory; here
 * they come once for all. To the last bit, each text reads as it would alone.
 */
public final class SharedPass {

  private final List<CachedSession> sessions;
  private final DecoderSession lead;
  private final DecoderSession[] others;
  private final float[] logits;

  /**
   * A pass for sessions.
   *
   * @param sessions each once; what {@link #canTake} has allowed
   */
  public SharedPass(List<? extends ContextSession> sessions) {
    this.sessions = sessions.stream().map(CachedSession.class::cast).toList();
    lead = this.sessions.getFirst().decoderSession();
    others =
        this.sessions.stream()
            .skip(1)
            .map(CachedSession::decoderSession)
            .toArray(DecoderSession[]::new);
    logits = new float[this.sessions.size() * this.sessions.getFirst().vocabularySize()];
  }

  /** Whether one pass can read a token of another session and those of some that share one. */
  public static boolean canTake(List<? extends ContextSession> some, ContextSession another) {
    return some.getFirst() instanceof CachedSession first
        && another instanceof CachedSession next
        && some.size() < first.decoderSession().mostTogether()
        && first.decoderSession().canReadWith(next.decoderSession());
  }

  /**
   * Reads a token of each; they then have their successors' logits.
   *
   * @param ids one of each session, in their order
   * @param cancellation checked between layers; cancelled, no session has taken its token
   */
  public void read(int[] ids, Cancellation cancellation) {
    for (CachedSession session : sessions) {
      session.forget();
    }
    lead.forwardTogether(others, ids, cancellation);
    lead.logits(0, ids.length, logits, 0);
    for (int i = 0; i < ids.length; i++) {
      CachedSession session = sessions.get(i);
      session.readTogether(logits, i * session.vocabularySize());
    }
  }
}
