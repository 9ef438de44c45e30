package org.lambdascope.engine.model;

/**
 * One chunk of a context as its encoder's last hidden states. Immutable, so that arms and questions
 * over the same text share it.
 */
public interface EncodedChunk {

  /** Tokens that can be attended to: padding is not kept. */
  int tokens();

  /** Bytes that the hidden states take. */
  long bytes();
}
