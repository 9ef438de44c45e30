package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Height of a plot that can be read, in points: 24 mm. */
  private static final double LEAST_PLOT = 68;

  /** Room for the half of the last tick label that reaches past its axis. */
  private static final double OVERHANG = 9;

  private final Graphics2D g2;
  private final Figure figure;
  private final ChartStyle style;
  private final PageText text;
  private final List<XYPlot> plots = new ArrayList<>();

  private FigurePage(Graphics2D g2, Figure figure, ChartStyle style) {
    this.g2 = g2;
    this.figure = figure;
    this.style = style;
    text = new PageText(g2, style);
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

  /**
   * The height that a page of a width needs for plots that can be read: at least a given one, and
   * more where titles and legend leave them too little of it.
   *
   * @param least in points
   * @return in points
   */
  static double height(Figure figure, double widthPoints, double least, Typography type) {
    Graphics2D g2 = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FigurePage page = new FigurePage(g2, figure, ChartStyle.page(FigureTheme.LIGHT, type));
    double height = least;
    // The type of labels depends on the height a little, so that once may not be enough.
    for (int pass = 0; pass < 3; pass++) {
      Rectangle2D area = page.drawAround(new Rectangle2D.Double(0, 0, widthPoints, height));
      double missing = LEAST_PLOT - page.grid(area).height();
      if (missing <= 0) {
        break;
      }
      height += missing * figure.rows() + 0.5;
    }
    return height;
  }

  private void draw(Rectangle2D page) {
    g2.setPaint(style.theme().background());
    g2.fill(page);
    Rectangle2D area = drawAround(page);
    Grid grid = grid(area);
    if (grid.width() < 1 || grid.height() < 1) {
      throw new IllegalArgumentException(
          "figure size: %.0f × %.0f mm are too few for %d × %d panels with their titles"
              .formatted(
                  page.getWidth() / FigureSize.POINTS_PER_MM,
                  page.getHeight() / FigureSize.POINTS_PER_MM,
                  figure.rows(),
                  grid.columns()));
    }
    drawGrid(area, grid);
  }

  /** Draws the titles and the legend, and leaves the area between them. */
  private Rectangle2D drawAround(Rectangle2D page) {
    double left = page.getX() + MARGIN;
    double right = page.getMaxX() - MARGIN;
    double top = page.getY() + MARGIN;
    double bottom = page.getMaxY() - MARGIN;
    top += text.draw(figure.title(), style.title(), left, right, top);
    if (figure.panels().size() > 1) {
      top += text.draw(figure.sharedSubtitle(), style.small(), left, right, top);
    }
    switch (figure.legend()) {
      case BELOW -> bottom -= legend(left, right, bottom, true);
      case ABOVE -> top += legend(left, right, top, false);
      case NONE -> {}
    }
    ColourBar bar = colourBar();
    double barRoom = bar == null ? 0 : bar.width() + OVERHANG / 2;
    return new Rectangle2D.Double(left, top, right - left - barRoom, Math.max(1, bottom - top));
  }

  /**
   * Where things stand in the grid of plots, in points.
   *
   * @param leastHeight of a plot, as far as it decides whether its label is broken
   * @param leftSpace left of the first column, for labels and ticks; {@code innerLeft} of others
   * @param bottomSpace below the last row; {@code innerBottom} below others
   * @param ticks between a plot and its x label
   * @param titles height of each row's titles
   */
  private record Grid(
      int columns,
      boolean sharedX,
      boolean sharedY,
      boolean oneYLabel,
      double leastHeight,
      double leftSpace,
      double innerLeft,
      double bottomSpace,
      double innerBottom,
      double ticks,
      double[] titles,
      double width,
      double height) {}

  private Grid grid(Rectangle2D area) {
    int columns = Math.min(figure.columns(), plots.size());
    int rows = figure.rows();
    boolean sharedX = shared(true);
    boolean sharedY = shared(false);
    boolean oneYLabel = sharedY && rows > 1;
    double leastHeight = area.getHeight() * PLOT_SHARE / (oneYLabel ? 1 : rows);
    double leftSpace = yLabelRoom(leastHeight) + tickSpace(area, RectangleEdge.LEFT);
    double innerLeft = sharedY ? 0 : leftSpace;
    double width =
        (area.getWidth() - leftSpace - OVERHANG - (columns - 1) * (COLUMN_GAP + innerLeft))
            / columns;
    double ticks = tickSpace(area, RectangleEdge.BOTTOM) + LABEL_GAP;
    double bottomSpace = ticks + xLabelRoom(width);
    double innerBottom = sharedX ? 0 : bottomSpace;
    double[] titles = titleHeights(columns, rows, width);
    double height =
        (area.getHeight()
                - Arrays.stream(titles).sum()
                - bottomSpace
                - (rows - 1) * (ROW_GAP + innerBottom))
            / rows;
    return new Grid(
        columns,
        sharedX,
        sharedY,
        oneYLabel,
        leastHeight,
        leftSpace,
        innerLeft,
        bottomSpace,
        innerBottom,
        ticks,
        titles,
        width,
        height);
  }

  private void drawGrid(Rectangle2D area, Grid grid) {
    int columns = grid.columns();
    double width = grid.width();
    double height = grid.height();
    double y = area.getY();
    double firstTop = 0;
    double lastBottom = 0;
    for (int row = 0; row < figure.rows(); row++) {
      y += grid.titles()[row];
      if (row == 0) {
        firstTop = y;
      }
      for (int column = 0; column < columns; column++) {
        int index = row * columns + column;
        if (index >= plots.size()) {
          continue;
        }
        double x =
            area.getX() + grid.leftSpace() + column * (width + COLUMN_GAP + grid.innerLeft());
        boolean lowest = index + columns >= plots.size();
        double l = column == 0 || !grid.sharedY() ? grid.leftSpace() : 0;
        double b = lowest || !grid.sharedX() ? grid.bottomSpace() : 0;
        Panel panel = figure.panels().get(index);
        double markerRoom = MarkerLabels.room(panel, style);
        double titleHeight = title(index, 0, Double.NaN, width);
        title(index, x, y - markerRoom - titleHeight, width);
        if (l > 0 && !grid.oneYLabel()) {
          text.yLabel(text.yLabelLines(panel, grid.leastHeight()), x - l, y, height);
        }
        if (b > 0) {
          text.draw(panel.x().label(), style.label(), x, x + width, y + height + grid.ticks());
        }
        drawPlot(plots.get(index), new Rectangle2D.Double(x - l, y, width + l, height + b), l, b);
        MarkerLabels.draw(
            g2, panel, plots.get(index), style, new Rectangle2D.Double(x, y, width, height));
      }
      lastBottom = y + height;
      y += height + ROW_GAP + grid.innerBottom();
    }
    if (grid.oneYLabel()) {
      List<String> lines = text.yLabelLines(figure.panels().getFirst(), grid.leastHeight());
      text.yLabel(lines, area.getX(), firstTop, lastBottom - firstTop);
    }
    ColourBar bar = colourBar();
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
      most = Math.max(most, text.yLabelLines(panel, plotHeight).size() * text.lineHeight());
    }
    return most + 2;
  }

  private double xLabelRoom(double width) {
    double most = 0;
    for (Panel panel : figure.panels()) {
      double h = text.draw(panel.x().label(), style.label(), 0, width, Double.NaN);
      most = Math.max(most, h);
    }
    return most;
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

  private double[] titleHeights(int columns, int rows, double width) {
    double[] heights = new double[rows];
    for (int i = 0; i < plots.size(); i++) {
      int row = i / columns;
      Panel panel = figure.panels().get(i);
      double markerRoom = MarkerLabels.room(panel, style);
      heights[row] = Math.max(heights[row], title(i, 0, Double.NaN, width) + markerRoom);
    }
    return heights;
  }

  /** Draws a panel's title, or only measures it when y is NaN. */
  private double title(int index, double x, double y, double width) {
    Panel panel = figure.panels().get(index);
    double left = x - TITLE_REACH;
    double right = x + width + TITLE_REACH;
    double height = text.draw(lettered(index), style.label(), left, right, y);
    String own = figure.panels().size() == 1 ? panel.subtitle() : figure.ownSubtitle(panel);
    return height + text.draw(own, style.small(), left, right, y + height);
  }

  /** The title of a panel, after its letter where there are several. */
  private String lettered(int index) {
    String title = figure.panels().get(index).title();
    return figure.panels().size() == 1
        ? title
        : (style.type().letters().of(index) + " " + title).strip();
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
