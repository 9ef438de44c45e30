package org.lambdascope.app.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Figures with believable made-up data. */
final class SampleFigures {

  static final List<String> ARMS =
      List.of(
          "vanilla",
          "window:local=512",
          "lm-infinite:global=10,local=512,ceiling=512",
          "streaming-llm:sink=4,recent=508");

  private SampleFigures() {}

  /** Attention logits of an arm, before the softmax, with bands; n points. */
  static Panel logits(String arm, int layers, int n, boolean global) {
    Random random = new Random(arm.hashCode());
    List<Series> series = new ArrayList<>();
    boolean scaled = layers > FigureTheme.PALETTE_SIZE;
    for (int l = 0; l < layers; l++) {
      double[] x = new double[n];
      double[] y = new double[n];
      double[] low = new double[n];
      double[] high = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = 4 * i + 1.5;
        double blow = arm.equals("vanilla") ? Math.max(0, x[i] - 512) / 900 : 0;
        y[i] = -1.5 * l / layers - Math.log1p(x[i]) * 0.4 + blow + random.nextGaussian() * 0.15;
        low[i] = y[i] - 0.6;
        high[i] = y[i] + 0.6;
      }
      SeriesColour colour = scaled ? new SeriesColour.OnScale(l) : new SeriesColour.Palette(l);
      Band band = layers <= 4 ? new Band(low, high) : null;
      series.add(new LineSeries("layer " + l, "", x, y, band, colour, LineSeries.Dash.SOLID));
      if (global) {
        double[] g = Arrays.stream(y).map(v -> -v * 0.3 + 1).toArray();
        series.add(
            new LineSeries(
                "layer " + l, "global branch", x, g, null, colour, LineSeries.Dash.DASHED));
      }
    }
    return new Panel(
        arm,
        "all layers, mean ± sd over heads, mean over queries",
        AxisSpec.linear("distance (tokens)"),
        AxisSpec.linear("attention logit (before softmax)"),
        series,
        List.of(Marker.pretrainLength(512)),
        scaled ? new ColourScale("layer", new AxisRange(0, layers - 1.0), true) : null);
  }

  /** Hidden states coloured by position. */
  static Panel pca(String arm, int n) {
    Random random = new Random(arm.hashCode());
    double[] x = new double[n];
    double[] y = new double[n];
    double[] position = new double[n];
    for (int i = 0; i < n; i++) {
      double angle = 4.0 * i / n;
      x[i] = 3 * Math.cos(angle) + random.nextGaussian() * 0.4;
      y[i] = 2 * Math.sin(angle) + random.nextGaussian() * 0.4;
      position[i] = i;
    }
    return new Panel(
        arm,
        "output of layer 0, first 4,096 positions",
        AxisSpec.linear("PC 1 (41.3 % of variance)"),
        AxisSpec.linear("PC 2 (12.8 % of variance)"),
        List.of(new ScatterSeries("layer 0", x, y, position)),
        List.of(),
        new ColourScale("position (tokens)", new AxisRange(0, n - 1.0), true));
  }

  /** Negative log-likelihood of all arms. */
  static Panel nll(int arms, int n) {
    List<NllFigures.Curve> curves = new ArrayList<>();
    for (int a = 0; a < arms; a++) {
      Random random = new Random(a);
      float[] nll = new float[n];
      for (int i = 0; i < n; i++) {
        double level = a == 0 && i > 512 ? Math.min(5.4, 1.3 + (i - 512) / 200.0) : 1.28 + a * 0.05;
        nll[i] = (float) (level + random.nextGaussian() * 0.5);
      }
      curves.add(new NllFigures.Curve(ARMS.get(a), nll, n));
    }
    return NllFigures.curves(curves, NllView.forLength(n), List.of(Marker.pretrainLength(512)));
  }

  /** The logits of the first arms, side by side. */
  static Figure sideBySide(int arms, int layers) {
    List<Panel> panels = new ArrayList<>();
    for (int a = 0; a < arms; a++) {
      panels.add(logits(ARMS.get(a), layers, 1024, a >= 2));
    }
    return Figure.sideBySide("attention logits by distance", panels);
  }
}
