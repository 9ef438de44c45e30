package org.lambdascope.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.study.Metric;

/**
 * All runs of a user: an embedded DuckDB database with the tables {@code runs} and {@code metrics},
 * which notebooks and the {@code duckdb} program open as well. The folders hold everything that is
 * in it, so it can always be made again.
 */
public final class RunStore implements AutoCloseable {

  private static final String[] TABLES = {
    """
    CREATE TABLE IF NOT EXISTS runs (
      id VARCHAR PRIMARY KEY, name VARCHAR, status VARCHAR, configuration VARCHAR, model VARCHAR,
      started VARCHAR, finished VARCHAR, done INTEGER, units INTEGER, folder VARCHAR)
    """,
    """
    CREATE TABLE IF NOT EXISTS metrics (
      run VARCHAR, experiment VARCHAR, metric VARCHAR, unit VARCHAR, arm VARCHAR,
      x_name VARCHAR, x DOUBLE, y_name VARCHAR, y DOUBLE,
      value DOUBLE, low DOUBLE, high DOUBLE, n BIGINT)
    """
  };

  private static final String READ_METRICS =
      """
      INSERT INTO metrics SELECT ?, experiment, metric, unit, arm, x_name, x, y_name, y,
        value, low, high, n
      FROM read_csv(?, header = true, delim = ',', quote = '"', columns = {
        'experiment': 'VARCHAR', 'metric': 'VARCHAR', 'unit': 'VARCHAR', 'arm': 'VARCHAR',
        'x_name': 'VARCHAR', 'x': 'DOUBLE', 'y_name': 'VARCHAR', 'y': 'DOUBLE',
        'value': 'DOUBLE', 'low': 'DOUBLE', 'high': 'DOUBLE', 'n': 'BIGINT'})
      """;

  private final Connection connection;
  private final Path file;

  private RunStore(Connection connection, Path file) {
    this.connection = connection;
    this.file = file;
  }

  /** A run with its folder. */
  public record StoredRun(RunRecord record, Path folder) {}

  /** Where the store is when nothing else is said. */
  public static Path standardFile() {
    return Path.of(System.getProperty("user.home", ""), ".lambdascope", "runs.duckdb");
  }

  /**
   * Opens a store, and makes it if it is not there.
   *
   * @throws IOException if it cannot be, such as while another program holds it
   */
  public static RunStore open(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return make("jdbc:duckdb:" + target, file);
  }

  /** A store in memory, for folders of runs that are only looked at. */
  public static RunStore inMemory() throws IOException {
    return make("jdbc:duckdb:", Path.of("runs in memory"));
  }

  private static RunStore make(String address, Path file) throws IOException {
    try {
      Connection connection = DriverManager.getConnection(address);
      try (Statement statement = connection.createStatement()) {
        for (String table : TABLES) {
          statement.execute(table);
        }
      }
      return new RunStore(connection, file);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /**
   * Opens a store that is there, only to look into it; several programs may at once.
   *
   * @throws NoSuchFileException if there is none
   * @throws IOException if it is no store, or another program writes to it
   */
  public static RunStore openToRead(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "expected a run store (DuckDB), found nothing");
    }
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try {
      Connection connection =
          DriverManager.getConnection("jdbc:duckdb:" + file.toAbsolutePath(), readOnly);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT id, folder FROM runs LIMIT 0");
        statement.execute("SELECT run, experiment, value FROM metrics LIMIT 0");
      } catch (SQLException e) {
        connection.close();
        throw new IOException(
            file
                + ": expected a run store with the tables runs and metrics, found another database",
            e);
      }
      return new RunStore(connection, file);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /** Puts a run with its metrics in, in place of what was there of it. */
  public void put(Path folder) throws IOException {
    RunRecord record = RunFolder.read(folder);
    if (record == null) {
      throw new IOException(folder + ": expected the folder of a run, found no run.json");
    }
    try {
      connection.setAutoCommit(false);
      remove(record.id());
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
        insert.setString(1, record.id());
        insert.setString(2, record.name());
        insert.setString(3, record.status().name());
        insert.setString(4, record.configuration());
        insert.setString(5, record.model());
        insert.setString(6, record.started());
        insert.setString(7, record.finished());
        insert.setInt(8, record.done());
        insert.setInt(9, record.units());
        insert.setString(10, folder.toAbsolutePath().normalize().toString());
        insert.execute();
      }
      Path metrics = RunFolder.metricsFile(folder);
      if (Files.isRegularFile(metrics)) {
        try (PreparedStatement insert = connection.prepareStatement(READ_METRICS)) {
          insert.setString(1, record.id());
          insert.setString(2, metrics.toString());
          insert.execute();
        }
      }
      connection.commit();
    } catch (SQLException e) {
      rollBack();
      throw failure(file, e);
    }
  }

