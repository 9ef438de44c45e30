package org.lambdascope.engine.tokenizer;

/**
 * Turns ids into text as they come; holds back bytes until they make whole characters. Each id
 * costs time in proportion to its own bytes, however long the stream. Not thread-safe.
 */
public interface StreamingDecoder {

  /**
   * Adds one id and returns the text that is now certain, perhaps empty.
   *
   * @throws IllegalArgumentException if the id is not in the vocabulary
   * @throws IllegalStateException after {@link #finish()}
   */
  String push(int id);

  /** Ends the stream: what was held back, with U+FFFD for broken bytes. Nothing more may follow. */
  String finish();
}
