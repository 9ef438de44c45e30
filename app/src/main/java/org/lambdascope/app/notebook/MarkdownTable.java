package org.lambdascope.app.notebook;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table in Markdown. Columns that hold numbers only are set to the right; fractions are rounded
 * to three decimals, and what is no number or absent is a dash.
 */
public final class MarkdownTable {

  private static final String ABSENT = "–";

  private final List<String> headings;
  private final List<List<Object>> rows = new ArrayList<>();

  /** A table without rows. */
  public MarkdownTable(List<String> headings) {
    this.headings = List.copyOf(headings);
  }

  /** A table without rows. */
  public MarkdownTable(String... headings) {
    this(List.of(headings));
  }

  /** The answer to a query, from its current row to its end. */
  public static MarkdownTable of(ResultSet answer) throws SQLException {
    ResultSetMetaData columns = answer.getMetaData();
    String[] headings = new String[columns.getColumnCount()];
    for (int c = 0; c < headings.length; c++) {
      headings[c] = columns.getColumnLabel(c + 1);
    }
    MarkdownTable table = new MarkdownTable(headings);
    while (answer.next()) {
      @Nullable Object[] cells = new Object[headings.length];
      for (int c = 0; c < cells.length; c++) {
        cells[c] = answer.getObject(c + 1);
      }
      table.row(cells);
    }
    return table;
  }

  /**
   * Adds a row.
   *
   * @param cells one per heading; null for an absent one
   * @return this table
   */
  public MarkdownTable row(@Nullable Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "row %d: expected %d cells, one per heading, found %d"
              .formatted(rows.size() + 1, headings.size(), cells.length));
    }
    rows.add(
        Arrays.stream(cells).<Object>map(c -> Objects.requireNonNullElse(c, Double.NaN)).toList());
    return this;
  }

  /** The table in Markdown. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    line(out, headings);
    List<String> rules = new ArrayList<>();
    for (int c = 0; c < headings.size(); c++) {
      int column = c;
      rules.add(rows.stream().allMatch(r -> r.get(column) instanceof Number) ? "---:" : "---");
    }
    line(out, rules);
    for (List<Object> row : rows) {
      line(out, row.stream().map(MarkdownTable::text).toList());
    }
    return out.toString();
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append('|');
    for (String cell : cells) {
      out.append(' ').append(cell.replace("|", "\\|")).append(" |");
    }
    out.append('\n');
  }

  /** A change that is rounding alone has no sign worth showing. */
  private static String text(Object cell) {
    if (cell instanceof Double || cell instanceof Float) {
      double value = ((Number) cell).doubleValue();
      String rounded = String.format(Locale.ROOT, "%.3f", value);
      return Double.isNaN(value) ? ABSENT : rounded.equals("-0.000") ? "0.000" : rounded;
    }
    return cell.toString();
  }
}
