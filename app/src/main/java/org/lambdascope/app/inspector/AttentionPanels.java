package org.lambdascope.app.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.figure.AxisRange;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.ColourScale;
import org.lambdascope.app.figure.HeatMapSeries;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Marker;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.Series;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.TokenReading;
import org.lambdascope.engine.probe.HeadAttention;

/** Attention rows as panels. */
final class AttentionPanels {

  private AttentionPanels() {}

  /**
   * A row of one arm.
   *
   * @param stale whether the arm's settings have changed since it was run
   */
  record Row(int column, String arm, AttentionTile tile, boolean stale) {

    Row marked(boolean nowStale) {
      return new Row(column, arm, tile, nowStale);
    }
  }

  /** Probabilities, after the softmax, or logits, before it, by key position: one line per arm. */
  static Panel of(List<Row> rows, boolean probabilities, int layer, int head, int query) {
    List<Series> series = new ArrayList<>();
    for (Row row : rows) {
      AttentionTile tile = row.tile();
      series.add(line(row, probabilities ? tile.probabilities() : tile.logits()));
    }
    return new Panel(
        "",
        "layer %d, head %d, query %s".formatted(layer, head, Formats.count(query)),
        AxisSpec.linear("key position (tokens)")
            // Key 0 is often a sink: its line does not lie on the axis.
            .withRange(new AxisRange(-0.012 * query, Math.max(1, query * 1.04))),
        probabilities
            ? AxisSpec.linear("attention (after softmax)")
            : AxisSpec.linear("logit (before softmax)"),
        series,
        List.of(Marker.vertical(query, "")),
        null);
  }

  /** Entropy of one query's attention in every head, after the softmax, as a heat map. */
  static Panel entropies(String arm, TokenReading reading) {
    double[][] entropy = new double[reading.layers()][reading.heads()];
    int visible = 2;
    for (int layer = 0; layer < reading.layers(); layer++) {
      for (int head = 0; head < reading.heads(); head++) {
        HeadAttention attention = reading.attention(layer, head);
        entropy[layer][head] = attention.entropy();
        visible = Math.max(visible, attention.visible());
      }
    }
    return new Panel(
        arm,
        "query %s, at most %s visible keys"
            .formatted(Formats.count(reading.query()), Formats.count(visible)),
        AxisSpec.categories("head", numbers(reading.heads())),
        AxisSpec.categories("layer", numbers(reading.layers())),
        List.of(HeatMapSeries.of("attention entropy", entropy)),
        List.of(),
        new ColourScale(
            "attention entropy (nats, after softmax)",
            new AxisRange(0, Math.log(visible)), // that of uniform attention
            false));
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static LineSeries line(Row row, float[] values) {
    int[] keys = row.tile().keys();
    // A gap between runs of keys is a gap in the line: one NaN for each.
    int gaps = 0;
    for (int k = 1; k < keys.length; k++) {
      gaps += keys[k] == keys[k - 1] + 1 ? 0 : 1;
    }
    double[] x = new double[keys.length + gaps];
    double[] y = new double[keys.length + gaps];
    int n = 0;
    for (int k = 0; k < keys.length; k++) {
      if (k > 0 && keys[k] != keys[k - 1] + 1) {
        x[n] = keys[k - 1] + 0.5;
        y[n++] = Double.NaN;
      }
      x[n] = keys[k];
      y[n++] = values[k];
    }
    if (row.stale()) {
      return LineSeries.of(row.arm() + " (stale)", x, y, row.column()).muted();
    }
    // Arms may coincide: the line below shows between the dashes of the one above.
    return LineSeries.of(row.arm(), x, y, row.column()).withDash(LineSeries.Dash.of(row.column()));
  }
}
