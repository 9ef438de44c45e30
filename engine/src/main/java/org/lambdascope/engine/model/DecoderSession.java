package org.lambdascope.engine.model;

import org.lambdascope.engine.attention.KeyValueRecord;
import org.lambdascope.engine.task.Cancellation;

/** One text being read by one decoder under one context policy. Not thread-safe. */
public interface DecoderSession {

  /** Tokens read so far; the next token's position. */
  int position();

  /**
   * Reads tokens. Afterwards {@link #logits} answers for these tokens.
   *
   * @param tokens ids
   * @param offset index of the first id to read
   * @param count how many, {@code 1 ≤ count ≤ maxChunk}
   * @param cancellation checked between layers; a pass that was cancelled has read nothing: its
   *     tokens may be given again, and there are no {@link #logits} until a pass reaches its end
   */
  void forward(int[] tokens, int offset, int count, Cancellation cancellation);

  /** The most texts, this one counted, that {@link #forwardTogether} reads; 1 where it is not. */
  default int mostTogether() {
    return 1;
  }

  /** Whether {@link #forwardTogether} can read a token of that text with one of this. */
  default boolean canReadWith(DecoderSession other) {
    return false;
  }

  /**
   * Reads one token of this text and one of each other in one pass, so that weights are read from
   * memory once for all. Nothing differs from reading each alone, to the last bit. Afterwards
   * {@link #logits} of this session answers for all of them, a row each in this order; those of the
   * others have none until their next pass.
   *
   * @param others sessions that {@link #canReadWith} this one, each once, in all at most {@link
   *     #mostTogether()} with it
   * @param tokens the id of this text, then one of each other
   * @param cancellation as for {@link #forward}: no text has read anything of a pass that was
   *     cancelled
   */
  default void forwardTogether(DecoderSession[] others, int[] tokens, Cancellation cancellation) {
    throw new UnsupportedOperationException("expected a session that reads with others");
  }

  /**
   * Next-token logits after rows of the last {@link #forward}.
   *
   * @param row first row, {@code 0 ≤ row < count}
   * @param rows how many, {@code 1 ≤ rows ≤ count − row}
   * @param out {@code [rows, vocabularySize]}, from {@code outOffset}; overwritten
   */
  void logits(int row, int rows, float[] out, int outOffset);

  /**
   * Goes on as if tokens had been read: their keys and values are made up. What a step costs does
   * not depend on them, and reading a long text takes quadratic time.
   *
   * @param count how many tokens
   * @throws IllegalStateException under a policy that retrieves by what was read
   */
  void assume(int count);

  /**
   * Goes on as if the positions up to {@code to} had been read, from what another session recorded
   * of the same tokens under a policy that reads them alike ({@link
   * org.lambdascope.engine.attention.ContextPolicy#readAlikeUntil}). There are no {@link #logits}
   * until the next pass.
   *
   * @param recorded holds positions up to {@code to} in all layers
   * @param to one past the last position
   * @throws IllegalStateException under a policy that retrieves by earlier queries
   */
  void restore(KeyValueRecord recorded, int to);

  /** Bytes that the key/value cache holds now. */
  long cacheBytes();

  /** Forgets the text; buffers are kept. */
  void reset();
}