  private void remove(String id) throws SQLException {
    for (String sql :
        new String[] {"DELETE FROM metrics WHERE run = ?", "DELETE FROM runs WHERE id = ?"}) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, id);
        delete.execute();
      }
    }
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The failure that led here is the one to tell.
    }
  }

  /** All runs, the latest first. */
  public List<StoredRun> runs() throws IOException {
    List<StoredRun> runs = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM runs ORDER BY started DESC, id")) {
      while (rows.next()) {
        runs.add(
            new StoredRun(
                new RunRecord(
                    rows.getString("id"),
                    rows.getString("name"),
                    RunRecord.Status.valueOf(rows.getString("status")),
                    rows.getString("configuration"),
                    rows.getString("model"),
                    rows.getString("started"),
                    rows.getString("finished"),
                    rows.getInt("done"),
                    rows.getInt("units")),
                Path.of(rows.getString("folder"))));
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
    return runs;
  }

  /**
   * All runs with what was compared in them, the latest first. What a run did is read from its
   * folder, and where that is gone from its metrics.
   */
  public List<RunSummary> summaries() throws IOException {
    Map<String, Set<String>> experiments = new LinkedHashMap<>();
    Map<String, Set<String>> arms = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT run, experiment, arm FROM metrics GROUP BY ALL ORDER BY min(rowid)")) {
      while (rows.next()) {
        String run = rows.getString("run");
        experiments
            .computeIfAbsent(run, r -> new LinkedHashSet<>())
            .add(rows.getString("experiment"));
        arms.computeIfAbsent(run, r -> new LinkedHashSet<>()).add(orEmpty(rows.getString("arm")));
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
    List<RunSummary> summaries = new ArrayList<>();
    for (StoredRun run : runs()) {
      String id = run.record().id();
      summaries.add(
          RunSummary.of(
              run, experiments.getOrDefault(id, Set.of()), arms.getOrDefault(id, Set.of())));
    }
    return summaries;
  }

  /** One row of the metrics of a run. */
  public record StoredMetric(
      String experiment,
      String metric,
      String unit,
      String arm,
      @Nullable String xName,
      double x,
      @Nullable String yName,
      double y,
      double value,
      double low,
      double high,
      long n) {

    /** Experiment, arm and coordinates, by which values of several runs are matched. */
    public String place() {
      StringBuilder place = new StringBuilder(experiment).append(' ').append(arm);
      toMetric()
          .at()
          .forEach((name, value) -> place.append(' ').append(name).append('=').append(value));
      return place.toString();
    }

    /** As the run had it. */
    public Metric toMetric() {
      Map<String, Double> at = new LinkedHashMap<>();
      if (xName != null) {
        at.put(xName, x);
      }
      if (yName != null) {
        at.put(yName, y);
      }
      return new Metric(experiment, metric, unit, arm, at, value, low, high, n);
    }
  }

  /** The metrics of a run, in their order. */
  public List<StoredMetric> metrics(String run) throws IOException {
    List<StoredMetric> metrics = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT * FROM metrics WHERE run = ? ORDER BY rowid")) {
      query.setString(1, run);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          metrics.add(
              new StoredMetric(
                  rows.getString("experiment"),
                  rows.getString("metric"),
                  orEmpty(rows.getString("unit")),
                  orEmpty(rows.getString("arm")),
                  rows.getString("x_name"),
                  number(rows, "x"),
                  rows.getString("y_name"),
                  number(rows, "y"),
                  number(rows, "value"),
                  number(rows, "low"),
                  number(rows, "high"),
                  rows.getLong("n")));
        }
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
    return metrics;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static double number(ResultSet rows, String column) throws SQLException {
    double value = rows.getDouble(column);
    return rows.wasNull() ? Double.NaN : value;
  }

  /** Writes a query's answer as Parquet or CSV, by the file's ending. */
  public void export(Path target) throws IOException {
    String format = target.toString().endsWith(".parquet") ? "PARQUET" : "CSV, HEADER";
    String sql =
        "COPY (SELECT runs.name AS run_name, runs.model, metrics.* FROM metrics JOIN runs"
            + " ON runs.id = metrics.run ORDER BY runs.started, runs.id, metrics.rowid)"
            + " TO '%s' (FORMAT %s)".formatted(target.toString().replace("'", "''"), format);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(target, e);
    }
  }

  private static IOException failure(Path file, SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    boolean held = message.contains("lock");
    return new IOException(
        held
            ? "%s: another program has the run store open".formatted(file)
            : "%s: run store: %s".formatted(file, message),
        e);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }
}
