package org.lambdascope.app.run;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.lambdascope.engine.study.Metric;

/** Metrics as a table, a row each; equal metrics give equal bytes. */
final class MetricsCsv {

  /** The columns. */
  static final List<String> COLUMNS =
      List.of(
          "experiment",
          "metric",
          "unit",
          "arm",
          "x_name",
          "x",
          "y_name",
          "y",
          "value",
          "low",
          "high",
          "n");

  private MetricsCsv() {}

  static byte[] write(List<Metric> metrics) {
    StringBuilder out = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
    for (Metric metric : metrics) {
      out.append(metric.experiment()).append(',');
      out.append(metric.name()).append(',');
      out.append(quoted(metric.unit())).append(',');
      out.append(quoted(metric.arm())).append(',');
      Iterator<Map.Entry<String, Double>> at = metric.at().entrySet().iterator();
      for (int i = 0; i < 2; i++) {
        if (at.hasNext()) {
          Map.Entry<String, Double> entry = at.next();
          out.append(entry.getKey()).append(',').append(number(entry.getValue())).append(',');
        } else {
          out.append(",,");
        }
      }
      out.append(number(metric.value())).append(',');
      out.append(number(metric.low())).append(',');
      out.append(number(metric.high())).append(',');
      out.append(metric.n()).append("\r\n");
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The shortest digits that give the same number back; a NaN is empty. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static String quoted(String text) {
    return text.indexOf(',') < 0 ? text : '"' + text + '"';
  }
}
