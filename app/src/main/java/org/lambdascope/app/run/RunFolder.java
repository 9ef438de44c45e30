package org.lambdascope.app.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.study.Metric;
import org.lambdascope.engine.study.UnitStore;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of a run:
 *
 * <pre>
 * spec.yaml         the experiment file, as it was when the run began
 * run.json          what it is and how it stands
 * environment.json  program, machine, hashes of model and texts
 * units/            the result of each unit of work
 * metrics.csv       what came of them
 * figures/          drawn from the metrics
 * </pre>
 *
 * One process at a time works in it.
 */
public final class RunFolder implements AutoCloseable {

  static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final String SPEC = "spec.yaml";
  private static final String RUN = "run.json";
  private static final String ENVIRONMENT = "environment.json";
  private static final String METRICS = "metrics.csv";
  private static final String UNITS = "units";
  private static final String FIGURES = "figures";
  private static final String LOCK = ".lock";

  private final Path folder;
  private final FileChannel lockFile;
  private final FileLock lock;

  private RunFolder(Path folder, FileChannel lockFile, FileLock lock) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Opens a folder for work, and makes it if it is not there.
   *
   * @param resume whether it may hold a run
   * @throws IOException if it holds something else, or another process works in it
   */
  public static RunFolder open(Path folder, boolean resume) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(folder + ": expected a folder to write into, found a file");
    }
    boolean isRun = Files.isRegularFile(folder.resolve(RUN));
    if (!isRun && Files.isDirectory(folder) && !isUntouched(folder)) {
      throw new IOException(
          folder + ": expected an empty folder or that of a run, found other files");
    }
    if (isRun && !resume) {
      throw new IOException(
          folder + ": holds a run; --resume goes on with it, another --out begins a new one");
    }
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IOException(folder + ": another process works on this run");
    }
    return new RunFolder(folder, channel, lock);
  }

  /** Whether a folder is empty, or holds no more than a run that was killed as it began. */
  private static boolean isUntouched(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(f -> String.valueOf(f.getFileName())).toList();
      return names.isEmpty()
          || (names.contains(LOCK)
              && names.stream()
                  .allMatch(
                      n ->
                          List.of(LOCK, SPEC, ENVIRONMENT, UNITS).contains(n)
                              || n.endsWith(WholeFile.PARTIAL)));
    }
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** Where the results of units are. */
  public Path units() {
    return folder.resolve(UNITS);
  }

  /** Whether a unit is done, in a folder that may be new. */
  boolean isDone(String unit) {
    return Files.isRegularFile(units().resolve(unit + UnitStore.ENDING));
  }

  /** Where figures go. */
  public Path figures() {
    return folder.resolve(FIGURES);
  }

  /** The run that is there; null in a new folder. */
  public @Nullable RunRecord record() throws IOException {
    return read(folder);
  }

  /** The run of a folder; null if it holds none. */
  public static @Nullable RunRecord read(Path folder) throws IOException {
    Path file = folder.resolve(RUN);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      return JSON.readValue(Files.readAllBytes(file), RunRecord.class);
    } catch (JacksonException e) {
      throw new IOException(
          "%s: expected the record of a run, found %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /**
   * The run of a folder with the units that are done by now, which the record of one that is under
   * way, or was killed, does not say; null if it holds none.
   */
  static @Nullable RunRecord standing(Path folder) throws IOException {
    RunRecord run = read(folder);
    Path units = folder.resolve(UNITS);
    if (run == null || run.status() != RunRecord.Status.RUNNING || !Files.isDirectory(units)) {
      return run;
    }
    try (Stream<Path> files = Files.list(units)) {
      long done = files.filter(f -> f.toString().endsWith(UnitStore.ENDING)).count();
      return run.with(run.status(), null, (int) Math.min(done, run.units()), run.units());
    }
  }

  /** Begins a run. */
  void begin(RunRecord record, byte[] spec, Environment environment) throws IOException {
    write(SPEC, spec);
    write(ENVIRONMENT, JSON.writeValueAsBytes(environment));
    update(record);
  }

  /** Writes how the run stands. */
  void update(RunRecord record) throws IOException {
    write(RUN, JSON.writeValueAsBytes(record));
  }

  /** Writes the metrics. */
  void metrics(List<Metric> metrics) throws IOException {
    write(METRICS, MetricsCsv.write(metrics));
  }

  private void write(String name, byte[] bytes) throws IOException {
    WholeFile.write(folder.resolve(name), bytes);
  }

  /** The experiment file of a run's folder. */
  public static Path specFile(Path folder) {
    return folder.resolve(SPEC);
  }

  /**
   * Whether a file is the experiment file that a run keeps: it says what was run, so nothing else
   * may be written there.
   */
  public static boolean isSpec(Path file) {
    return isSpecName(file) && Files.isRegularFile(file.resolveSibling(RUN));
  }

  /** Whether a file is named as that which a run keeps. */
  public static boolean isSpecName(Path file) {
    return file.endsWith(SPEC);
  }

  /**
   * From where the relative paths of an experiment file start: its folder; where a run keeps it,
   * the one that it was in when the run began.
   */
  static Path start(Path file) throws IOException {
    Path parent = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of(""));
    Path environment = parent.resolve(ENVIRONMENT);
    if (!isSpec(file) || !Files.isRegularFile(environment)) {
      return parent;
    }
    try {
      // Runs of versions that did not say, and of other machines, have what they need beside them.
      Path began = Path.of(JSON.readTree(environment.toFile()).path("folder").asString(""));
      return began.isAbsolute() && Files.isDirectory(began) ? began : parent;
    } catch (JacksonException | InvalidPathException e) {
      return parent;
    }
  }

  /** The figures of a run's folder. */
  public static Path figuresOf(Path folder) {
    return folder.resolve(FIGURES);
  }

  /** The metrics of a run's folder. */
  static Path metricsFile(Path folder) {
    return folder.resolve(METRICS);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
  }
}
