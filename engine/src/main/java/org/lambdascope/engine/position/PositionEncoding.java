package org.lambdascope.engine.position;

/**
 * How attention is told where keys stand: positions in, rotation or bias out. An encoding says what
 * it does to a pair at a distance; which distance a pair has is the context policy's affair.
 */
public sealed interface PositionEncoding permits Rope, Alibi {

  /** The encoding and its parameters, for people. */
  String description();
}
