package org.lambdascope.engine.model;

/** A decoder session that also attends to an encoded context. */
public interface ContextDecoderSession extends DecoderSession {

  /**
   * Sets the context of the passes to come. What was read before stays as it is, so a text whose
   * context changes is read again after {@link #reset}, which keeps the context.
   *
   * @param context chunks that this decoder's encoder made
   * @throws IllegalArgumentException if a chunk comes from another encoder
   */
  void attendTo(EncodedContext context);

  /** Bytes that the context takes: Φ, and what this session keeps beside it. */
  long contextBytes();
}
