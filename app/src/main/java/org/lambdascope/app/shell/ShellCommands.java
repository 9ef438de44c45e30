package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.IntegerProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.command.CommandGroup;
import org.lambdascope.app.command.CommandList;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.common.FigureActions;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.inspector.InspectorViewModel;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.ChartSelection;
import org.lambdascope.app.workbench.DiagnosticsViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.kernels.CacheType;

/** The window's own commands: files, arms, and walking through what is shown. */
final class ShellCommands {

  private final ShellViewModel shell;
  private final ModelsViewModel models;
  private final WorkbenchViewModel workbench;
  private final InspectorViewModel inspector;
  private final ObservableBooleanValue complete;

  ShellCommands(
      ShellViewModel shell,
      ModelsViewModel models,
      WorkbenchViewModel workbench,
      InspectorViewModel inspector) {
    this.shell = shell;
    this.models = models;
    this.workbench = workbench;
    this.inspector = inspector;
    this.complete = shell.completeProperty();
  }

  /** Opening models and texts. */
  void addFiles(CommandRegistry registry, FilePicker files, Showcase showcase) {
    registry.add(
        CommandGroup.FILE,
        Command.of(
                "file.open-model-folder",
                "Open model _folder …",
                "Open a Hugging Face folder: config.json, weights and a tokenizer",
                () -> files.modelFolder().ifPresent(models::openModel))
            .withShortcut("Shortcut+O"),
        Command.of(
                "file.open-gguf",
                "Open _GGUF model …",
                "Open a model in one .gguf file",
                () -> files.modelFile().ifPresent(models::openModel))
            .withShortcut("Shortcut+G"),
        Command.of(
                "file.open-text",
                "Open _text …",
                "Open a plain text file in UTF-8",
                () -> files.text().ifPresent(models::openText))
            .withShortcut("Shortcut+T"),
        recent("recent-models", "Recent _models", models.recentModels(), models::openModel),
        recent("recent-texts", "Recent te_xts", models.recentTexts(), models::openText),
        samples(showcase));
  }

  /** Writing figures. */
  void addExports(
      CommandRegistry registry, FigureActions figures, DiagnosticsViewModel diagnostics) {
    registry.add(
        CommandGroup.FILE,
        Command.of(
                "file.export-all",
                "_Export all figures …",
                "Write all figures as PDF, SVG, PNG and CSV into a folder",
                () -> figures.exportAll(diagnostics.figures()))
            .withShortcut("Shortcut+E")
            .enabledWhen(complete));
  }

  /**
   * Editing figures.
   *
   * @param open asks for a figure and opens it
   * @param reopen opens the one that was closed last
   * @param editor what can be done with the figure whose window was used last
   */
  void addFigures(
      CommandRegistry registry, Runnable open, Runnable reopen, ObservableList<Command> editor) {
    registry.add(
        CommandGroup.FILE,
        Command.of(
                "figure.open",
                "Open a fi_gure …",
                "Open the specification of a figure in the editor",
                open)
            .withShortcut("Shortcut+Shift+O"),
        Command.of(
                "figure.reopen",
                "_Reopen closed figure",
                "Open the figure again whose window was closed last",
                reopen)
            .withShortcut("Shortcut+Shift+T"),
        new CommandList("figure.editor", "Figure in the e_ditor", editor));
  }

  /** Leaving. */
  void addQuit(CommandRegistry registry, Runnable quit) {
    registry.add(
        CommandGroup.FILE,
        Command.of("file.quit", "_Quit", "Close the window; runs are stopped", quit)
            .withShortcut("Shortcut+Q"));
  }

  /**
   * Running arms, adding and removing them.
   *
   * @param cancelExperiment stops the run of an experiment
   */
  void addRuns(CommandRegistry registry, Runnable cancelExperiment) {
    registry.add(
        CommandGroup.RUN,
        Command.of(
                "run.all",
                "_Run all arms",
                "Every arm reads the text and generates after it",
                workbench::run)
            .withShortcut("Shortcut+Enter")
            .enabledWhen(complete),
        Command.of(
                "run.cancel",
                "_Cancel",
                "Stop the arms or the experiment that runs, first that of this page; what is done stays",
                () -> cancel(cancelExperiment))
            .withShortcut("Esc")
            .enabledWhen(shell.busyProperty()));
    registry.add(
        CommandGroup.RUN,
        addArm(),
        cache(),
        Command.of(
                "arm.duplicate",
                "_Duplicate selected arm",
                "Add a copy beside the selected column",
                () -> withSelectedArm(workbench::duplicateArm))
            .withShortcut("Shortcut+Shift+D")
            .enabledWhen(complete),
        Command.of(
                "arm.remove",
                "Remove _selected arm",
                "Remove the selected column; the last one stays",
                () -> withSelectedArm(workbench::removeArm))
            .withShortcut("Shortcut+Shift+Delete")
            .enabledWhen(complete));
  }

  private void cancel(Runnable experiment) {
    if (shell.cancelsExperiment()) {
      experiment.run();
    } else {
      workbench.cancel();
    }
  }

  /** Copying the chart that was used last. */
  void addEdits(CommandRegistry registry, FigureActions figures) {
    registry.add(
        CommandGroup.EDIT,
        Command.of(
                "edit.copy-figure",
                "_Copy figure",
                "Copy the chart that was clicked or focused last, at the size of print",
                figures::copyLast)
            .withShortcut("Shortcut+Shift+C"));
  }

