package org.lambdascope.app.figure;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.Size2D;
import org.jfree.data.Range;
import org.jspecify.annotations.Nullable;

/**
 * Lays a figure out on a page: titles, a grid of equally large plots, one legend, one colour bar.
 */
final class FigurePage {

  private static final double MARGIN = 3;
  private static final double COLUMN_GAP = 14;
  private static final double ROW_GAP = 6;

  /** How far a panel's title may reach past its plot, so that neighbours stay apart. */
  private static final double TITLE_REACH = 5;

  /** Between tick labels and the axis label. */
  private static final double LABEL_GAP = 1.5;

  /** Part of the grid's height that plots have at least; the rest are titles and ticks. */
  private static final double PLOT_SHARE = 0.55;

  /** Room for the half of the last tick label that reaches past its axis. */
  private static final double OVERHANG = 9;

  private final Graphics2D g2;
  private final Figure figure;
  private final ChartStyle style;
  private final List<XYPlot> plots = new ArrayList<>();

  private FigurePage(Graphics2D g2, Figure figure, ChartStyle style) {
    this.g2 = g2;
    this.figure = figure;
    this.style = style;
    for (Panel panel : figure.panels()) {
      JFreeChart chart = FigureCharts.chart(panel, style);
      XYPlot plot = chart.getXYPlot();
      plot.setInsets(RectangleInsets.ZERO_INSETS);
      // The page draws the labels, since JFreeChart neither breaks nor shares them.
      plot.getDomainAxis().setLabel(null);
      plot.getRangeAxis().setLabel(null);
      plots.add(plot);
    }
  }

  /** Draws a figure over a whole page, in points. */
  static void draw(Graphics2D g2, Figure figure, ExportOptions options) {
    // JFreeChart restores the hint that it found, and a restored null fails.
    g2.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    FigurePage page =
        new FigurePage(
            g2,
            figure.fitted(options.size().widthMm()),
            ChartStyle.page(options.theme(), options.type()));
    page.draw(
        new Rectangle2D.Double(0, 0, options.size().widthPoints(), options.size().heightPoints()));
  }

  private void draw(Rectangle2D page) {
    g2.setPaint(style.theme().background());
    g2.fill(page);
    double left = page.getX() + MARGIN;
    double right = page.getMaxX() - MARGIN;
    double top = page.getY() + MARGIN;
    double bottom = page.getMaxY() - MARGIN;
    String subtitle = sharedSubtitle();
    top += text(figure.title(), style.title(), left, right, top);
    if (figure.panels().size() > 1) {
      top += text(subtitle, style.small(), left, right, top);
    }
    switch (figure.legend()) {
      case BELOW -> bottom -= legend(left, right, bottom, true);
      case ABOVE -> top += legend(left, right, top, false);
      case NONE -> {}
    }
    ColourBar bar = colourBar();
    double barRoom = bar == null ? 0 : bar.width() + OVERHANG / 2;
    drawGrid(new Rectangle2D.Double(left, top, right - left - barRoom, bottom - top), bar);
  }

