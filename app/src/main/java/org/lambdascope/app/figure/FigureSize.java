package org.lambdascope.app.figure;

/**
 * Size of a page on paper.
 *
 * @param widthMm width in millimetres
 * @param heightMm height in millimetres
 */
public record FigureSize(double widthMm, double heightMm) {

  /** One panel over the full text width. */
  public static final FigureSize DEFAULT = new FigureSize(160, 100);

  /** Width of a column of a two-column paper (ACL), in millimetres. */
  public static final double COLUMN_MM = 77;

  /** Full text width, in millimetres. */
  public static final double FULL_MM = 160;

  static final double POINTS_PER_MM = 72 / 25.4;
  private static final double LEAST_SINGLE_MM = 60;
  private static final double TITLES_AND_LEGEND_MM = 22;

  /** Part of a panel's width that its axis takes, and mean sizes of type in titles. */
  private static final double AXIS_MM = 10;

  private static final double CHARACTER_MM = 1.5;
  private static final double LINE_MM = 3.5;
  private static final double LEAST_MM = 20;
  private static final double MOST_MM = 2000;

  public FigureSize {
    if (!(widthMm >= LEAST_MM && widthMm <= MOST_MM)
        || !(heightMm >= LEAST_MM && heightMm <= MOST_MM)) {
      throw new IllegalArgumentException(
          "figure size: expected width and height from %s to %s mm, found %s × %s"
              .formatted(LEAST_MM, MOST_MM, widthMm, heightMm));
    }
  }

  /**
   * A height that suits the figure at a width: 160 × 100 mm for one panel, flatter rows for several
   * columns. Long titles may need more: {@link Figure#pageOf}.
   */
  static FigureSize forFigure(Figure figure, double widthMm) {
    if (figure.panels().size() == 1) {
      return new FigureSize(widthMm, Math.max(LEAST_SINGLE_MM, widthMm * 0.625));
    }
    Figure fitted = figure.fitted(widthMm);
    double panel = widthMm / fitted.columns();
    double titles = fitted.rows() * (titleLines(figure, panel - AXIS_MM) - 1) * LINE_MM;
    double height = TITLES_AND_LEGEND_MM + titles + fitted.rows() * Math.clamp(panel, 32, 70);
    return new FigureSize(widthMm, Math.clamp(height, LEAST_MM, MOST_MM));
  }

  /** A page of a width in millimetres and a height in points. */
  static FigureSize ofPoints(double widthMm, double heightPoints) {
    return new FigureSize(widthMm, Math.clamp(heightPoints / POINTS_PER_MM, LEAST_MM, MOST_MM));
  }

  /** Lines that the longest title of a panel takes, about. */
  private static int titleLines(Figure figure, double widthMm) {
    int longest = figure.panels().stream().mapToInt(p -> p.title().length()).max().orElse(0);
    return Math.max(1, (int) Math.ceil(longest * CHARACTER_MM / Math.max(1, widthMm)));
  }

  /** Width in points (1/72 inch). */
  double widthPoints() {
    return widthMm * POINTS_PER_MM;
  }

  /** Height in points (1/72 inch). */
  double heightPoints() {
    return heightMm * POINTS_PER_MM;
  }
}
