package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.run.RunStore;
import picocli.CommandLine.Option;

/** The store of runs. */
final class StoreArguments {

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "The database of runs (DuckDB); ~/.lambdascope/runs.duckdb by default.")
  private @Nullable Path file;

  RunStore open() throws IOException {
    return RunStore.open(file == null ? RunStore.standardFile() : file);
  }

  /**
   * Puts a run in that is not at its end, so that it is listed even if it is killed. Where it
   * cannot be, its end says so.
   */
  void begin(Path folder) {
    try (RunStore store = open()) {
      store.put(folder);
    } catch (IOException e) {
      // Put in at the end.
    }
  }

  /** Puts a run in. That it cannot is no failure of the run: its folder holds everything. */
  void put(Terminal terminal, Path folder) {
    try (RunStore store = open()) {
      store.put(folder);
    } catch (IOException e) {
      terminal.note(
          "%s; the run is complete in its folder, and 'lambdascope runs add %s' stores it later"
              .formatted(Failures.describe(e), folder));
    }
  }
}
