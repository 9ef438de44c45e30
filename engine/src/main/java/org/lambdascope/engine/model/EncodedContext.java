package org.lambdascope.engine.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A context that a decoder can attend to: encoded chunks in the order of the text. Cross-attention
 * has no positions, so the order changes nothing but rounding.
 *
 * @param chunks encoded chunks; those without tokens are padding throughout and count for nothing
 */
public record EncodedContext(List<EncodedChunk> chunks) {

  /** Nothing to attend to. */
  public static final EncodedContext EMPTY = new EncodedContext(List.of());

  public EncodedContext {
    chunks = List.copyOf(chunks);
  }

  /** This context with more chunks after it. */
  public EncodedContext with(List<EncodedChunk> more) {
    List<EncodedChunk> all = new ArrayList<>(chunks);
    all.addAll(more);
    return new EncodedContext(all);
  }

  /** Tokens that can be attended to. */
  public long tokens() {
    return chunks.stream().mapToLong(EncodedChunk::tokens).sum();
  }

  /** Bytes that the hidden states take. */
  public long bytes() {
    return chunks.stream().mapToLong(EncodedChunk::bytes).sum();
  }
}
