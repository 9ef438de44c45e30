package org.lambdascope.engine.attention;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.cache.KeyValueCache;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;

/** Chooses the keys that a policy's {@link Retrieval} shows, for one text. */
abstract sealed class Retriever permits KeyRetriever, BlockRetriever {

  /**
   * What a retriever reads.
   *
   * @param copies where the keys of each span are
   * @param maxChunk the most queries of a pass
   */
  record Reads(
      Kernels kernels,
      ThreadTeam team,
      AttentionShape shape,
      KeyValueCache cache,
      EncodedPositions positions,
      ContextPolicy policy,
      KeyCopies copies,
      int maxChunk) {

    /** The index at which {@link EncodedPositions} knows the candidates. */
    int candidateSpan() {
      return policy.spans().size();
    }
  }

  static @Nullable Retriever of(Reads reads) {
    return switch (reads.policy().retrieval()) {
      case Retrieval.None none -> null;
      case Retrieval.TopKeys rule -> new KeyRetriever(rule, reads);
      case Retrieval.TopBlocks rule -> new BlockRetriever(rule, reads);
    };
  }

  /** Bytes that a retriever holds after {@code tokens} positions. */
  static long predictedBytes(Retrieval retrieval, AttentionShape shape, int maxChunk, long tokens) {
    return retrieval instanceof Retrieval.TopBlocks rule
        ? BlockRetriever.predictedBytes(rule, shape, maxChunk, tokens)
        : 0;
  }

  /** Makes room for the next positions. */
  void prepare(int firstPosition, int count) {}

  /**
   * Learns of queries {@code from ≤ t < to} of a layer, whose keys are in the cache, before {@link
   * #addTo} is asked about them.
   *
   * @param query {@code [count, heads, headDim]}, un-rotated
   */
  void learn(int layer, int from, int to, float[] query) {}

  /**
   * Adds the keys that each query of a tile retrieves to its row.
   *
   * @param tile holds rows of one head, at consecutive positions
   * @param t index of the first query in the pass
   */
  abstract void addTo(AttentionTile tile, int worker, int layer, int head, int t);

  /** Whether what it chooses depends on earlier queries, beside the keys in the cache. */
  boolean learns() {
    return false;
  }

  /** Bytes beside the cache's own. */
  long bytes() {
    return 0;
  }
}
