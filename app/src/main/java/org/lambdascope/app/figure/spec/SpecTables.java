package org.lambdascope.app.figure.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lambdascope.app.figure.Table;

/** Makes tables of specifications and their data, and specifications of tables. */
final class SpecTables {

  private static final int DECIMALS = 3;

  private SpecTables() {}

  static Table table(String title, TableSpec spec, Path data) throws IOException {
    CsvTable all = CsvTable.read(data);
    List<String> columns = all.texts("column").stream().distinct().toList();
    List<Table.Section> sections = new ArrayList<>();
    for (TableSpec.SectionSpec section : spec.sections()) {
      CsvTable of = all.where(Map.of("section", section.name()));
      List<Table.Row> rows = new ArrayList<>();
      for (String name : of.texts("row").stream().distinct().toList()) {
        rows.add(row(name, of.where(Map.of("row", name)), columns));
      }
      sections.add(
          new Table.Section(
              section.name(),
              Objects.requireNonNullElse(section.decimals(), DECIMALS),
              Objects.requireNonNullElse(section.best(), Table.Best.NONE),
              rows));
    }
    return new Table(title, spec.corner(), columns, sections);
  }

  private static Table.Row row(String name, CsvTable cells, List<String> columns)
      throws IOException {
    double[] values = new double[columns.size()];
    Arrays.fill(values, Double.NaN);
    List<String> places = cells.texts("column");
    double[] found = cells.numbers("value", List.of());
    for (int i = 0; i < found.length; i++) {
      values[columns.indexOf(places.get(i))] = found[i];
    }
    return new Table.Row(name, values);
  }

  static TableSpec spec(Table table) {
    return new TableSpec(
        table.corner(),
        table.sections().stream()
            .map(s -> new TableSpec.SectionSpec(s.title(), s.decimals(), s.best()))
            .toList());
  }
}
