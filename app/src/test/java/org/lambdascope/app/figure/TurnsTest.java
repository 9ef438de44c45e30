package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines that lie on one another are all seen. */
class TurnsTest {

  private static final double[] X = {1, 2, 3, 4, 5, 6, 7, 8};

  /** Pixels of each colour of the palette on a chart of lines with these ordinates. */
  private static Map<Integer, Integer> seen(double[]... lines) {
    Series[] series = new Series[lines.length];
    Arrays.setAll(series, i -> LineSeries.of("line " + i, X, lines[i], i).withLook(i));
    Panel panel =
        new Panel(
            "", "", AxisSpec.linear("x"), AxisSpec.linear("y"), List.of(series), List.of(), null);
    BufferedImage image = new BufferedImage(600, 300, BufferedImage.TYPE_INT_RGB);
    Graphics2D g2 = image.createGraphics();
    // Without a legend, which has all colours.
    ChartStyle screen = ChartStyle.screen(FigureTheme.LIGHT);
    ChartStyle style =
        new ChartStyle(
            screen.theme(),
            screen.type(),
            screen.fontScale(),
            screen.decimateAbove(),
            screen.columnsPerUnit(),
            false);
    FigureCharts.chart(panel, style).draw(g2, new Rectangle2D.Double(0, 0, 600, 300));
    g2.dispose();
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < 600; x++) {
        Color pixel = new Color(image.getRGB(x, y));
        for (int i = 0; i < lines.length; i++) {
          if (pixel.equals(FigureTheme.LIGHT.palette(i))) {
            counts.merge(i, 1, Integer::sum);
          }
        }
      }
    }
    return counts;
  }

  @Test
  void linesThatCoincideTakeTurns() {
    double[] y = {1, 3, 2, 5, 4, 4, 6, 5};
    Map<Integer, Integer> seen = seen(y, y.clone(), y.clone());
    assertThat(seen).containsOnlyKeys(0, 1, 2);
    int most = seen.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    assertThat(seen.values()).allSatisfy(n -> assertThat(n).isGreaterThan(most / 4));
  }

  @Test
  void theyAreWholeWhereTheyPart() {
    double[] alone = {1, 1, 1, 1, 1, 1, 1, 1};
    double[] other = {1, 2, 2, 2, 2, 2, 2, 2};
    Map<Integer, Integer> apart = seen(alone);
    Map<Integer, Integer> seen = seen(alone, other);
    assertThat(seen.get(0)).isGreaterThan(apart.getOrDefault(0, 0) * 3 / 4);
    assertThat(seen.get(1)).isPositive();
  }

  @Test
  void aGapIsNoMeeting() {
    double[] gap = {1, Double.NaN, 2, 2, Double.NaN, 1, 1, 1};
    assertThat(seen(gap, gap.clone())).containsOnlyKeys(0, 1);
  }
}
