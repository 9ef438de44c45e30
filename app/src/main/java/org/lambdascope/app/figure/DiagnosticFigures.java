package org.lambdascope.app.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.probe.DistanceSeries;
import org.lambdascope.engine.probe.EntropyByPosition;
import org.lambdascope.engine.probe.HiddenPca;
import org.lambdascope.engine.probe.LogitsByDistance;

/**
 * Panels of the three out-of-distribution factors. Every title says layer, head and statistic,
 * every axis whether it is before or after the softmax. Layers and heads count from 0.
 */
public final class DiagnosticFigures {

  private static final int MOST_BANDS = FigureTheme.PALETTE_SIZE;

  private DiagnosticFigures() {}

  /**
   * Factor 1: attention logits by raw distance, before the softmax. The global branch or the sinks,
   * where the arm has them, are dashed; the statistic of the last query spans all branches.
   *
   * @param arm name of the arm
   * @param data what was captured
   * @param view which layer, head and statistic
   * @param markers such as {@link Marker#pretrainLength}
   */
  public static Panel logits(
      String arm, LogitsByDistance data, LogitsView view, List<Marker> markers) {
    check("layer", view.layer(), data.layers());
    check("head", view.head(), data.heads());
    List<Series> series = new ArrayList<>();
    LayerColours colours = LayerColours.of(view.layer(), data.layers());
    boolean bands = view.head() == LogitsView.ALL && colours.count() <= MOST_BANDS;
    for (int layer : colours.layers()) {
      boolean running = view.statistic() == LogitsView.Statistic.RUNNING_MAX;
      series.add(
          logitLine(data, running ? data.lastQuery() : data.local(), view, layer, "", bands));
      if (!running && data.global() != null) {
        series.add(logitLine(data, data.global(), view, layer, initialKeys(arm), bands));
      }
    }
    String heads = heads(view.head(), bands ? "mean ± sd over heads" : "mean over heads");
    return new Panel(
            arm,
            layers(view.layer()) + heads + ", " + view.statistic().words(),
            AxisSpec.linear("distance (tokens)"),
            AxisSpec.linear("attention logit (before softmax)"),
            series,
            markers,
            colours.scale())
        .xFromZero();
  }

  private static LineSeries logitLine(
      LogitsByDistance data,
      DistanceSeries source,
      LogitsView view,
      int layer,
      String variant,
      boolean band) {
    int bins = data.bins();
    int first = view.head() == LogitsView.ALL ? 0 : view.head();
    int last = view.head() == LogitsView.ALL ? data.heads() - 1 : view.head();
    double[][] perHead = new double[last - first + 1][];
    for (int h = first; h <= last; h++) {
      int head = h;
      double[] values = new double[bins];
      switch (view.statistic()) {
        case MEAN -> Arrays.setAll(values, b -> source.mean(layer, head, b));
        case MAX -> Arrays.setAll(values, b -> source.max(layer, head, b));
        case MIN -> Arrays.setAll(values, b -> source.min(layer, head, b));
        case RUNNING_MAX -> values = visibleRunningMax(data, layer, head);
      }
      perHead[h - first] = values;
    }
    HeadStatistics s = HeadStatistics.of(perHead, bins);
    double[] x = centres(bins, data.binWidth(), data.tokens());
    LayerColours colours = LayerColours.of(view.layer(), data.layers());
    LineSeries line =
        new LineSeries(
            "layer " + layer,
            variant,
            x,
            s.mean(),
            band ? new Band(s.low(), s.high()) : null,
            colours.colour(layer),
            variant.isEmpty() ? LineSeries.Dash.SOLID : LineSeries.Dash.DASHED);
    return variant.isEmpty() ? colours.marked(line, layer) : line;
  }

  /** The running maximum up to the farthest visible key; beyond it there is nothing to show. */
  private static double[] visibleRunningMax(LogitsByDistance data, int layer, int head) {
    double[] values = data.runningMaxOfLastQuery(layer, head);
    for (int b = data.bins() - 1; b >= 0 && data.lastQuery().count(layer, head, b) == 0; b--) {
      values[b] = Double.NaN;
    }
    return values;
  }

  /** What an arm calls the first keys, which every query sees. */
  private static String initialKeys(String arm) {
    return arm.startsWith(ArmKind.STREAMING_LLM.id()) ? "sinks" : "global branch";
  }

