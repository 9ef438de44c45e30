package org.lambdascope.app.mask;

/**
 * Colours of masks: blue for effective distances that the model saw in training, darker (on a dark
 * window, brighter) with the distance; orange for those that it never saw. Blue and orange stay
 * apart for every kind of colour blindness, and lightness alone orders each of them.
 */
enum MaskPalette {
  LIGHT(
      0xE9EBEE,
      0xFFFFFF,
      new int[] {0xB9D6F0, 0x4A93D0, 0x0B4A8F},
      new int[] {0xFDC086, 0xE8751A, 0x8F3303},
      0x7A5195,
      0x009E73,
      0x24292F,
      0x57606A,
      0x8250DF),
  DARK(
      0x2C3138,
      0x16181C,
      new int[] {0x17406B, 0x3B82C4, 0xA8D2FA},
      new int[] {0x7A3A0C, 0xD9772B, 0xFFD3A3},
      0xC9A0E0,
      0x2FC79A,
      0xE6EAEF,
      0x9AA4AF,
      0xE2C5FF);

  /** Distances beyond the trained ones end here: 16 times as long. */
  static final int DOUBLINGS = 4;

  private final int hidden;
  private final int future;
  private final int[] trained;
  private final int[] untrained;
  private final int retrieved;
  private final int encoded;
  private final int ink;
  private final int mutedInk;
  private final int selected;

  MaskPalette(
      int hidden,
      int future,
      int[] trained,
      int[] untrained,
      int retrieved,
      int encoded,
      int ink,
      int mutedInk,
      int selected) {
    this.hidden = hidden;
    this.future = future;
    this.trained = trained;
    this.untrained = untrained;
    this.retrieved = retrieved;
    this.encoded = encoded;
    this.ink = ink;
    this.mutedInk = mutedInk;
    this.selected = selected;
  }

  /** Keys that a query does not see. */
  int hidden() {
    return hidden;
  }

  /** Keys after the query. */
  int future() {
    return future;
  }

  /** Keys that may be retrieved. */
  int retrieved() {
    return retrieved;
  }

  /** Keys that are reached through the encoder. */
  int encoded() {
    return encoded;
  }

  /** Lines and labels. */
  int ink() {
    return ink;
  }

  /** Ticks. */
  int mutedInk() {
    return mutedInk;
  }

  /** The row of the selected token. */
  int selected() {
    return selected;
  }

  /** The colour of an effective distance, as {@code 0xRRGGBB}. */
  int distance(double effective, int pretrainLength) {
    if (effective <= pretrainLength) {
      return along(trained, effective / Math.max(1, pretrainLength));
    }
    double doublings = Math.log(effective / Math.max(1, pretrainLength)) / Math.log(2);
    return along(untrained, doublings / DOUBLINGS);
  }

  private static int along(int[] anchors, double fraction) {
    double place = Math.clamp(fraction, 0.0, 1.0) * (anchors.length - 1);
    int i = Math.min((int) place, anchors.length - 2);
    return mix(anchors[i], anchors[i + 1], place - i);
  }

  /** A mixture of two colours; {@code share} of the second. */
  static int mix(int a, int b, double share) {
    int out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int from = a >> shift & 0xFF;
      int to = b >> shift & 0xFF;
      out |= (int) Math.round(from + (to - from) * share) << shift;
    }
    return out;
  }
}
