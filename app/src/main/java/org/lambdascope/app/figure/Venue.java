package org.lambdascope.app.figure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lambdascope.app.figure.Typography.PanelLetters;

/**
 * Where a figure is printed: the width that a column or the text block has there, and type that
 * suits the text around it. Figures are laid out at this size and included without scaling.
 */
public enum Venue {
  /** No venue: full text width of A4, sans. */
  PLAIN(160, Typography.DEFAULT),
  /** One of the two columns of ACL and its sisters, 7.7 cm; text in Times. */
  ACL_COLUMN(77, serif(8, 9)),
  /** Both columns of ACL, 16.0 cm. */
  ACL_FULL(160, serif(8, 9)),
  /** NeurIPS' text width, 5.5 in; text in Times. */
  NEURIPS(Venue.MM_PER_INCH * 5.5, serif(8, 9)),
  /** One of ICML's columns, 3.25 in; text in Times. */
  ICML_COLUMN(Venue.MM_PER_INCH * 3.25, serif(8, 9)),
  /** Both columns of ICML, 6.75 in. */
  ICML_FULL(Venue.MM_PER_INCH * 6.75, serif(8, 9)),
  /** One of IEEE's columns, 8.8 cm; 8-point type in figures. */
  IEEE_COLUMN(88, serif(8, 8)),
  /** Both columns of IEEE, 18.1 cm. */
  IEEE_FULL(181, serif(8, 8)),
  /** One of Nature's columns, 89 mm; sans of 5 to 7 points. */
  NATURE_COLUMN(89, nature()),
  /** Both columns of Nature, 183 mm. */
  NATURE_FULL(183, nature());

  private static final double MM_PER_INCH = 25.4;

  private final double widthMm;
  private final Typography type;

  Venue(double widthMm, Typography type) {
    this.widthMm = widthMm;
    this.type = type;
  }

  private static Typography serif(float small, float label) {
    return new Typography(FigureFont.SERIF, small, label, label, PanelLetters.PARENTHESES);
  }

  private static Typography nature() {
    return new Typography(FigureFont.SANS, 6f, 7f, 7f, PanelLetters.PLAIN);
  }

  /** Width of a page, in millimetres. */
  public double widthMm() {
    return widthMm;
  }

  /** The type of a page. */
  public Typography type() {
    return type;
  }

  /** The name in specifications and on the command line, such as {@code acl-column}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds a venue by its name; {@code acl}, {@code icml}, {@code ieee} and {@code nature} alone mean
   * a column.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Venue of(String id) {
    String name = id.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(v -> v.id().equals(name) || v.id().equals(name + "-column"))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "venue: expected one of %s; found '%s'".formatted(ids(), id)));
  }

  /** All names, for messages. */
  public static String ids() {
    return Arrays.stream(values()).map(Venue::id).collect(Collectors.joining(", "));
  }
}
