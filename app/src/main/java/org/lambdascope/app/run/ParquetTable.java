package org.lambdascope.app.run;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.study.TextTable;

/** Reads texts from Parquet files, through DuckDB. */
public final class ParquetTable implements TextTable {

  @Override
  public List<String> column(Path file, String column) throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      List<String> columns = columns(connection, file);
      if (!columns.contains(column)) {
        throw new IOException(
            "%s: expected a column '%s', found %s"
                .formatted(file, column, String.join(", ", columns)));
      }
      String sql =
          "SELECT CAST(\"%s\" AS VARCHAR) FROM read_parquet(?) WHERE \"%s\" IS NOT NULL"
              .formatted(column.replace("\"", "\"\""), column.replace("\"", "\"\""));
      List<String> texts = new ArrayList<>();
      try (PreparedStatement query = connection.prepareStatement(sql)) {
        query.setString(1, file.toString());
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            texts.add(rows.getString(1));
          }
        }
      }
      return texts;
    } catch (SQLException e) {
      throw new IOException(
          "%s: not read as Parquet: %s"
              .formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private static List<String> columns(Connection connection, Path file) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement("DESCRIBE SELECT * FROM read_parquet(?)")) {
      query.setString(1, file.toString());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
    }
    return columns;
  }
}