  /** Walking through tokens, arms, heads and layers. */
  void addWalks(CommandRegistry registry) {
    registry.add(
        CommandGroup.GO,
        walk("token.next", "_Next token", "Alt+Right", () -> workbench.walk(1)),
        walk("token.previous", "_Previous token", "Alt+Left", () -> workbench.walk(-1)));
    registry.add(
        CommandGroup.GO,
        walk("arm.next", "Next _arm", "Alt+Page Down", () -> selectArm(1)),
        walk("arm.previous", "Previous a_rm", "Alt+Page Up", () -> selectArm(-1)));
    registry.add(
        CommandGroup.GO,
        walk("head.next", "Next _head", "Alt+Shift+Right", () -> head(1)),
        walk("head.previous", "Previous hea_d", "Alt+Shift+Left", () -> head(-1)),
        walk("layer.next", "Next _layer", "Alt+Shift+Down", () -> layer(1)),
        walk("layer.previous", "Previous la_yer", "Alt+Shift+Up", () -> layer(-1)));
  }

  private static String folder(Path path) {
    Path parent = path.getParent();
    return parent == null ? "" : FileNames.shown(parent);
  }

  private CommandList recent(
      String id, String title, ObservableList<Path> paths, Consumer<Path> open) {
    ObservableList<Command> commands = FXCollections.observableArrayList();
    Runnable fill =
        () ->
            commands.setAll(
                paths.stream()
                    .map(
                        path ->
                            Command.named(
                                id + "." + path,
                                path.getFileName() + " — " + folder(path),
                                "Open " + FileNames.shown(path),
                                () -> open.accept(path)))
                    .toList());
    paths.addListener((ListChangeListener<Path>) c -> fill.run());
    fill.run();
    return new CommandList(id, title, commands);
  }

  private CommandList samples(Showcase showcase) {
    ObservableList<Command> commands = FXCollections.observableArrayList();
    if (showcase.available()) {
      commands.add(
          Command.of(
              "samples.demo",
              "Run the _demo",
              "Compare the demo’s arms on the bundled model and document",
              showcase::start));
    }
    for (Path path : showcase.modelPaths()) {
      commands.add(sample(path, "Open the bundled model ", () -> models.openModel(path)));
    }
    for (Path path : showcase.documentPaths()) {
      commands.add(sample(path, "Open the bundled document ", () -> models.openText(path)));
    }
    return new CommandList("samples", "_Samples", commands);
  }

  private static Command sample(Path path, String help, Runnable open) {
    String name = String.valueOf(path.getFileName());
    return Command.named("samples." + name, name, help + name, open);
  }

  private CommandList addArm() {
    List<Command> commands =
        Arrays.stream(ArmKind.values())
            .map(
                kind ->
                    Command.named(
                            "arm.add." + kind.id(),
                            kind.id() + " — " + kind.summary(),
                            "Add a column with the arm " + kind.id() + ": " + kind.summary(),
                            () -> workbench.addArm(kind))
                        .enabledWhen(complete))
            .toList();
    return new CommandList("arm.add", "_Add arm", FXCollections.observableList(commands));
  }

  private CommandList cache() {
    List<Command> commands =
        Arrays.stream(CacheType.values())
            .map(
                type ->
                    Command.named(
                            "run.cache." + type.id(),
                            "Cache " + type.name(),
                            "Store keys and values of every arm as " + type.name(),
                            () -> workbench.cacheTypeProperty().set(type))
                        .checkedWhen(
                            Bindings.createBooleanBinding(
                                () -> workbench.cacheTypeProperty().get() == type,
                                workbench.cacheTypeProperty())))
            .toList();
    return new CommandList(
        "run.cache", "_Keys and values stored as", FXCollections.observableList(commands));
  }

  private Command walk(String id, String title, String keys, Runnable action) {
    String label = title.replace("_", "").toLowerCase(Locale.ROOT);
    return Command.of(id, title, "Go to the " + label, action)
        .withShortcut(keys)
        .enabledWhen(complete);
  }

  private void withSelectedArm(Consumer<ArmViewModel> action) {
    ArmViewModel arm = workbench.selectedArmProperty().get();
    if (arm != null) {
      action.accept(arm);
    }
  }

  private void selectArm(int by) {
    ObservableList<ArmViewModel> arms = workbench.arms();
    if (!arms.isEmpty()) {
      int at = arms.indexOf(workbench.selectedArmProperty().get());
      workbench.selectedArmProperty().set(arms.get(Math.floorMod(at + by, arms.size())));
    }
  }

  /** On the page of a token its head, elsewhere that of the diagnostics, where none means all. */
  private void head(int by) {
    int heads = shell.heads();
    if (shell.showsToken()) {
      step(inspector.headProperty(), by, 0, heads);
    } else {
      step(workbench.charts().headProperty(), by, ChartSelection.ALL, heads);
    }
  }

  private void layer(int by) {
    int layers = shell.layers();
    if (shell.showsToken()) {
      step(inspector.layerProperty(), by, 0, layers);
    } else {
      step(workbench.charts().layerProperty(), by, ChartSelection.ALL, layers);
    }
  }

  private static void step(IntegerProperty index, int by, int first, int count) {
    if (count > 0) {
      index.set(first + Math.floorMod(index.get() - first + by, count - first));
    }
  }
}
