package org.lambdascope.engine.format;

import java.util.Arrays;

/** Text that came out of a file, made fit for a message: one line, no control characters, short. */
public final class Quoted {

  private static final int MAX_CHARS = 80;

  private Quoted() {}

  /** The text between double quotes, cut after 80 characters, control characters as escapes. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_CHARS) + 16).append('"');
    int shown = Math.min(text.length(), MAX_CHARS);
    for (int i = 0; i < shown; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (Character.isISOControl(c)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
    if (shown < text.length()) {
      out.append("… (").append(text.length()).append(" characters)");
    }
    return out.toString();
  }

  /** A shape as {@code [2, 3]}, cut after eight dimensions. */
  public static String shape(long[] shape) {
    return shape.length <= 8
        ? Arrays.toString(shape)
        : Arrays.toString(Arrays.copyOf(shape, 8)) + "… (" + shape.length + " dimensions)";
  }
}
