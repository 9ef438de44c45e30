package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grid of panels on one page with one legend.
 *
 * @param title above all panels; may be empty
 * @param panels row by row, at least one
 * @param columns panels per row, at least one
 * @param legend where the legend stands, if there is anything in it
 */
public record Figure(String title, List<Panel> panels, int columns, LegendPlace legend)
    implements Drawing {

  /** Between the parts of a panel's subtitle. */
  static final String PART = "; ";

  private static final double LEAST_PANEL_MM = 35;

  public Figure {
    panels = List.copyOf(panels);
    if (panels.isEmpty() || columns < 1) {
      throw new IllegalArgumentException(
          "figure '%s': expected at least 1 panel and 1 column, found %d and %d"
              .formatted(title, panels.size(), columns));
    }
  }

  /** With the legend below. */
  public Figure(String title, List<Panel> panels, int columns) {
    this(title, panels, columns, LegendPlace.BELOW);
  }

  /** One panel. */
  public static Figure of(Panel panel) {
    return new Figure("", List.of(panel), 1);
  }

  /** Panels side by side over shared axes and a shared colour scale, one column per arm. */
  public static Figure sideBySide(String title, List<Panel> panels) {
    return new Figure(title, share(panels), Math.max(1, panels.size()));
  }

  /** This figure with as many columns as a page of that width has room for. */
  Figure fitted(double widthMm) {
    int most = (int) Math.max(1, widthMm / LEAST_PANEL_MM);
    int fitting = Math.min(Math.min(columns, panels.size()), most);
    // Four panels of which three fit look better in two rows of two than in three and one.
    int even = Math.ceilDiv(panels.size(), Math.ceilDiv(panels.size(), fitting));
    return new Figure(title, panels, fitting == columns ? columns : even, legend);
  }

  @Override
  public String heading() {
    return title.isEmpty() ? panels.getFirst().title() : title;
  }

  @Override
  public FigureSize pageOf(double widthMm, Typography type) {
    FigureSize usual = FigureSize.forFigure(this, widthMm);
    double least = usual.heightPoints();
    double height = FigurePage.height(fitted(widthMm), usual.widthPoints(), least, type);
    return height > least ? FigureSize.ofPoints(widthMm, height) : usual;
  }

  @Override
  public void draw(Graphics2D g2, ExportOptions options) {
    FigurePage.draw(g2, this, options);
  }

  @Override
  public void writeData(OutputStream out) throws IOException {
    FigureCsv.write(this, out);
  }

  /** Whether no panel has a finite point to draw. */
  public boolean isEmpty() {
    return panels.stream().allMatch(Panel::isEmpty);
  }

  /** What the subtitles of all panels begin with, in whole parts; it is said once. */
  public String sharedSubtitle() {
    List<String> shared = List.of(panels.getFirst().subtitle().split(PART));
    for (Panel panel : panels) {
      List<String> parts = List.of(panel.subtitle().split(PART));
      int same = 0;
      while (same < Math.min(shared.size(), parts.size())
          && shared.get(same).equals(parts.get(same))) {
        same++;
      }
      shared = shared.subList(0, same);
    }
    return String.join(PART, shared);
  }

  /** The rest of the subtitle of a panel of this figure. */
  public String ownSubtitle(Panel panel) {
    String rest = panel.subtitle().substring(sharedSubtitle().length());
    return rest.startsWith(PART) ? rest.substring(PART.length()) : rest;
  }

  /** Rows of panels. */
  public int rows() {
    return Math.ceilDiv(panels.size(), columns);
  }

  /**
   * Gives panels the union of their ranges on both axes and of their colour scales, so that they
   * can be compared by eye. Fixed ranges count as data.
   */
  public static List<Panel> share(List<Panel> panels) {
    AxisRange x = null;
    AxisRange y = null;
    AxisRange colours = null;
    for (Panel p : panels) {
      x = AxisRange.union(x, fixedOr(p.x(), p.roomX()));
      y = AxisRange.union(y, fixedOr(p.y(), p.roomY()));
      ColourScale scale = p.scale();
      if (scale != null) {
        colours = AxisRange.union(colours, scale.range());
      }
    }
    List<Panel> shared = new ArrayList<>();
    for (Panel p : panels) {
      Panel ranged = p.withRanges(x, y);
      ColourScale scale = p.scale();
      shared.add(
          scale == null || colours == null ? ranged : ranged.withScale(scale.withRange(colours)));
    }
    return shared;
  }

  private static @Nullable AxisRange fixedOr(AxisSpec axis, @Nullable AxisRange data) {
    return axis.range() != null ? axis.range() : data;
  }
}
