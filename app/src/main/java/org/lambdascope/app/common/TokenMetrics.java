package org.lambdascope.app.common;

import java.util.Arrays;
import java.util.function.IntFunction;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/**
 * Labels and widths of tokens by id. A long document asks for them once per token, so they are held
 * in arrays; and measuring a text is slow, so that of plain letters is summed up from its letters.
 */
final class TokenMetrics {

  private static final double LEAST_WIDTH = 4;
  private static final int ASCII = 128;
  private static final byte STARTS_WORD = 1;
  private static final byte BREAKS_AFTER = 2;

  private final IntFunction<String> texts;
  private final Text ruler = new Text();
  private final double[] letters = new double[ASCII];
  private String[] labels = new String[1024];
  private float[] widths = new float[1024];
  private byte[] flags = new byte[1024];

  /**
   * Measures tokens.
   *
   * @param texts id to text
   */
  TokenMetrics(IntFunction<String> texts, Font font) {
    this.texts = texts;
    ruler.setFont(font);
  }

  /** What is drawn for a token. */
  String label(int id) {
    measure(id);
    return labels[id];
  }

  /** Its width in pixels, above 0. */
  double width(int id) {
    measure(id);
    return widths[id];
  }

  /** Whether a line may break before it. */
  boolean startsWord(int id) {
    measure(id);
    return (flags[id] & STARTS_WORD) != 0;
  }

  /** Whether it ends its line. */
  boolean breaksAfter(int id) {
    measure(id);
    return (flags[id] & BREAKS_AFTER) != 0;
  }

  private void measure(int id) {
    if (id < widths.length && widths[id] > 0) {
      return;
    }
    if (id >= widths.length) {
      int size = Math.max(2 * widths.length, id + 1);
      labels = Arrays.copyOf(labels, size);
      widths = Arrays.copyOf(widths, size);
      flags = Arrays.copyOf(flags, size);
    }
    String label = texts.apply(id).replace("\n", "↵").replace("\r", "").replace('\t', ' ');
    labels[id] = label;
    widths[id] = (float) Math.max(LEAST_WIDTH, Math.ceil(width(label)) + 1);
    boolean starts = label.isEmpty() || Character.isWhitespace(label.codePointAt(0));
    flags[id] = (byte) ((starts ? STARTS_WORD : 0) | (label.endsWith("↵") ? BREAKS_AFTER : 0));
  }

  private double width(String label) {
    double sum = 0;
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if (c >= ASCII) {
        return measured(label); // letters may join or combine
      }
      if (letters[c] == 0) {
        letters[c] = measured(String.valueOf(c));
      }
      sum += letters[c];
    }
    return sum;
  }

  private double measured(String text) {
    ruler.setText(text);
    return ruler.getLayoutBounds().getWidth();
  }
}
