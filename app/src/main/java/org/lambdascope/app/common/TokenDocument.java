package org.lambdascope.app.common;

import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tokens to be shown in a row.
 *
 * @param size how many
 * @param generatedFrom first generated position; {@code size} when none is
 * @param ids position to id
 * @param texts id to text
 * @param nll position to negative log-likelihood in nats; NaN when there is none
 * @param difference position to what shades it in place of {@code nll}: its difference to a
 *     reference in nats, NaN when there is none; null where {@code nll} itself shades
 * @param divergesAt the first position whose token differs from the reference's; −1 if none does
 * @param tokens stands for the ids: documents whose {@code tokens} are equal are laid out alike
 */
public record TokenDocument(
    int size,
    int generatedFrom,
    IntUnaryOperator ids,
    IntFunction<String> texts,
    IntToDoubleFunction nll,
    @Nullable IntToDoubleFunction difference,
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
    this(size, generatedFrom, ids, texts, nll, null, -1, new Object());
  }
}
