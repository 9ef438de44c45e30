package org.lambdascope.app.inspector;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.figure.AxisRange;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Marker;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.Series;
import org.lambdascope.engine.experiment.AttentionTile;

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
            .withRange(new AxisRange(0, Math.max(1, query * 1.04))),
        probabilities
            ? AxisSpec.linear("attention (after softmax)")
            : AxisSpec.linear("logit (before softmax)"),
        series,
        List.of(Marker.vertical(query, "")),
        null);
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
