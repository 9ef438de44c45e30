package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.collections.FXCollections;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.command.CommandGroup;
import org.lambdascope.app.command.CommandList;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.experiment.ExperimentViewModel;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.session.CommandText;
import org.lambdascope.app.session.ExperimentText;
import org.lambdascope.app.session.JavaText;
import org.lambdascope.app.session.Reproduction;
import org.lambdascope.app.session.SessionsViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** What can be done with sessions: files, undo and redo, and the same without the window. */
final class SessionCommands {

  private final SessionsViewModel sessions;
  private final WorkbenchViewModel workbench;
  private final Samples samples;
  private final Dialogs dialogs;

  SessionCommands(
      SessionsViewModel sessions, WorkbenchViewModel workbench, Samples samples, Dialogs dialogs) {
    this.sessions = sessions;
    this.workbench = workbench;
    this.samples = samples;
    this.dialogs = dialogs;
  }

  void addFiles(CommandRegistry registry) {
    registry.add(
        CommandGroup.FILE,
        Command.of(
                "session.open",
                "Open _session …",
                "Open a window as it was saved: model, text, arms and results",
                sessions::open)
            .withShortcut("Shortcut+Alt+O"),
        Command.of(
                "session.save",
                "_Save session",
                "Save model, text, arms and results as one file",
                sessions::save)
            .withShortcut("Shortcut+S"),
        Command.of(
                "session.save-as",
                "Save session _as …",
                "Save the session under another name",
                sessions::saveAs)
            .withShortcut("Shortcut+Shift+S"));
  }

  /**
   * Undo and redo, and copying what gives the same results.
   *
   * @param experimentShown whether undo and redo are those of the experiment file now
   */
  void addEdits(
      CommandRegistry registry, ExperimentViewModel experiment, BooleanBinding experimentShown) {
    registry.add(
        CommandGroup.EDIT,
        step(
            "Undo",
            "Undo the last change of settings, or of the experiment file on its page",
            "Shortcut+Z",
            Bindings.when(experimentShown)
                .then(experiment.history().undoableProperty())
                .otherwise(sessions.undo().undoNameProperty()),
            () -> either(experimentShown, experiment::undo, sessions.undo()::undo)),
        step(
            "Redo",
            "Redo the change that was undone last",
            "Shortcut+Shift+Z",
            Bindings.when(experimentShown)
                .then(experiment.history().redoableProperty())
                .otherwise(sessions.undo().redoNameProperty()),
            () -> either(experimentShown, experiment::redo, sessions.undo()::redo)));
    registry.add(
        CommandGroup.EDIT,
        copies("selected", "Copy selected arm as", "Shortcut+Alt+", Reproduction::ofSelected),
        copies("all", "Copy all arms as", "Shortcut+Alt+Shift+", Reproduction::of));
    registry.add(
        CommandGroup.EDIT,
        Command.of(
            "session.copy-history",
            "Copy _history as commands",
            "Copy all that was done in this window as a script",
            () -> copy(sessions.log().script())));
  }

  private static void either(BooleanBinding which, Runnable one, Runnable other) {
    (which.get() ? one : other).run();
  }

  private static Command step(
      String verb, String help, String shortcut, StringBinding name, Runnable action) {
    return Command.of(verb.toLowerCase(Locale.ROOT), verb, help, action)
        .titled(
            Bindings.createStringBinding(
                () -> name.get().isEmpty() ? verb : verb + " " + name.get(), name))
        .withShortcut(shortcut)
        .enabledWhen(name.isNotEmpty());
  }

  @FunctionalInterface
  private interface Choice {
    Optional<Reproduction> of(WorkbenchViewModel workbench, Samples samples);
  }

  private CommandList copies(String which, String title, String modifiers, Choice choice) {
    return new CommandList(
        "copy." + which,
        title,
        FXCollections.observableArrayList(
            List.of(
                copy(which, "_Command", modifiers + "C", choice, CommandText::of),
                copy(which, "_YAML", modifiers + "Y", choice, ExperimentText::of),
                copy(which, "_Java", modifiers + "J", choice, this::java))));
  }

  private Command copy(
      String which,
      String title,
      String shortcut,
      Choice choice,
      Function<Reproduction, String> text) {
    return Command.of(
            "copy." + which + "." + title.substring(1).toLowerCase(Locale.ROOT),
            title,
            "Copy commands that give the same results without the window",
            () ->
                choice
                    .of(workbench, samples)
                    .map(text)
                    .ifPresentOrElse(this::copy, this::nothingToCopy))
        .withShortcut(shortcut);
  }

  private String java(Reproduction r) {
    return JavaText.of(
        r,
        samples.modelOr(Path.of(r.model())).toString(),
        samples.documentOr(Path.of(r.text())).toString());
  }

  private void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
    dialogs.notice("Copied", text.lines().filter(l -> !l.startsWith("#")).findFirst().orElse(""));
  }

  private void nothingToCopy() {
    dialogs.notice("Nothing to copy", "Open a model and a text first.");
  }
}
