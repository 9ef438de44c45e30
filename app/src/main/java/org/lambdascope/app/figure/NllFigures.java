package org.lambdascope.app.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lambdascope.engine.experiment.ScoreResult;

/** Negative log-likelihood by position, one line per arm. */
public final class NllFigures {

  private NllFigures() {}

  /**
   * One line per arm, over token positions from 1.
   *
   * @param results one per arm
   * @param view smoothing
   * @param markers such as {@link Marker#pretrainLength}
   */
  public static Panel nll(List<ScoreResult> results, NllView view, List<Marker> markers) {
    List<Curve> curves = new ArrayList<>();
    for (ScoreResult r : results) {
      curves.add(new Curve(r.arm().toString(), r.nll(), r.scored()));
    }
    return curves(curves, view, markers);
  }

  /**
   * One line per curve; use this while a run is still going.
   *
   * @param curves one per arm
   */
  public static Panel curves(List<Curve> curves, NllView view, List<Marker> markers) {
    List<Series> series = new ArrayList<>();
    if (view.raw()) {
      for (Curve c : curves) {
        double[] x = new double[c.scored];
        double[] y = new double[c.scored];
        Arrays.setAll(x, i -> i);
        Arrays.setAll(y, i -> c.nll[i]);
        series.add(
            new LineSeries(
                c.arm,
                "raw",
                x,
                y,
                null,
                new SeriesColour.Palette(series.size()),
                LineSeries.Dash.DOTTED));
      }
    }
    for (int i = 0; i < curves.size(); i++) {
      // Arms may coincide, and a solid line shows between the dashes of the one drawn over it.
      LineSeries.Dash dash = i % 2 == 0 ? LineSeries.Dash.SOLID : LineSeries.Dash.DASHED;
      LineSeries line = smooth(curves.get(i), view, i);
      Curve curve = curves.get(i);
      Mark mark = Mark.of(curve.place == Curve.IN_ORDER ? i : curve.place);
      series.add((curve.stale ? line.muted() : line.withDash(dash)).withMark(mark));
    }
    String how =
        switch (view.smoothing()) {
          case BUCKETS -> "mean of buckets of %d positions".formatted(view.window());
          case MOVING_AVERAGE -> "moving average over %d positions".formatted(view.window());
        };
    return new Panel(
            "Negative log-likelihood by position",
            how,
            AxisSpec.linear("query position (tokens)"),
            AxisSpec.linear("NLL (nats per token)"),
            series,
            markers,
            null)
        .xFromZero();
  }

  private static LineSeries smooth(Curve c, NllView view, int colour) {
    return switch (view.smoothing()) {
      case BUCKETS -> {
        // The mean of a few positions would stand out for nothing: they join the bucket before.
        int n = Math.max(Math.min(c.scored, 1), (c.scored + view.window() / 2) / view.window());
        double[] x = new double[n];
        double[] y = new double[n];
        for (int b = 0; b < n; b++) {
          int from = b * view.window();
          int to = b == n - 1 ? c.scored : from + view.window();
          x[b] = (from + to - 1) / 2.0;
          y[b] = mean(c.nll, from, to);
        }
        yield LineSeries.of(c.arm, x, y, colour);
      }
      case MOVING_AVERAGE -> {
        double[] x = new double[c.scored];
        double[] y = new double[c.scored];
        Arrays.setAll(x, i -> i);
        // Sums of doubles over floats: exact enough that the running window does not drift.
        double[] sums = new double[c.scored + 1];
        int[] counts = new int[c.scored + 1];
        for (int i = 0; i < c.scored; i++) {
          boolean there = Float.isFinite(c.nll[i]);
          sums[i + 1] = sums[i] + (there ? c.nll[i] : 0);
          counts[i + 1] = counts[i] + (there ? 1 : 0);
        }
        for (int i = 0; i < c.scored; i++) {
          int from = Math.max(0, i - (view.window() - 1) / 2);
          int to = Math.min(c.scored, i + view.window() / 2 + 1);
          y[i] = (sums[to] - sums[from]) / (counts[to] - counts[from]);
        }
        yield LineSeries.of(c.arm, x, y, colour);
      }
    };
  }

  private static double mean(float[] values, int from, int to) {
    double sum = 0;
    int n = 0;
    for (int i = from; i < to; i++) {
      if (Float.isFinite(values[i])) {
        sum += values[i];
        n++;
      }
    }
    return sum / n;
  }

  /**
   * What one arm has so far.
   *
   * @param arm its name
   * @param nll {@code [N−1]}: entry {@code i} is that of token {@code i + 1}, at query position
   *     {@code i}, in nats
   * @param scored how many entries are there
   * @param stale whether they belong to earlier settings, and are drawn as such
   * @param place of the arm, which tells its marks; {@link #IN_ORDER} for that of the curve
   */
  public record Curve(String arm, float[] nll, int scored, boolean stale, int place) {

    /** Curves are in the order of the arms. */
    static final int IN_ORDER = -1;

    /** A curve of the present settings. */
    public Curve(String arm, float[] nll, int scored) {
      this(arm, nll, scored, false, IN_ORDER);
    }
  }
}
