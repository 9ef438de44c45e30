package org.lambdascope.app.figure;

import java.awt.BasicStroke;

/** Line widths and dashes, in points at a font scale of 1. */
final class Strokes {

  private static final float WIDTH = 0.9f;

  /** Length of a stroke of lines that take turns, in widths. */
  private static final float TURN = 6;

  private Strokes() {}

  static BasicStroke of(LineSeries.Dash dash, float scale) {
    float w = WIDTH * scale;
    return switch (dash) {
      case SOLID -> new BasicStroke(w, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
      case DASHED -> dashed(w, 6 * w, 4 * w);
      case DOTTED -> dashed(w, 1.1f * w, 1.9f * w);
      case DASH_DOTTED -> dashed(w, 6 * w, 2 * w, 1.2f * w, 2 * w);
      case LONG_DASHED -> dashed(w, 11 * w, 3 * w);
    };
  }

  /** Of a line, or of its share where it lies on others: then strokes of all follow one another. */
  static BasicStroke of(LineSeries.Dash dash, Turns.Share share, float scale) {
    if (share.of() == 1) {
      return of(dash, scale);
    }
    float w = WIDTH * scale;
    float on = TURN * w;
    float all = on * share.of();
    return new BasicStroke(
        w,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        1f,
        new float[] {on, all - on},
        share.turn() == 0 ? 0 : all - share.turn() * on);
  }

  static BasicStroke thin(float scale) {
    return new BasicStroke(0.4f * scale);
  }

  /** Of error bars. */
  static BasicStroke error(float scale) {
    return new BasicStroke(0.6f * scale, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
  }

  static BasicStroke marker(float scale) {
    return dashed(0.6f * scale, 2.2f * scale, 1.6f * scale);
  }

  private static BasicStroke dashed(float width, float... onAndOff) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, onAndOff, 0f);
  }
}
