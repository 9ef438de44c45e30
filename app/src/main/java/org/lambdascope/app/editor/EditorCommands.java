package org.lambdascope.app.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyStringProperty;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.command.CommandGroup;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.Table;

/** What can be done in a window of the figure editor. */
final class EditorCommands {

  private static final double STEP = 1.25;

  /** What the window does for them. */
  interface Actions {
    /** Copies an image of the page. */
    void copy();

    /** Enlarges the page to the width of the window. */
    void fit();

    /** Closes the window. */
    void close();
  }

  private EditorCommands() {}

  /** The commands of a figure's window. */
  static CommandRegistry of(FigureEditorViewModel figure, Actions actions) {
    CommandRegistry registry = new CommandRegistry();
    registry.add(
        CommandGroup.FILE,
        Command.of(
                "figure.save",
                "_Save figure",
                "Save the specification and the data, from which the figure is drawn again",
                figure::save)
            .withShortcut("Shortcut+S"),
        Command.of(
                "figure.save-as",
                "Save figure _as …",
                "Save the figure in another folder",
                figure::saveAs)
            .withShortcut("Shortcut+Shift+S"));
    registry.add(
        CommandGroup.FILE,
        export(figure, FigureFormat.PDF, "Shortcut+E"),
        export(figure, FigureFormat.SVG, "Shortcut+Shift+E"),
        export(figure, FigureFormat.PNG, "Shortcut+Alt+E"),
        export(figure, FigureFormat.CSV, "Shortcut+Alt+Shift+E"),
        Command.of(
                "figure.export-latex",
                figure.draft().drawing() instanceof Table
                    ? "Export _LaTeX table …"
                    : "Export _LaTeX with caption …",
                "Write LaTeX that a paper includes",
                figure::exportLatex)
            .withShortcut("Shortcut+L"));
    registry.add(
        CommandGroup.FILE,
        Command.of(
                "figure.close",
                "_Close figure",
                "Close this window; File ▸ Reopen closed figure brings it back",
                actions::close)
            .withShortcut("Shortcut+W"));
    registry.add(
        CommandGroup.EDIT,
        step("Undo", "Shortcut+Z", figure.history().undoableProperty(), figure::undo),
        step("Redo", "Shortcut+Shift+Z", figure.history().redoableProperty(), figure::redo),
        Command.of(
                "figure.copy",
                "_Copy figure",
                "Copy an image of the page at 300 pixels per inch",
                actions::copy)
            .withShortcut("Shortcut+Shift+C"));
    registry.add(
        CommandGroup.VIEW,
        Command.of(
                "figure.larger", "Zoom _in", "Show the page larger", () -> zoom(figure, STEP, true))
            .withShortcut("Shortcut+Equals"),
        Command.of(
                "figure.smaller",
                "Zoom _out",
                "Show the page smaller",
                () -> zoom(figure, 1 / STEP, true))
            .withShortcut("Shortcut+Minus"),
        Command.of(
                "figure.original",
                "O_riginal size",
                "Show the page at its size on paper",
                () -> zoom(figure, 1, false))
            .withShortcut("Shortcut+1"),
        Command.of(
                "figure.fit",
                "_Fit the window",
                "Enlarge the page to the width of the window",
                actions::fit)
            .withShortcut("Shortcut+0"));
    return registry;
  }

  /** The same for another window, whose keys mean other things. */
  static List<Command> withoutKeys(CommandRegistry registry) {
    List<Command> commands = new ArrayList<>();
    registry.forEach((menu, command) -> commands.add(command.withShortcut("")));
    return commands;
  }

  private static Command export(FigureEditorViewModel figure, FigureFormat format, String keys) {
    return Command.of(
            "figure.export-" + format.extension(),
            "Export %s …".formatted(format.name()),
            "Write the page as " + format.name(),
            () -> figure.export(format))
        .withShortcut(keys);
  }

  private static Command step(
      String verb, String keys, ReadOnlyStringProperty what, Runnable action) {
    return Command.of(
            "figure." + verb.toLowerCase(Locale.ROOT),
            verb + " in figure",
            verb + " a change of the figure",
            action)
        .withShortcut(keys)
        .enabledWhen(what.isNotEmpty());
  }

  private static void zoom(FigureEditorViewModel figure, double factor, boolean relative) {
    double now = relative ? figure.preview().zoomProperty().get() : 1;
    figure
        .preview()
        .zoomProperty()
        .set(Math.clamp(now * factor, PagePreview.LEAST_ZOOM, PagePreview.MOST_ZOOM));
  }
}