  private void drawGrid(Rectangle2D area, @Nullable ColourBar bar) {
    int columns = Math.min(figure.columns(), plots.size());
    int rows = figure.rows();
    boolean sharedX = shared(true);
    boolean sharedY = shared(false);
    boolean oneYLabel = sharedY && rows > 1;
    double leastHeight = area.getHeight() * PLOT_SHARE / (oneYLabel ? 1 : rows);
    double yLabelRoom = yLabelRoom(leastHeight);
    double leftSpace = yLabelRoom + tickSpace(area, RectangleEdge.LEFT);
    double innerLeft = sharedY ? 0 : leftSpace;
    double width =
        (area.getWidth() - leftSpace - OVERHANG - (columns - 1) * (COLUMN_GAP + innerLeft))
            / columns;
    double ticks = tickSpace(area, RectangleEdge.BOTTOM) + LABEL_GAP;
    double bottomSpace = ticks + xLabelRoom(width);
    double innerBottom = sharedX ? 0 : bottomSpace;
    double[] titles = titleHeights(columns, rows, width);
    double titleRoom = Arrays.stream(titles).sum();
    double height =
        (area.getHeight() - titleRoom - bottomSpace - (rows - 1) * (ROW_GAP + innerBottom)) / rows;
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "the page is too small for %d × %d panels".formatted(columns, rows));
    }
    double y = area.getY();
    double firstTop = 0;
    double lastBottom = 0;
    for (int row = 0; row < rows; row++) {
      y += titles[row];
      if (row == 0) {
        firstTop = y;
      }
      for (int column = 0; column < columns; column++) {
        int index = row * columns + column;
        if (index >= plots.size()) {
          continue;
        }
        double x = area.getX() + leftSpace + column * (width + COLUMN_GAP + innerLeft);
        boolean lowest = index + columns >= plots.size();
        double l = column == 0 || !sharedY ? leftSpace : 0;
        double b = lowest || !sharedX ? bottomSpace : 0;
        Panel panel = figure.panels().get(index);
        double markerRoom = labelled(panel) ? markerStrip() : 0;
        double titleHeight = title(index, 0, Double.NaN, width);
        title(index, x, y - markerRoom - titleHeight, width);
        if (l > 0 && !oneYLabel) {
          yLabel(yLabelLines(panel, leastHeight), x - l, y, height);
        }
        if (b > 0) {
          text(panel.x().label(), style.label(), x, x + width, y + height + ticks);
        }
        drawPlot(plots.get(index), new Rectangle2D.Double(x - l, y, width + l, height + b), l, b);
        markerLabels(panel, plots.get(index), new Rectangle2D.Double(x, y, width, height));
      }
      lastBottom = y + height;
      y += height + ROW_GAP + innerBottom;
    }
    if (oneYLabel) {
      List<String> lines = yLabelLines(figure.panels().getFirst(), leastHeight);
      yLabel(lines, area.getX(), firstTop, lastBottom - firstTop);
    }
    if (bar != null) {
      double x = area.getMaxX() - OVERHANG + COLUMN_GAP;
      Rectangle2D strip = new Rectangle2D.Double(x, firstTop, 6, lastBottom - firstTop);
      bar.drawBar(
          g2, strip, new Rectangle2D.Double(x, firstTop, bar.width(), lastBottom - firstTop));
    }
  }

  private void drawPlot(XYPlot plot, Rectangle2D area, double left, double bottom) {
    AxisSpace range = new AxisSpace();
    range.setLeft(left);
    AxisSpace domain = new AxisSpace();
    domain.setBottom(bottom);
    plot.setFixedRangeAxisSpace(range);
    plot.setFixedDomainAxisSpace(domain);
    silence(plot.getRangeAxis(), left);
    silence(plot.getDomainAxis(), bottom);
    plot.draw(g2, area, null, null, null);
  }

  private static void silence(ValueAxis axis, double room) {
    axis.setTickLabelsVisible(room > 0);
  }

  /** Room for the widest y label, which is broken before its unit where the plots are low. */
  private double yLabelRoom(double plotHeight) {
    double most = 0;
    for (Panel panel : figure.panels()) {
      most = Math.max(most, yLabelLines(panel, plotHeight).size() * lineHeight());
    }
    return most + 2;
  }

  private double xLabelRoom(double width) {
    double most = 0;
    for (Panel panel : figure.panels()) {
      double h = text(panel.x().label(), style.label(), 0, width, Double.NaN);
      most = Math.max(most, h);
    }
    return most;
  }

  private List<String> yLabelLines(Panel panel, double plotHeight) {
    String label = panel.y().label();
    int unit = label.indexOf(" (");
    boolean fits = labelMetrics().stringWidth(label) <= plotHeight;
    return fits || unit < 0
        ? List.of(label)
        : List.of(label.substring(0, unit), label.substring(unit + 1));
  }

  private void yLabel(List<String> lines, double x, double y, double height) {
    g2.setFont(style.label());
    g2.setPaint(style.theme().text());
    AffineTransform saved = g2.getTransform();
    for (int i = 0; i < lines.size(); i++) {
      double length = labelMetrics().stringWidth(lines.get(i));
      g2.translate(x + (i + 0.8) * lineHeight(), y + (height + length) / 2);
      g2.rotate(-Math.PI / 2);
      g2.drawString(lines.get(i), 0f, 0f);
      g2.setTransform(saved);
    }
  }

  private FontMetrics labelMetrics() {
    return g2.getFontMetrics(style.label());
  }

  private double lineHeight() {
    return style.type().label() * 1.2;
  }

  /** Height of the labels of vertical markers, above the plot. */
  private double markerStrip() {
    return style.type().small() * 1.21;
  }

  private boolean shared(boolean horizontal) {
    Set<List<String>> labels = new HashSet<>();
    Set<Range> ranges = new HashSet<>();
    for (int i = 0; i < plots.size(); i++) {
      Panel panel = figure.panels().get(i);
      AxisSpec axis = horizontal ? panel.x() : panel.y();
      labels.add(Stream.concat(Stream.of(axis.label()), axis.categories().stream()).toList());
      ranges.add(
          (horizontal ? plots.get(i).getDomainAxis() : plots.get(i).getRangeAxis()).getRange());
    }
    return labels.size() == 1 && ranges.size() == 1;
  }

  private double tickSpace(Rectangle2D area, RectangleEdge edge) {
    double most = 0;
    for (XYPlot plot : plots) {
      boolean left = edge.equals(RectangleEdge.LEFT);
      ValueAxis axis = left ? plot.getRangeAxis() : plot.getDomainAxis();
      AxisSpace space = axis.reserveSpace(g2, plot, area, edge, new AxisSpace());
      most = Math.max(most, left ? space.getLeft() : space.getBottom());
    }
    return most;
  }

  private String sharedSubtitle() {
    String first = figure.panels().getFirst().subtitle();
    return figure.panels().stream().allMatch(p -> p.subtitle().equals(first)) ? first : "";
  }

  private double[] titleHeights(int columns, int rows, double width) {
    double[] heights = new double[rows];
    for (int i = 0; i < plots.size(); i++) {
      int row = i / columns;
      Panel panel = figure.panels().get(i);
      double markerRoom = labelled(panel) ? markerStrip() : 0;
      heights[row] = Math.max(heights[row], title(i, 0, Double.NaN, width) + markerRoom);
    }
    return heights;
  }

  private static boolean labelled(Panel panel) {
    return panel.markers().stream().anyMatch(m -> m.vertical() && !m.label().isEmpty());
  }

  /** Labels of vertical markers, above the plot where no data is; each right of the one before. */
  private void markerLabels(Panel panel, XYPlot plot, Rectangle2D area) {
    FontMetrics metrics = g2.getFontMetrics(style.small());
    double free = area.getX();
    List<Marker> ordered =
        panel.markers().stream()
            .filter(m -> m.vertical() && !m.label().isEmpty())
            .filter(m -> plot.getDomainAxis().getRange().contains(m.at()))
            .sorted(Comparator.comparingDouble(Marker::at))
            .toList();
    for (Marker marker : ordered) {
      double at = plot.getDomainAxis().valueToJava2D(marker.at(), area, RectangleEdge.BOTTOM);
      double width = metrics.stringWidth(marker.label());
      double x = Math.max(free, Math.min(at - width / 2, area.getMaxX() - width));
      if (x + width <= area.getMaxX() + OVERHANG) {
        g2.setFont(style.small());
        g2.setPaint(style.theme().neutral());
        g2.drawString(marker.label(), (float) x, (float) (area.getY() - 2));
      }
      free = x + width + 4;
    }
  }

  /** Draws a panel's title, or only measures it when y is NaN. */
  private double title(int index, double x, double y, double width) {
    Panel panel = figure.panels().get(index);
    double left = x - TITLE_REACH;
    double right = x + width + TITLE_REACH;
    double height = text(lettered(index), style.label(), left, right, y);
    boolean own = figure.panels().size() == 1 || sharedSubtitle().isEmpty();
    if (own) {
      height += text(panel.subtitle(), style.small(), left, right, y + height);
    }
    return height;
  }

  /** The title of a panel, after its letter where there are several. */
  private String lettered(int index) {
    String title = figure.panels().get(index).title();
    return figure.panels().size() == 1
        ? title
        : (style.type().letters().of(index) + " " + title).strip();
  }

  /** Draws a line or more of centred text, or only measures it when y is NaN. */
  private double text(String text, Font font, double left, double right, double y) {
    if (text.isEmpty()) {
      return 0;
    }
    TextTitle title = new TextTitle(text, font);
    title.setPaint(style.theme().text());
    title.setPadding(0, 0, 2, 0);
    double width = right - left;
    Size2D measured =
        title.arrange(g2, new RectangleConstraint(new Range(0, width), new Range(0, 1000)));
    if (!Double.isNaN(y)) {
      title.draw(g2, new Rectangle2D.Double(left, y, width, measured.height));
    }
    return measured.height;
  }

  /**
   * Draws the legend.
   *
   * @param edge its lower edge where it stands below, else its upper one
   * @return its height, with the room beside it
   */
  private double legend(double left, double right, double edge, boolean below) {
    LegendItemCollection items = Legends.items(figure.panels(), style);
    if (items.getItemCount() == 0) {
      return 0;
    }
    LegendTitle legend = FigureCharts.legend(() -> items, style);
    double width = right - left;
    Size2D size =
        legend.arrange(g2, new RectangleConstraint(new Range(0, width), new Range(0, 1000)));
    legend.draw(
        g2,
        new Rectangle2D.Double(
            left + (width - size.width) / 2,
            below ? edge - size.height : edge,
            size.width,
            size.height));
    return size.height + 2;
  }

  private @Nullable ColourBar colourBar() {
    return figure.panels().stream()
        .map(Panel::scale)
        .filter(Objects::nonNull)
        .findFirst()
        .map(scale -> Legends.colourBar(scale, style))
        .orElse(null);
  }
}
