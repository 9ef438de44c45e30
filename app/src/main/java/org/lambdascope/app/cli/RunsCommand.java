package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.run.RunComparison;
import org.lambdascope.app.run.RunStore;
import org.lambdascope.app.run.RunStore.StoredMetric;
import org.lambdascope.app.run.RunStore.StoredRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into the store of runs. */
@Command(
    name = "runs",
    description = "List, show, compare and export stored runs.",
    sortOptions = false,
    footer = {
      "",
      "The store is a DuckDB database with the tables runs and metrics; other programs may",
      "query it while no command has it open.",
      "",
      "Examples:",
      "  lambdascope runs list",
      "  lambdascope runs compare 3f2a 91bc --metric nll_windowed",
      "  lambdascope runs export all.parquet"
    })
final class RunsCommand implements Runnable {

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  RunsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: " + String.join(", ", spec.subcommands().keySet()));
  }

  /** All runs. */
  @Command(name = "list", description = "List the runs, the latest first.")
  int list(@Mixin StoreArguments store) throws IOException {
    try (RunStore opened = store.open()) {
      for (StoredRun run : opened.runs()) {
        terminal
            .out()
            .println(
                "%s  %s  %-11s %4d/%-4d %s, %s, %s"
                    .formatted(
                        run.record().id(),
                        run.record().started(),
                        run.record().status().name().toLowerCase(Locale.ROOT),
                        run.record().done(),
                        run.record().units(),
                        run.record().name(),
                        run.record().model(),
                        run.folder()));
      }
    }
    return ExitStatus.OK;
  }

  /** One run. */
  @Command(name = "show", description = "Show a run and its metrics.")
  int show(
      @Mixin StoreArguments store,
      @Parameters(paramLabel = "RUN", description = "The run's id, or its beginning.") String id,
      @Option(names = "--metric", paramLabel = "NAME", description = "Only this metric.")
          @Nullable String metric)
      throws IOException {
    try (RunStore opened = store.open()) {
      StoredRun run = find(opened, id);
      terminal.out().println("run            " + run.record().id());
      terminal.out().println("name           " + run.record().name());
      terminal.out().println("status         " + run.record().status());
      terminal.out().println("model          " + run.record().model());
      terminal.out().println("started        " + run.record().started());
      terminal.out().println("finished       " + run.record().finished());
      terminal.out().println("configuration  " + run.record().configuration());
      terminal.out().println("folder         " + run.folder());
      terminal.out().println();
      new MetricTables(
              opened.metrics(run.record().id()).stream()
                  .filter(m -> metric == null || m.metric().equals(metric))
                  .map(StoredMetric::toMetric)
                  .toList())
          .print(terminal.out());
    }
    return ExitStatus.OK;
  }

  /** Several runs side by side. */
  @Command(
      name = "compare",
      description = "Print a metric of several runs, and its difference to the first, as CSV.")
  int compare(
      @Mixin StoreArguments store,
      @Parameters(arity = "2..*", paramLabel = "RUN", description = "Ids, or their beginnings.")
          List<String> ids,
      @Option(
              names = "--metric",
              paramLabel = "NAME",
              required = true,
              description = "The metric, such as nll_windowed.")
          String metric)
      throws IOException {
    try (RunStore opened = store.open()) {
      List<StoredRun> runs = new ArrayList<>();
      List<List<StoredMetric>> metrics = new ArrayList<>();
      for (String id : ids) {
        StoredRun run = find(opened, id);
        runs.add(run);
        metrics.add(opened.metrics(run.record().id()));
      }
      RunComparison comparison =
          new RunComparison(runs.stream().map(run -> run.record().id()).toList(), metrics);
      List<RunComparison.Row> rows = comparison.rows(metric);
      if (rows.isEmpty()) {
        throw CliException.failure(
            "--metric %s: none of the runs has it; 'lambdascope runs show' lists theirs"
                .formatted(metric));
      }
      terminal.out().print(comparison.csv(rows));
      terminal.out().flush();
    }
    return ExitStatus.OK;
  }

  /** All metrics as a file. */
  @Command(name = "export", description = "Write the metrics of all runs as CSV or Parquet.")
  int export(
      @Mixin StoreArguments store,
      @Parameters(paramLabel = "FILE", description = "A file that ends in .csv or .parquet.")
          Path file)
      throws IOException {
    String name = file.toString();
    if (!name.endsWith(".csv") && !name.endsWith(".parquet")) {
      throw CliException.usage(
          "FILE: expected a name that ends in .csv or .parquet, found " + name);
    }
    try (RunStore opened = store.open()) {
      opened.export(file);
    }
    terminal.out().println(file);
    return ExitStatus.OK;
  }

  /** Puts folders in. */
  @Command(name = "add", description = "Store the runs of folders, such as those of a colleague.")
  int add(
      @Mixin StoreArguments store,
      @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders of runs.")
          List<Path> folders)
      throws IOException {
    try (RunStore opened = store.open()) {
      for (Path folder : folders) {
        opened.put(folder);
      }
    }
    return ExitStatus.OK;
  }

  private static StoredRun find(RunStore store, String id) throws IOException {
    List<StoredRun> found =
        store.runs().stream().filter(run -> run.record().id().startsWith(id)).toList();
    if (found.size() != 1) {
      throw CliException.failure(
          "run %s: expected the beginning of one run's id, found that of %d; 'lambdascope runs list' lists them"
              .formatted(id, found.size()));
    }
    return found.getFirst();
  }
}
