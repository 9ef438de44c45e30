package org.lambdascope.app.figure.spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A CSV file (RFC 4180, UTF-8) with names of columns in its first row. */
final class CsvTable {

  private final Path file;
  private final List<String> header;
  private final List<Row> rows;

  /** Fields of a record, and the line on which it begins. */
  private record Row(int line, List<String> fields) {}

  private CsvTable(Path file, List<String> header, List<Row> rows) {
    this.file = file;
    this.header = header;
    this.rows = rows;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or a row has other columns than the first
   */
  static CsvTable read(Path file) throws IOException {
    List<Row> rows = parse(file, Files.readString(file, StandardCharsets.UTF_8));
    if (rows.isEmpty()) {
      throw new IOException(file + ": expected a first row with names of columns, found no rows");
    }
    List<String> header = rows.removeFirst().fields();
    for (Row row : rows) {
      if (row.fields().size() != header.size()) {
        throw new IOException(
            "%s: line %d: expected %d fields, found %d"
                .formatted(file, row.line(), header.size(), row.fields().size()));
      }
    }
    return new CsvTable(file, header, rows);
  }

  /** The rows that have these texts in these columns. */
  CsvTable where(Map<String, String> texts) throws IOException {
    List<Row> kept = new ArrayList<>(rows);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      int column = column(text.getKey());
      kept.removeIf(row -> !row.fields().get(column).equals(text.getValue()));
    }
    return new CsvTable(file, header, kept);
  }

  /** A column as it is written. */
  List<String> texts(String name) throws IOException {
    int column = column(name);
    return rows.stream().map(row -> row.fields().get(column)).toList();
  }

  /**
   * A column of numbers; an empty field is NaN.
   *
   * @param names what else may stand there, for its index
   */
  double[] numbers(String name, List<String> names) throws IOException {
    int column = column(name);
    double[] numbers = new double[rows.size()];
    for (int i = 0; i < numbers.length; i++) {
      Row row = rows.get(i);
      String field = row.fields().get(column).strip();
      int place = names.indexOf(field);
      try {
        numbers[i] = place >= 0 ? place : field.isEmpty() ? Double.NaN : Double.parseDouble(field);
      } catch (NumberFormatException e) {
        throw new IOException(
            "%s: line %d, column '%s': expected a number%s, found '%s'"
                .formatted(
                    file,
                    row.line(),
                    name,
                    names.isEmpty() ? "" : " or one of " + String.join(", ", names),
                    field),
            e);
      }
    }
    return numbers;
  }

  private int column(String name) throws IOException {
    int column = header.indexOf(name);
    if (column < 0) {
      throw new IOException(
          "%s: expected a column '%s', found %s".formatted(file, name, String.join(", ", header)));
    }
    return column;
  }

  private static List<Row> parse(Path file, String text) throws IOException {
    List<Row> rows = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    int line = 1;
    int begun = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\n') {
        finish(rows, fields, field, begun);
        begun = line + 1;
      } else if (c != '\r') {
        field.append(c);
      }
      line += c == '\n' ? 1 : 0;
    }
    if (quoted) {
      throw new IOException(
          "%s: line %d: expected a closing quotation mark, found the end".formatted(file, begun));
    }
    if (!fields.isEmpty() || !field.isEmpty()) {
      finish(rows, fields, field, begun);
    }
    return rows;
  }

  private static void finish(List<Row> rows, List<String> fields, StringBuilder field, int line) {
    fields.add(field.toString());
    field.setLength(0);
    if (fields.size() > 1 || !fields.getFirst().isEmpty()) {
      rows.add(new Row(line, Arrays.asList(fields.toArray(String[]::new))));
    }
    fields.clear();
  }
}
