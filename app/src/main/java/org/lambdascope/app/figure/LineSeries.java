package org.lambdascope.app.figure;

import org.jspecify.annotations.Nullable;

/**
 * A line with an optional band. The legend has one entry per group (its colour) and one per variant
 * (its dash), so that layers × branches do not multiply.
 *
 * @param group what the colour stands for, such as {@code layer 3}
 * @param variant what the dash stands for, such as {@code global branch}; empty for none
 * @param x abscissae, ascending, {@code [n]}
 * @param y ordinates, {@code [n]}; NaN is a gap
 * @param band the band around the line, or null
 * @param colour colour of line and band
 * @param dash dash of the line
 * @param mark shape on a few of its points, or on all where there are few
 */
public record LineSeries(
    String group,
    String variant,
    double[] x,
    double[] y,
    @Nullable Band band,
    SeriesColour colour,
    Dash dash,
    Mark mark)
    implements Series {

  /** How a line is dashed. */
  public enum Dash {
    SOLID,
    DASHED,
    DOTTED,
    DASH_DOTTED,
    LONG_DASHED;

    /** The dash of a series; indices wrap around. */
    public static Dash of(int index) {
      return values()[Math.floorMod(index, values().length)];
    }
  }

  /** Lines with at most this many points have a mark on each. */
  private static final int MARKED_ALL = 16;

  public LineSeries {
    if (y.length != x.length
        || (band != null && (band.low().length != x.length || band.high().length != x.length))) {
      throw new IllegalArgumentException(
          "series '%s': expected y, low and high of the length of x = %d; found y %d, band %s"
              .formatted(
                  group,
                  x.length,
                  y.length,
                  band == null ? "none" : band.low().length + " and " + band.high().length));
    }
  }

  /** A line without marks. */
  public LineSeries(
      String group,
      String variant,
      double[] x,
      double[] y,
      @Nullable Band band,
      SeriesColour colour,
      Dash dash) {
    this(group, variant, x, y, band, colour, dash, Mark.NONE);
  }

  /** A solid line without a band in a colour of the palette. */
  public static LineSeries of(String group, double[] x, double[] y, int colour) {
    return new LineSeries(group, "", x, y, null, new SeriesColour.Palette(colour), Dash.SOLID);
  }

  /** Whether each point has a mark; on a longer line only some have. */
  boolean isMarkedThroughout() {
    return mark != Mark.NONE && x.length <= MARKED_ALL;
  }

  /** This series with another dash. */
  public LineSeries withDash(Dash newDash) {
    return new LineSeries(group, variant, x, y, band, colour, newDash, mark);
  }

  /** This series as something that no longer counts: neutral and dotted. */
  public LineSeries muted() {
    return new LineSeries(
        group, variant, x, y, band, new SeriesColour.Neutral(), Dash.DOTTED, Mark.NONE);
  }

  /** This series with a band. */
  public LineSeries withBand(double[] low, double[] high) {
    return new LineSeries(group, variant, x, y, new Band(low, high), colour, dash, mark);
  }

  /** This series with a mark. */
  public LineSeries withMark(Mark newMark) {
    return new LineSeries(group, variant, x, y, band, colour, dash, newMark);
  }

  /**
   * This series as the one of an index looks: its colour, dash and mark differ from those of its
   * neighbours, so that no one of the three is needed to tell them apart.
   */
  public LineSeries withLook(int index) {
    return new LineSeries(
        group,
        variant,
        x,
        y,
        band,
        new SeriesColour.Palette(index),
        Dash.of(index),
        Mark.of(index));
  }

  @Override
  public String name() {
    return variant.isEmpty() ? group : group + ", " + variant;
  }
}
