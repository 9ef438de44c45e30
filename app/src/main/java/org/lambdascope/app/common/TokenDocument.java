package org.lambdascope.app.common;

import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * Tokens to be shown in a row.
 *
 * @param size how many
 * @param generatedFrom first generated position; {@code size} when none is
 * @param ids position to id
 * @param texts id to text
 * @param nll position to negative log-likelihood in nats; NaN when there is none
 */
public record TokenDocument(
    int size,
    int generatedFrom,
    IntUnaryOperator ids,
    IntFunction<String> texts,
    IntToDoubleFunction nll) {

  /** Nothing. */
  public static final TokenDocument EMPTY =
      new TokenDocument(0, 0, i -> 0, id -> "", i -> Double.NaN);
}
