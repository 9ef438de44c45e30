package org.lambdascope.app.figure;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The plotted data in long form: {@code panel,series,x,y,low,high,value}. RFC 4180, UTF-8; NaN is
 * an empty field.
 */
final class FigureCsv {

  private FigureCsv() {}

  static void write(Figure figure, OutputStream out) throws IOException {
    CsvWriter csv = new CsvWriter(out);
    csv.row("panel", "series", "x", "y", "low", "high", "value");
    for (Panel panel : figure.panels()) {
      for (Series series : panel.series()) {
        LineSeries.@Nullable Band band = series instanceof LineSeries line ? line.band() : null;
        double[] values = series instanceof ScatterSeries scatter ? scatter.value() : null;
        for (int i = 0; i < series.x().length; i++) {
          csv.text(panel.title());
          csv.text(series.name());
          csv.number(series.x()[i]);
          csv.number(series.y()[i]);
          csv.number(band == null ? Double.NaN : band.low()[i]);
          csv.number(band == null ? Double.NaN : band.high()[i]);
          csv.number(values == null ? Double.NaN : values[i]);
          csv.end();
        }
      }
    }
    csv.flush();
  }
}
