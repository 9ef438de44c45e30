package org.lambdascope.app.figure.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.LegendPlace;

/**
 * A figure or a table as {@code figure.json} has it: everything but the data, which it names.
 *
 * @param schema version of this format, {@value #SCHEMA}
 * @param title above all panels; may be empty
 * @param caption what a paper says below the figure; may be empty
 * @param columns panels per row; 0: all in one row
 * @param legend where the legend stands; null: below
 * @param venue where it is printed, as {@link org.lambdascope.app.figure.Venue} names it; empty for
 *     none
 * @param widthMm width of the page, in millimetres; null: the venue's
 * @param heightMm height of the page, in millimetres; null: what suits the panels
 * @param theme colours; null: light
 * @param data file with the data, beside the specification
 * @param configuration hash of the configuration of the run; empty where there is none
 * @param panels row by row, at least one; empty for a table
 * @param table what is drawn instead of panels; null for a figure
 */
public record FigureSpec(
    int schema,
    String title,
    String caption,
    int columns,
    @Nullable LegendPlace legend,
    String venue,
    @Nullable Double widthMm,
    @Nullable Double heightMm,
    @Nullable FigureTheme theme,
    String data,
    String configuration,
    List<PanelSpec> panels,
    @Nullable TableSpec table) {

  /** The version that is written. */
  public static final int SCHEMA = 1;

  public FigureSpec {
    if (schema != SCHEMA) {
      throw new IllegalArgumentException(
          "expected \"schema\": %d, found %d".formatted(SCHEMA, schema));
    }
    if (data.isEmpty()) {
      throw new IllegalArgumentException("expected \"data\": the name of a file, found none");
    }
    if (panels.isEmpty() == (table == null)) {
      throw new IllegalArgumentException(
          "expected either \"panels\" with at least one or a \"table\", found "
              + (table == null ? "neither" : "both"));
    }
    panels = List.copyOf(panels);
  }
}
