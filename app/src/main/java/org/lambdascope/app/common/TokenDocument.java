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
 * @param shading what {@code values} are
 * @param values position to what shades it; NaN when there is none
 * @param divergesAt the first position whose token differs from the reference's; −1 if none does
 * @param tokens stands for the ids: documents whose {@code tokens} are equal are laid out alike
 */
public record TokenDocument(
    int size,
    int generatedFrom,
    IntUnaryOperator ids,
    IntFunction<String> texts,
    IntToDoubleFunction nll,
    TokenShading shading,
    IntToDoubleFunction values,
    int divergesAt,
    Object tokens) {

  /** Nothing. */
  public static final TokenDocument EMPTY =
      new TokenDocument(0, 0, i -> 0, id -> "", i -> Double.NaN);

  /** Tokens like no others, that are compared with nothing. */
  public TokenDocument(
      int size,
      int generatedFrom,
      IntUnaryOperator ids,
      IntFunction<String> texts,
      IntToDoubleFunction nll) {
    this(size, generatedFrom, ids, texts, nll, TokenShading.NLL, nll, -1, new Object());
  }
}
