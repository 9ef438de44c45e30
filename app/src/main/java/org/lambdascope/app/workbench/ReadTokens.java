package org.lambdascope.app.workbench;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a text that arms read. All arms share one array, whose identity tells that they
 * read the same; it is made when it is asked for, as listeners come in no fixed order.
 */
final class ReadTokens {

  private int @Nullable [] of;
  private int[] read = {};

  /**
   * The first tokens of a text.
   *
   * @param length how many are wanted
   * @param text {@code [M]}: all of them; null for no text, which has none
   * @return {@code [min(length, M)]}: the same array until either changes; not to be modified
   */
  int[] first(int length, int @Nullable [] text) {
    int wanted = text == null ? 0 : Math.clamp(length, 0, text.length);
    if (text != of || read.length != wanted) {
      of = text;
      read = text == null ? new int[0] : Arrays.copyOf(text, wanted);
    }
    return read;
  }
}
