package org.lambdascope.engine.generation;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.task.Cancellation;

/**
 * Texts that go on by a token each. Those that one pass can read are read in one, since decoding
 * waits for weights to come from memory, and then they come once for all; others are read alone.
 */
final class Together {

  private final List<Pass> passes = new ArrayList<>();
  private final List<Continuation> texts;

  Together(List<Continuation> texts) {
    this.texts = List.copyOf(texts);
    for (Continuation text : texts) {
      passes.stream()
          .filter(pass -> pass.takes(text))
          .findFirst()
          .orElseGet(this::begin)
          .members
          .add(text);
    }
    passes.forEach(Pass::seal);
  }

  private Pass begin() {
    Pass pass = new Pass();
    passes.add(pass);
    return pass;
  }

  /** Feeds each text the token that was chosen last, and lets it read the logits. */
  void feed(Cancellation cancellation) {
    for (Pass pass : passes) {
      pass.read(cancellation);
    }
    for (Continuation text : texts) {
      text.readLogits(cancellation);
    }
  }

  /** Texts of one pass, or a single one of any kind. */
  private static final class Pass {
    private final List<Continuation> members = new ArrayList<>();
    private final List<CachedSession> sessions = new ArrayList<>();
    private DecoderSession[] others = {};
    private int[] ids = {};
    private float[] logits = {};

    boolean takes(Continuation text) {
      return members.getFirst().session() instanceof CachedSession first
          && text.session() instanceof CachedSession next
          && members.size() < first.decoderSession().mostTogether()
          && first.decoderSession().canReadWith(next.decoderSession());
    }

    /** Makes what a pass over several needs, once they are known: a token allocates nothing. */
    void seal() {
      if (members.size() == 1) {
        return;
      }
      members.forEach(text -> sessions.add((CachedSession) text.session()));
      others =
          sessions.stream()
              .skip(1)
              .map(CachedSession::decoderSession)
              .toArray(DecoderSession[]::new);
      ids = new int[sessions.size()];
      logits = new float[ids.length * sessions.getFirst().vocabularySize()];
    }

    void read(Cancellation cancellation) {
      if (ids.length == 0) {
        members.getFirst().feed(cancellation);
        return;
      }
      for (int i = 0; i < ids.length; i++) {
        ids[i] = members.get(i).lastId();
        sessions.get(i).forget();
      }
      DecoderSession lead = sessions.getFirst().decoderSession();
      lead.forwardTogether(others, ids, cancellation);
      lead.logits(0, ids.length, logits, 0);
      for (int i = 0; i < ids.length; i++) {
        sessions.get(i).readTogether(logits, i * sessions.get(i).vocabularySize());
      }
    }
  }
}
