package org.lambdascope.engine.model;

import java.util.List;
import org.lambdascope.engine.task.Cancellation;

/** Encodes chunks of a context, each on its own: positions restart at 0 in every chunk. */
public interface ContextEncoder {

  /** The encoder's shape. */
  ModelConfig config();

  /**
   * Encodes chunks in parallel. A chunk that was encoded before, and is still in memory, is not
   * encoded again.
   *
   * @param chunks ids, each chunk at least 1
   * @return the encoded chunks, in the same order
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  List<EncodedChunk> encode(List<int[]> chunks, Cancellation cancellation);

  /**
   * Encodes one chunk with padding, which nothing sees: neither the encoder nor cross-attention.
   *
   * @param tokens ids, with any id at padded places
   * @param visible per token; false for padding
   */
  EncodedChunk encode(int[] tokens, boolean[] visible, Cancellation cancellation);

  /**
   * Bytes that an encoded context takes.
   *
   * @param tokens of context
   * @param chunk tokens per chunk
   */
  long contextBytes(long tokens, int chunk);
}
