package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FigureCsvTest {

  @Test
  void valuesComeBackAndGapsAreEmpty() throws IOException {
    double[] x = {0, 1.5, 1e-7, 123456789};
    double[] y = {Math.PI, Double.NaN, -1e300, 1.0 / 3};
    Panel panel =
        new Panel(
            "lm-infinite:global=10,local=512",
            "",
            AxisSpec.linear("x"),
            AxisSpec.linear("y"),
            List.of(LineSeries.of("say \"hi\"\nthere", x, y, 0).withBand(y, x)),
            List.of(),
            null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FigureCsv.write(Figure.of(panel), out);

    List<List<String>> rows = parse(out.toString(StandardCharsets.UTF_8));

    assertThat(rows.getFirst())
        .containsExactly("panel", "series", "x", "y", "low", "high", "value");
    assertThat(rows).hasSize(5);
    for (int i = 0; i < 4; i++) {
      List<String> row = rows.get(i + 1);
      assertThat(row).hasSize(7);
      assertThat(row.get(0)).isEqualTo("lm-infinite:global=10,local=512");
      assertThat(row.get(1)).isEqualTo("say \"hi\"\nthere");
      assertThat(Double.parseDouble(row.get(2))).isEqualTo(x[i]);
      Double back = row.get(3).isEmpty() ? Double.NaN : Double.valueOf(row.get(3));
      assertThat(back).isEqualTo(Double.valueOf(y[i]));
      assertThat(Double.parseDouble(row.get(5))).isEqualTo(x[i]);
      assertThat(row.get(6)).isEmpty();
    }
    assertThat(rows.get(2).get(3)).isEmpty();
  }

  /** A plain RFC 4180 reader. */
  static List<List<String>> parse(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else if (c == '"') {
          quoted = false;
        } else {
          field.append(c);
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (c != '\r') {
        field.append(c);
      }
    }
    return rows;
  }
}
