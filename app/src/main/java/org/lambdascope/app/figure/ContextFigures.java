package org.lambdascope.app.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.lambdascope.engine.experiment.context.ContextControl;
import org.lambdascope.engine.experiment.context.ContextCost;
import org.lambdascope.engine.experiment.context.ContextPoint;

/** Figures of what context is worth and what it costs. */
public final class ContextFigures {

  private static final double MIB = 1 << 20;

  private ContextFigures() {}

  /**
   * Negative log-likelihood of the same targets by the length of the text, with 95 % intervals.
   *
   * @param beside tokens that are read beside the context: local ones and targets
   * @param markers such as {@link Marker#pretrainLength}
   */
  public static Figure nll(List<ContextPoint> points, int beside, List<Marker> markers) {
    List<Series> series = new ArrayList<>();
    Map<String, List<ContextPoint>> arms = byArm(points);
    int documents = points.stream().mapToInt(p -> p.nll().count()).max().orElse(0);
    int colour = 0;
    for (Map.Entry<String, List<ContextPoint>> arm : arms.entrySet()) {
      List<ContextPoint> of = arm.getValue();
      LineSeries line = line(arm.getKey(), of, beside, p -> p.nll().mean(), colour++);
      series.add(
          of.stream().anyMatch(p -> Double.isNaN(p.nll().half()))
              ? line
              : line.withBand(
                  values(of, ContextFigures::low),
                  values(of, p -> p.nll().mean() + p.nll().half())));
    }
    double longest = points.stream().mapToInt(ContextPoint::context).max().orElse(0) + beside;
    return Figure.of(
        new Panel(
            "negative log-likelihood of the same targets by context",
            documents < 2
                ? "1 document"
                : "mean and 95 %% interval%s, %d documents".formatted(cut(points), documents),
            AxisSpec.logarithmic("context and targets (tokens)"),
            AxisSpec.linear("NLL (nats per token)"),
            series,
            markers.stream().filter(m -> m.at() > beside && m.at() < longest).toList(),
            null));
  }

  /** Negative log-likelihood of the same targets by control, with 95 % intervals. */
  public static Figure controls(List<ContextPoint> points) {
    List<ContextControl> controls = points.stream().map(ContextPoint::control).distinct().toList();
    Map<String, List<ContextPoint>> arms = byArm(points);
    double[][] heights = new double[arms.size()][controls.size()];
    List<Band> bands = new ArrayList<>();
    int group = 0;
    for (List<ContextPoint> of : arms.values()) {
      Band band = new Band(new double[controls.size()], new double[controls.size()]);
      for (double[] values : List.of(heights[group], band.low(), band.high())) {
        Arrays.fill(values, Double.NaN);
      }
      for (ContextPoint p : of) {
        int place = controls.indexOf(p.control());
        heights[group][place] = p.nll().mean();
        band.low()[place] = low(p);
        band.high()[place] = p.nll().mean() + p.nll().half();
      }
      bands.add(band);
      group++;
    }
    return Figure.of(
        new Panel(
            "",
            "",
            AxisSpec.categories("context", controls.stream().map(ContextControl::id).toList()),
            AxisSpec.linear("NLL (nats per token)"),
            List.copyOf(BarSeries.grouped(List.copyOf(arms.keySet()), heights, bands)),
            List.of(),
            null));
  }

  /** The lower end of the interval of a loss, which is at least 0: NaN where there is none. */
  private static double low(ContextPoint point) {
    return Math.max(0, point.nll().mean() - point.nll().half());
  }

  private static String cut(List<ContextPoint> points) {
    return points.stream().anyMatch(p -> low(p) == 0 && p.nll().half() > 0) ? " cut at 0" : "";
  }

  /** Seconds to read, decoding speed and memory by the length of the text. */
  public static Figure cost(List<ContextPoint> points, int beside) {
    return cost(
        "context and targets (tokens)",
        lines(points, beside, ContextPoint::readSeconds),
        lines(points, beside, ContextPoint::decodeTokensPerSecond),
        lines(points, beside, p -> p.bytes() / MIB));
  }

  /** The same of ways to reach a context. */
  public static Figure cost(List<ContextCost.Point> points) {
    return cost(
        "context (tokens)",
        ways(points, ContextCost.Point::readSeconds),
        ways(points, ContextCost.Point::decodeTokensPerSecond),
        ways(points, p -> p.bytes() / MIB));
  }

  private static Figure cost(
      String abscissa, List<Series> read, List<Series> decode, List<Series> memory) {
    return new Figure(
        "",
        List.of(
            costPanel(abscissa, "time until the first token (s)", read),
            costPanel(abscissa, "decoding (tokens/s)", decode),
            costPanel(abscissa, "caches and context (MiB)", memory)),
        3);
  }

  private static Panel costPanel(String abscissa, String quantity, List<Series> series) {
    return new Panel(
        "",
        "",
        AxisSpec.logarithmic(abscissa),
        AxisSpec.logarithmic(quantity),
        series,
        List.of(),
        null);
  }

  private static Map<String, List<ContextPoint>> byArm(List<ContextPoint> points) {
    Map<String, List<ContextPoint>> arms = new LinkedHashMap<>();
    for (ContextPoint p : points) {
      arms.computeIfAbsent(p.arm().toString(), a -> new ArrayList<>()).add(p);
    }
    return arms;
  }

  private static List<Series> lines(
      List<ContextPoint> points, int beside, ToDoubleFunction<ContextPoint> y) {
    List<Series> series = new ArrayList<>();
    byArm(points).forEach((arm, of) -> series.add(line(arm, of, beside, y, series.size())));
    return series;
  }

  private static LineSeries line(
      String name,
      List<ContextPoint> points,
      int beside,
      ToDoubleFunction<ContextPoint> y,
      int colour) {
    return LineSeries.of(name, values(points, p -> p.context() + beside), values(points, y), colour)
        .withLook(colour);
  }

  private static List<Series> ways(
      List<ContextCost.Point> points, ToDoubleFunction<ContextCost.Point> y) {
    List<Series> series = new ArrayList<>();
    int colour = 0;
    for (ContextCost.Way way : ContextCost.Way.values()) {
      List<ContextCost.Point> of = points.stream().filter(p -> p.way() == way).toList();
      if (!of.isEmpty()) {
        series.add(
            LineSeries.of(
                way.title(),
                of.stream().mapToDouble(ContextCost.Point::length).toArray(),
                of.stream().mapToDouble(y).toArray(),
                colour));
      }
      colour++; // A way keeps its colour where others are absent.
    }
    return series;
  }

  private static double[] values(List<ContextPoint> points, ToDoubleFunction<ContextPoint> value) {
    double[] values = new double[points.size()];
    Arrays.setAll(values, i -> value.applyAsDouble(points.get(i)));
    return values;
  }
}
