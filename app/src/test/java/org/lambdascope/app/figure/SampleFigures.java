package org.lambdascope.app.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Figures with believable made-up data. */
public final class SampleFigures {

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

  /** One figure of every kind, by name. */
  public static Map<String, Figure> kinds() {
    Map<String, Figure> kinds = new TreeMap<>();
    kinds.put("line-with-band", sideBySide(3, 3));
    kinds.put("curves", Figure.of(nll(4, 4000)));
    kinds.put("coloured-points", Figure.sideBySide("hidden states", pcas()));
    kinds.put("heat-map", Figure.sideBySide("passkey retrieval", List.of(passkey(0), passkey(1))));
    kinds.put("diverging-map", Figure.of(difference()));
    kinds.put("histogram", Figure.of(histogram()));
    kinds.put("grouped-bars", Figure.of(bars()));
    kinds.put("categories", Figure.of(categories()));
    return kinds;
  }

  private static List<Panel> pcas() {
    return List.of(pca("vanilla", 300), pca("window", 300));
  }

  /** Retrieval accuracy over categories on both axes. */
  private static Panel passkey(int arm) {
    Random random = new Random(arm);
    double[][] accuracy = new double[5][6];
    for (int depth = 0; depth < 5; depth++) {
      for (int length = 0; length < 6; length++) {
        double level = arm == 1 ? 0.9 : length < 2 ? 1 : 0.2;
        accuracy[depth][length] = Math.clamp(level + 0.1 * random.nextGaussian(), 0.0, 1.0);
      }
    }
    accuracy[4][5] = Double.NaN;
    return new Panel(
        ARMS.get(2 * arm),
        "accuracy over 20 prompts",
        AxisSpec.categories("length (tokens)", List.of("512", "1k", "2k", "4k", "8k", "16k")),
        AxisSpec.categories("depth of the key", List.of("0 %", "25 %", "50 %", "75 %", "100 %")),
        List.of(HeatMapSeries.of("accuracy", accuracy)),
        List.of(),
        new ColourScale("accuracy", new AxisRange(0, 1), false, ColourMap.CIVIDIS));
  }

  /** Values around 0 over numbers on both axes. */
  private static Panel difference() {
    double[][] values = new double[24][64];
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 64; x++) {
        values[y][x] = Math.sin(x / 9.0) * (y - 8) / 8;
      }
    }
    return new Panel(
        "lm-infinite − vanilla",
        "layer 0, head 0",
        AxisSpec.linear("key position (tokens)"),
        AxisSpec.linear("query position (tokens)"),
        List.of(HeatMapSeries.of("difference", values)),
        List.of(),
        ColourScale.diverging("Δ logit (before softmax)", new AxisRange(-1, 2)));
  }

  private static Panel histogram() {
    Random random = new Random(3);
    double[] values = random.doubles(2000).map(v -> Math.exp(3 * v)).toArray();
    return new Panel(
        "NLL of tokens",
        "welcome.txt",
        AxisSpec.linear("NLL (nats per token)"),
        AxisSpec.linear("tokens"),
        List.of(BarSeries.histogram("vanilla", values, 24, new SeriesColour.Palette(0))),
        List.of(Marker.vertical(5, "mean")),
        null);
  }

  private static Panel bars() {
    double[][] heights = {{31, 12, 4}, {30, 28, 25}, {31, 29, 29}};
    List<Band> errors = new ArrayList<>();
    for (double[] group : heights) {
      errors.add(
          new Band(
              Arrays.stream(group).map(v -> v - 2).toArray(),
              Arrays.stream(group).map(v -> v + 2.5).toArray()));
    }
    return new Panel(
        "ROUGE-L of 100 tokens",
        "mean and 95 % interval over 32 documents",
        AxisSpec.categories("text before them (tokens)", List.of("2k", "8k", "32k")),
        AxisSpec.linear("ROUGE-L (%)"),
        List.copyOf(
            BarSeries.grouped(List.of("vanilla", "window", "lm-infinite"), heights, errors)),
        List.of(),
        null);
  }

  private static Panel categories() {
    List<Series> series = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      Random random = new Random(c);
      double[] x = new double[40];
      double[] y = new double[40];
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.exp(6 + c * 0.4 + random.nextGaussian());
        y[i] = 1.2 + c * 0.3 + random.nextGaussian() * 0.3;
      }
      series.add(PointSeries.of(List.of("vanilla", "window", "ceiling", "cepe").get(c), x, y, c));
    }
    return new Panel(
        "cost and quality",
        "one point per document",
        AxisSpec.logarithmic("cache (KiB)"),
        AxisSpec.linear("NLL (nats per token)"),
        series,
        List.of(),
        null);
  }

  /** The logits of the first arms, side by side. */
  public static Figure sideBySide(int arms, int layers) {
    List<Panel> panels = new ArrayList<>();
    for (int a = 0; a < arms; a++) {
      panels.add(logits(ARMS.get(a), layers, 1024, a >= 2));
    }
    return Figure.sideBySide("attention logits by distance", panels);
  }

  /** A table of two sections. */
  public static Table table() {
    return new Table(
        "Perplexity and share",
        "length (tokens)",
        List.of("512", "1,024"),
        List.of(
            new Table.Section(
                "perplexity",
                2,
                Table.Best.LOWEST,
                List.of(
                    new Table.Row("vanilla", 3.1, -0.001),
                    new Table.Row("window", 2.5, -2.351),
                    new Table.Row("lm-infinite", 2.501, Double.NaN))),
            new Table.Section(
                "share_1 (%)",
                1,
                Table.Best.HIGHEST,
                List.of(new Table.Row("vanilla", 2, 1), new Table.Row("window", 1, 1)))));
  }
}