  /**
   * Factor 2: attention entropy by position, after the softmax, over visible keys, with the entropy
   * of uniform attention, {@code ln(visible keys)}, as reference.
   *
   * @param arm name of the arm
   */
  public static Panel entropy(
      String arm, EntropyByPosition data, EntropyView view, List<Marker> markers) {
    check("layer", view.layer(), data.layers());
    check("head", view.head(), data.heads());
    double[] x = centres(data.bins(), data.binWidth(), data.tokens());
    List<Series> series = new ArrayList<>();
    LayerColours colours = LayerColours.of(view.layer(), data.layers());
    for (int layer : colours.layers()) {
      double[] y = new double[data.bins()];
      Arrays.setAll(
          y,
          b ->
              view.head() == LogitsView.ALL
                  ? data.meanOverHeads(layer, b)
                  : data.mean(layer, view.head(), b));
      series.add(
          colours.marked(
              new LineSeries(
                  "layer " + layer, "", x, y, null, colours.colour(layer), LineSeries.Dash.SOLID),
              layer));
    }
    double[] uniform = new double[data.bins()];
    Arrays.setAll(uniform, b -> data.logVisible()[b]);
    series.add(
        new LineSeries(
            "ln(visible keys)",
            "",
            x,
            uniform,
            null,
            new SeriesColour.Neutral(),
            LineSeries.Dash.DOTTED));
    return new Panel(
            arm,
            layers(view.layer()) + heads(view.head(), "mean over heads") + perBin(data.binWidth()),
            AxisSpec.linear("query position (tokens)"),
            AxisSpec.linear("attention entropy (nats, after softmax)"),
            series,
            markers,
            colours.scale())
        .xFromZero();
  }

  /**
   * Factor 3: hidden states on their first two principal components, coloured by position.
   *
   * @param arm name of the arm
   */
  public static Panel pca(String arm, HiddenPca data) {
    int n = data.points().length;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] position = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = data.points()[i][0];
      y[i] = data.points()[i][1];
      position[i] = i;
    }
    Panel all =
        new Panel(
            arm,
            String.format(Locale.ROOT, "output of layer %d, first %,d positions", data.layer(), n),
            AxisSpec.linear(component(1, data.explained())),
            AxisSpec.linear(component(2, data.explained())),
            List.of(new ScatterSeries("layer " + data.layer(), x, y, position)),
            List.of(),
            new ColourScale("position (tokens)", new AxisRange(0, Math.max(1, n - 1)), true));
    // The first token stands so far from all others that nothing else would be seen.
    return all.withoutOutliers();
  }

  private static String component(int which, double[] explained) {
    return component(which, explained.length >= which ? explained[which - 1] : Double.NaN);
  }

  /**
   * The label of a principal component.
   *
   * @param which from 1
   * @param explained its share of the variance, 0 to 1; NaN if it is not known
   */
  public static String component(int which, double explained) {
    return Double.isNaN(explained)
        ? "PC " + which
        : String.format(Locale.ROOT, "PC %d (%.1f %% of variance)", which, 100 * explained);
  }

  private static String layers(int layer) {
    return layer == LogitsView.ALL ? "all layers, " : "layer " + layer + ", ";
  }

  private static String heads(int head, String over) {
    return head == LogitsView.ALL ? over : "head " + head;
  }

  private static void check(String what, int index, int count) {
    if (index != LogitsView.ALL && (index < 0 || index >= count)) {
      throw new IllegalArgumentException(
          "%s: expected one of 0 to %d, or all; found %d".formatted(what, count - 1, index));
    }
  }

  /** What a value of a bin is; empty where every position has its own. */
  static String perBin(int width) {
    return width == 1 ? "" : String.format(Locale.ROOT, ", mean per %,d positions", width);
  }

  /** Middles of bins; the last bin may be shorter. */
  static double[] centres(int bins, int width, int tokens) {
    double[] x = new double[bins];
    Arrays.setAll(
        x, b -> ((double) b * width + Math.min((b + 1L) * width, Math.max(tokens, 1)) - 1) / 2);
    return x;
  }

  /** Colours of layers: the palette for up to eight, the colour scale for more. */
  record LayerColours(int[] layers, int total) {

    static LayerColours of(int layer, int total) {
      int[] layers = {layer};
      if (layer == LogitsView.ALL) {
        layers = new int[total];
        Arrays.setAll(layers, l -> l);
      }
      return new LayerColours(layers, total);
    }

    int count() {
      return layers.length;
    }

    boolean scaled() {
      return layers.length > FigureTheme.PALETTE_SIZE;
    }

    @Nullable ColourScale scale() {
      return scaled() ? new ColourScale("layer", new AxisRange(0, total - 1.0), true) : null;
    }

    /** Several lines in colours of the palette have marks too, which print without colour keeps. */
    LineSeries marked(LineSeries line, int layer) {
      return scaled() || layers.length == 1 ? line : line.withMark(Mark.of(layer));
    }

    SeriesColour colour(int layer) {
      return scaled() ? new SeriesColour.OnScale(layer) : new SeriesColour.Palette(layer);
    }
  }
}
