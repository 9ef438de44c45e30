package org.lambdascope.app.figure;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plotted data in long form: {@code panel,series,x,y,low,high,value}. RFC 4180, UTF-8; NaN is
 * an empty field.
 */
public final class FigureCsv {

  private FigureCsv() {}

  /** Writes all series of a figure. */
  static void write(Figure figure, OutputStream out) throws IOException {
    CsvWriter csv = new CsvWriter(out);
    csv.row("panel", "series", "x", "y", "low", "high", "value");
    List<String> panelKeys = unique(figure.panels().stream().map(Panel::title).toList());
    for (int p = 0; p < panelKeys.size(); p++) {
      List<Series> all = figure.panels().get(p).series();
      List<String> seriesKeys = unique(all.stream().map(Series::name).toList());
      for (int s = 0; s < all.size(); s++) {
        Series series = all.get(s);
        Band band = series.band();
        double[] values = series.value();
        for (int i = 0; i < series.x().length; i++) {
          csv.text(panelKeys.get(p));
          csv.text(seriesKeys.get(s));
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

  /** The names as the file has them: one that occurs again has a number behind it. */
  public static List<String> unique(List<String> names) {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> taken = new HashSet<>(names);
    List<String> keys = new ArrayList<>();
    for (String name : names) {
      int count = seen.merge(name, 1, Integer::sum);
      String key = name;
      if (count > 1) {
        do {
          key = "%s #%d".formatted(name, count++);
        } while (!taken.add(key));
      }
      keys.add(key);
    }
    return keys;
  }
}
