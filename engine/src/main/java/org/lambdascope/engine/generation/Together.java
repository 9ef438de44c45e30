package org.lambdascope.engine.generation;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.task.Cancellation;

/** Texts that go on by a token each, in one pass where their sessions can share one. */
final class Together {

  private final List<Group> groups = new ArrayList<>();

  /** Texts of one pass, or a single one of any kind. */
  private record Group(List<Continuation> texts, SharedPass pass, int[] ids) {

    static Group of(List<Continuation> texts) {
      return new Group(texts, new SharedPass(sessions(texts)), new int[texts.size()]);
    }

    void feed(Cancellation cancellation) {
      for (int i = 0; i < ids.length; i++) {
        ids[i] = texts.get(i).lastId();
      }
      pass.read(ids, cancellation);
    }
  }

  private final List<Continuation> alone = new ArrayList<>();
  private final List<Continuation> all;

  /** Groups texts; here, so that a token allocates nothing. */
  Together(List<Continuation> texts) {
    all = List.copyOf(texts);
    List<List<Continuation>> sharing = new ArrayList<>();
    for (Continuation text : texts) {
      sharing.stream()
          .filter(some -> SharedPass.canTake(sessions(some), text.session()))
          .findFirst()
          .ifPresentOrElse(
              some -> some.add(text), () -> sharing.add(new ArrayList<>(List.of(text))));
    }
    for (List<Continuation> some : sharing) {
      if (some.size() == 1) {
        alone.add(some.getFirst());
      } else {
        groups.add(Group.of(some));
      }
    }
  }

  private static List<ContextSession> sessions(List<Continuation> texts) {
    return texts.stream().map(Continuation::session).toList();
  }

  /** Feeds each text the token that was chosen last, and lets it read the logits. */
  void feed(Cancellation cancellation) {
    for (Group group : groups) {
      group.feed(cancellation);
    }
    for (Continuation text : alone) {
      text.feed(cancellation);
    }
    for (Continuation text : all) {
      text.readLogits(cancellation);
    }
  }
}
