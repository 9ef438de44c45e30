package org.lambdascope.engine.attention;

/**
 * Keys that a policy shows for what they say, beside those that its spans show for where they
 * stand. Every query chooses anew, from what it and earlier queries hold alone, so that it does not
 * matter how a text is cut into passes. Costs grow with the text; nothing of size n² is kept.
 */
public sealed interface Retrieval {

  /** Nothing is retrieved. */
  Retrieval NONE = new None();

  /** The keys to choose from, and the one distance at which those that are chosen appear. */
  Span candidates();

  /** Nothing is retrieved. */
  record None() implements Retrieval {
    @Override
    public Span candidates() {
      return new Span(Edge.constant(0), Edge.constant(0), DistanceRule.RAW, Branch.MIDDLE);
    }
  }

  /**
   * In some layers, the keys with the highest logits, per query and query head; of equal ones the
   * earlier. A logit that is NaN is not chosen.
   *
   * @param candidates the keys to choose from, at the distance that their logits are formed with
   * @param count how many are chosen, at least 1
   * @param fromLayer the first layer that retrieves
   * @param toLayer one past the last layer that retrieves
   */
  record TopKeys(Span candidates, int count, int fromLayer, int toLayer) implements Retrieval {
    boolean in(int layer) {
      return fromLayer <= layer && layer < toLayer;
    }
  }

  /**
   * Whole blocks of keys, per query and layer, the same in all heads; {@link
   * ContextPolicies#infLlm} defines which. Candidates after the last whole block are all shown.
   *
   * @param candidates the keys to choose from; the first block begins at their first
   * @param local keys with {@code d < local} are in the local branch, which judges representatives
   * @param block keys per block, at least 1
   * @param representatives keys that stand for a block when it is looked for, at least 1
   * @param count how many blocks are chosen, at least 0
   */
  record TopBlocks(Span candidates, int local, int block, int representatives, int count)
      implements Retrieval {

    int firstKey() {
      return candidates.from().at(0);
    }

    /** Whole blocks among the candidates of query {@code i}. */
    int available(int i) {
      return candidates.size(i) / block;
    }
  }
}
