package org.lambdascope.app.shell;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.command.CommandGroup;
import org.lambdascope.app.command.CommandList;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.experiment.ExperimentViewModel;
import org.lambdascope.app.runs.RunsViewModel;

/** The commands of the pages that need no open model: experiment files and stored runs. */
final class RunPageCommands {

  private final RunPages pages;
  private final BooleanProperty welcome;
  private final ExperimentViewModel experiment;
  private final RunsViewModel runs;

  /**
   * Commands of pages.
   *
   * @param welcome whether the welcome page lies above the pages
   */
  RunPageCommands(RunPages pages, BooleanProperty welcome) {
    this.pages = pages;
    this.welcome = welcome;
    experiment = pages.experiment();
    runs = pages.runs();
  }

  /** Experiment files, and what stored runs are read from and written to. */
  void addFiles(CommandRegistry registry) {
    registry.add(
        CommandGroup.FILE,
        Command.of(
                "experiment.new",
                "_New experiment",
                "Begin a new experiment file",
                seen(pages::newExperiment))
            .withShortcut("Shortcut+N"),
        Command.of(
                "experiment.open",
                "Open ex_periment …",
                "Open an experiment file (YAML)",
                seen(pages::chooseExperiment))
            .withShortcut("Shortcut+Shift+E"),
        Command.of(
                "experiment.save",
                "Sa_ve experiment",
                "Save the experiment file; on its page Ctrl+S does it too",
                experiment::save)
            .withShortcut("Shortcut+Alt+S"),
        Command.of(
                "experiment.save-as",
                "Save exper_iment as …",
                "Save the experiment file under another name",
                experiment::saveAs)
            .withShortcut("Shortcut+Alt+Shift+S"));
    registry.add(CommandGroup.FILE, new CommandList("runs", "Stored r_uns", stored()));
  }

  /** Does something that is to be seen. */
  private Runnable seen(Runnable action) {
    return () -> {
      welcome.set(false);
      action.run();
    };
  }

  private ObservableList<Command> stored() {
    BooleanBinding chosen =
        Bindings.createBooleanBinding(
            () -> !runs.shownProperty().get().runs().isEmpty(), runs.shownProperty());
    return FXCollections.observableArrayList(
        Command.of(
                "runs.reload",
                "_Reload",
                "Read the store of runs again",
                seen(
                    () -> {
                      pages.showRuns();
                      runs.reload();
                    }))
            .withShortcut("Shortcut+R"),
        Command.of(
                "runs.open-folder",
                "Open the _folder of a run …",
                "Show the run of a folder, be it in the store or not",
                seen(
                    () -> {
                      pages.showRuns();
                      pages.runsView().chooseRun();
                    }))
            .withShortcut("Shortcut+Shift+R"),
        Command.of(
                "runs.open-store",
                "Open a run _store …",
                "Look into another store of runs (DuckDB)",
                seen(
                    () -> {
                      pages.showRuns();
                      pages.runsView().chooseStore();
                    }))
            .withShortcut("Shortcut+Alt+R"),
        Command.of(
                "runs.open-experiment",
                "Op_en or resume the chosen run",
                "Show the experiment file of the first chosen run; Run goes on with it",
                seen(pages::openChosen))
            .withShortcut("Shortcut+Shift+Enter")
            .enabledWhen(chosen),
        Command.of(
                "runs.export-comparison",
                "Export _comparison as CSV …",
                "Write the compared metric of the chosen runs",
                pages.runsView()::exportComparison)
            .withShortcut("Shortcut+Alt+E")
            .enabledWhen(chosen),
        Command.of(
                "runs.export-csv",
                "Export metrics as CS_V …",
                "Write the metrics of all stored runs as CSV",
                () -> pages.runsView().exportAll("csv"))
            .withShortcut("Shortcut+Alt+Shift+E"),
        Command.of(
                "runs.export-parquet",
                "Export metrics as _Parquet …",
                "Write the metrics of all stored runs as Parquet",
                () -> pages.runsView().exportAll("parquet"))
            .withShortcut("Shortcut+Alt+P"));
  }

  /** Running the experiment file. */
  void addRuns(CommandRegistry registry) {
    BooleanExpression running = experiment.job().runningProperty();
    registry.add(
        CommandGroup.RUN,
        Command.of(
                "experiment.run",
                "Run or resume _experiment",
                "Run the experiment file, or go on with the run that its folder holds; on its page Ctrl+Enter does it too",
                seen(pages::runExperiment))
            .withShortcut("F5")
            .enabledWhen(running.not()),
        Command.of(
                "experiment.cancel",
                "Cancel e_xperiment",
                "Stop after the next step; what is done is kept, and it can be resumed",
                experiment.job()::cancel)
            .withShortcut("Shift+F5")
            .enabledWhen(running),
        Command.of(
                "experiment.check",
                "Chec_k experiment",
                "Read the model and the texts and say how much there is to do; nothing is run",
                seen(pages::checkExperiment))
            .withShortcut("F7")
            .enabledWhen(running.not()),
        Command.of(
                "experiment.mistake",
                "_Go to the mistake",
                "Show what is wrong in the experiment file",
                seen(pages::goToMistake))
            .withShortcut("Shift+F7")
            .enabledWhen(experiment.problemProperty().isNotNull()));
  }
}
