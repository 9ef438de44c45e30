package org.lambdascope.engine.generation;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.task.Cancellation;

/**
 * One text under one arm: whatever the arm does with the tokens (reads them once through a cache,
 * or re-encodes a window of them), this is how they go in and how logits come out. Not thread-safe.
 */
public interface ContextSession {

  /** Takes logits as they are computed. */
  @FunctionalInterface
  interface LogitsSink {
    /**
     * Takes the logits that predict the token after position {@code position}. Called in ascending
     * order of position.
     *
     * @param position the row's position in the text
     * @param logits {@code [vocabularySize]}, from {@code offset}; reused, so copy what is kept
     * @param offset index of the first logit
     */
    void accept(int position, float[] logits, int offset);
  }

  /** Tokens taken so far. */
  int position();

  /**
   * Takes tokens. When cancelled, those before {@link #position} have been taken and their rows
   * offered; feeding on from there leaves nothing out and offers nothing twice.
   *
   * @param tokens ids; those before {@code from} were taken before
   * @param from first index, equal to {@link #position()}
   * @param to one past the last index
   * @param sink takes a row of logits for every position in {@code [from, to)}; null when only
   *     {@link #nextLogits} is wanted, which is faster
   * @param cancellation checked between layers
   */
  void feed(int[] tokens, int from, int to, @Nullable LogitsSink sink, Cancellation cancellation);

  /**
   * Logits for the token after everything taken.
   *
   * @return {@code [vocabularySize]}; reused by the next call
   */
  float[] nextLogits(Cancellation cancellation);

  /** The most bytes that the key/value cache has held. */
  long cacheBytes();
}
