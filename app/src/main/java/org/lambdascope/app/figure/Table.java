package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A table as papers have it: sections of rows under common columns.
 *
 * @param title what it shows; goes into captions, not onto the page
 * @param corner what the columns are of, with its unit, such as {@code length (tokens)}
 * @param columns headings, at least one
 * @param sections at least one
 */
public record Table(String title, String corner, List<String> columns, List<Section> sections)
    implements Drawing {

  /** Of a value that is not there. */
  private static final String NONE = "–";

  public Table {
    columns = List.copyOf(columns);
    sections = List.copyOf(sections);
    if (columns.isEmpty() || sections.isEmpty()) {
      throw new IllegalArgumentException(
          "table '%s': expected at least 1 column and 1 section, found %d and %d"
              .formatted(title, columns.size(), sections.size()));
    }
    for (Section section : sections) {
      for (Row row : section.rows()) {
        if (row.values().length != columns.size()) {
          throw new IllegalArgumentException(
              "table '%s', row '%s': expected %d values, found %d"
                  .formatted(title, row.name(), columns.size(), row.values().length));
        }
      }
    }
  }

  /** Which value of a column is underlined. */
  public enum Best {
    /** None. */
    NONE,
    /** The least one, such as of a loss. */
    LOWEST,
    /** The greatest one, such as of a share of right answers. */
    HIGHEST
  }

  /**
   * Rows that show one quantity.
   *
   * @param title the quantity with its unit; may be empty where there is one section
   * @param decimals of every value, 0 to 9
   * @param best which value of a column is underlined
   * @param rows from the top
   */
  public record Section(String title, int decimals, Best best, List<Row> rows) {
    public Section {
      rows = List.copyOf(rows);
      if (decimals < 0 || decimals > 9) {
        throw new IllegalArgumentException(
            "section '%s': expected 0 to 9 decimals, found %d".formatted(title, decimals));
      }
    }

    /** A value as it is printed. */
    public String text(int row, int column) {
      return printed(rows.get(row).values()[column]);
    }

    private String printed(double value) {
      if (Double.isNaN(value)) {
        return NONE;
      }
      String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
      boolean zero = text.chars().noneMatch(c -> c > '0' && c <= '9');
      return !text.startsWith("-") ? text : (zero ? "" : "−") + text.substring(1);
    }

    /** Whether a value is the best of its column as printed, and not all of them are alike. */
    public boolean isBest(int row, int column) {
      double[] there =
          rows.stream()
              .mapToDouble(r -> r.values()[column])
              .filter(v -> !Double.isNaN(v))
              .sorted()
              .toArray();
      if (best == Best.NONE || there.length == 0) {
        return false;
      }
      String first = printed(best == Best.LOWEST ? there[0] : there[there.length - 1]);
      return text(row, column).equals(first)
          && !Arrays.stream(there).allMatch(v -> printed(v).equals(first));
    }
  }

  /**
   * A row.
   *
   * @param name such as an arm
   * @param values {@code [columns]}; NaN where there is none
   */
  public record Row(String name, double... values) {}

  /** Whether every column of sections that mark the best has one. */
  public boolean hasBestEverywhere() {
    return sections.stream()
        .filter(section -> section.best() != Best.NONE)
        .allMatch(
            section ->
                IntStream.range(0, columns.size())
                    .allMatch(
                        column ->
                            IntStream.range(0, section.rows().size())
                                .anyMatch(row -> section.isBest(row, column))));
  }

  /** Whether any value is the best of its column. */
  public boolean hasBest() {
    return sections.stream()
        .anyMatch(
            section ->
                IntStream.range(0, section.rows().size())
                    .anyMatch(
                        row ->
                            IntStream.range(0, columns.size())
                                .anyMatch(column -> section.isBest(row, column))));
  }

  @Override
  public String heading() {
    return title;
  }

  @Override
  public FigureSize pageOf(double widthMm, Typography type) {
    return TablePage.size(this, widthMm, type);
  }

  @Override
  public void draw(Graphics2D g2, ExportOptions options) {
    TablePage.draw(g2, this, options);
  }

  @Override
  public void writeData(OutputStream out) throws IOException {
    CsvWriter csv = new CsvWriter(out);
    csv.row("section", "row", "column", "value");
    for (Section section : sections) {
      for (Row row : section.rows()) {
        for (int c = 0; c < columns.size(); c++) {
          csv.text(section.title());
          csv.text(row.name());
          csv.text(columns.get(c));
          csv.number(row.values()[c]);
          csv.end();
        }
      }
    }
    csv.flush();
  }
}
