package org.lambdascope.app.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lambdascope.engine.probe.CrossAttentionSummary;

/** Panels of what decoder positions take from an encoded context. Layers count from 0. */
public final class CrossAttentionFigures {

  private CrossAttentionFigures() {}

  /**
   * Share of the attention per chunk and position, after the softmax, mean over heads.
   *
   * @param arm name of the arm
   * @param layer one layer, or {@link LogitsView#ALL} for the mean over those with a context
   */
  public static Panel mass(String arm, CrossAttentionSummary data, int layer) {
    int n = data.positionBins() * data.chunkBins();
    double[] x = new double[n];
    double[] y = new double[n];
    double[] share = new double[n];
    double most = 0;
    for (int bin = 0; bin < data.positionBins(); bin++) {
      for (int chunk = 0; chunk < data.chunkBins(); chunk++) {
        int i = bin * data.chunkBins() + chunk;
        double found = share(data, layer, bin, chunk);
        share[i] = found > 0 ? found : Double.NaN; // no context there
        x[i] = (bin + 0.5) * data.binWidth();
        y[i] = (chunk + 0.5) * data.chunkBinWidth() - 0.5;
        most = Math.max(most, found);
      }
    }
    double end = Math.max(Math.min(most, mostLater(data, layer)), 1e-6);
    return new Panel(
        arm,
        (layer == LogitsView.ALL ? "mean over layers" : "layer " + layer)
            + ", mean over heads, after softmax",
        AxisSpec.linear("query position (tokens)"),
        AxisSpec.linear("chunk of the context"),
        List.of(new HeatMapSeries("share of cross-attention", x, y, share)),
        List.of(),
        new ColourScale(
            most > end // a narrow chart has no room for more; the subtitle names the softmax
                ? String.format(Locale.ROOT, "cross-attention; top: ≥ %.2f", end)
                : "cross-attention (after softmax)",
            new AxisRange(0, end),
            false));
  }

  /**
   * Where the colours end: the greatest share in the later half of the text. Where there are few
   * chunks yet, shares are large for that reason alone, and would leave no colours for the rest.
   *
   * @return infinite where nothing is known of that half
   */
  private static double mostLater(CrossAttentionSummary data, int layer) {
    double most = 0;
    for (int bin = data.positionBins() / 2; bin < data.positionBins(); bin++) {
      for (int chunk = 0; chunk < data.chunkBins(); chunk++) {
        most = Math.max(most, share(data, layer, bin, chunk));
      }
    }
    return most > 0 ? most : Double.POSITIVE_INFINITY;
  }

  private static double share(CrossAttentionSummary data, int layer, int bin, int chunk) {
    if (layer != LogitsView.ALL) {
      float value = data.mass(layer, bin, chunk);
      return Float.isNaN(value) ? 0 : value;
    }
    double sum = 0;
    int crossed = 0;
    for (int l = 0; l < data.layers(); l++) {
      float value = data.mass(l, bin, chunk);
      if (!Float.isNaN(value)) {
        sum += value;
        crossed++;
      }
    }
    return crossed == 0 ? 0 : sum / crossed;
  }

  /**
   * ‖cross-attention output‖ / ‖residual‖ by position.
   *
   * @param arm name of the arm
   * @param layer one layer, or {@link LogitsView#ALL}
   * @param markers such as {@link Marker#pretrainLength}
   */
  public static Panel norm(
      String arm, CrossAttentionSummary data, int layer, List<Marker> markers) {
    double[] x = DiagnosticFigures.centres(data.positionBins(), data.binWidth(), data.tokens());
    DiagnosticFigures.LayerColours colours =
        DiagnosticFigures.LayerColours.of(layer, data.layers());
    List<Series> series = new ArrayList<>();
    for (int l : colours.layers()) {
      double[] y = new double[data.positionBins()];
      Arrays.setAll(y, bin -> data.ratio(l, bin));
      LineSeries line =
          new LineSeries("layer " + l, "", x, y, null, colours.colour(l), LineSeries.Dash.SOLID);
      // A palette's colours are not all that tells lines apart; a scale's say an order.
      series.add(colours.scaled() ? line : line.withLook(l));
    }
    return new Panel(
            arm,
            (layer == LogitsView.ALL ? "all layers" : "layer " + layer)
                + DiagnosticFigures.perBin(data.binWidth()),
            AxisSpec.linear("query position (tokens)"),
            AxisSpec.linear("output norm / residual norm"),
            series,
            markers,
            colours.scale())
        .xFromZero();
  }
}
