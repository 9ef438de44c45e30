package org.lambdascope.app.shell;

import java.util.List;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.command.CommandGroup;
import org.lambdascope.app.command.CommandList;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.command.PaletteView;
import org.lambdascope.app.command.PaletteViewModel;
import org.lambdascope.app.command.ShortcutSheet;
import org.lambdascope.app.common.OverlayPane;
import org.lambdascope.app.tour.TourViewModel;
import org.lambdascope.app.words.GlossaryView;
import org.lambdascope.app.words.Word;
import org.lambdascope.app.words.Words;

/** Help: palette, welcome page, tour, shortcuts and words. */
final class HelpCommands {

  private static final List<ShortcutSheet.Keys> KEYS =
      List.of(
          new ShortcutSheet.Keys(
              "In a text",
              List.of(
                  List.of("← →", "Previous, next token"),
                  List.of("↑ ↓", "The line above, below"),
                  List.of("Page Up, Page Down", "A page up, down"),
                  List.of("Home, End", "First, last token"))),
          new ShortcutSheet.Keys(
              "On the Λ-mask",
              List.of(
                  List.of("← → ↑ ↓", "Move over the cells"),
                  List.of("Home", "Show all queries and keys"))),
          new ShortcutSheet.Keys(
              "On the page Experiment",
              List.of(
                  List.of("Ctrl+Enter", "Run or resume"),
                  List.of("Esc", "Stop the run"),
                  List.of("Ctrl+S", "Save the file"),
                  List.of("Ctrl+Z, Ctrl+Shift+Z", "Undo, redo in the file"),
                  List.of("Shift+Tab, Ctrl+Tab", "Leave the text, backwards, forwards"))),
          new ShortcutSheet.Keys(
              "In the table of runs",
              List.of(
                  List.of("Enter", "Open or resume its experiment"),
                  List.of("Shift+F10", "What else can be done with it"))),
          new ShortcutSheet.Keys(
              "In the figure editor",
              List.of(
                  List.of("Ctrl+S, Ctrl+Shift+S", "Save, save as"),
                  List.of("Ctrl+Z, Ctrl+Shift+Z", "Undo, redo"),
                  List.of("Ctrl+Shift+C", "Copy"),
                  List.of("Ctrl+E", "Export as PDF"),
                  List.of("Ctrl+Minus, Ctrl+=", "Smaller, larger"),
                  List.of("Ctrl+1, Ctrl+0", "Size on paper, fit the window"),
                  List.of("Ctrl+W", "Close it"))),
          new ShortcutSheet.Keys(
              "In the tree",
              List.of(List.of("Enter", "Open"), List.of("Delete", "Remove from recent"))),
          new ShortcutSheet.Keys(
              "In a window of its own",
              List.of(List.of("Esc, Ctrl+W", "Close it: its page comes back"))));

  private final OverlayPane overlay;
  private final CommandRegistry registry;

  HelpCommands(OverlayPane overlay, CommandRegistry registry) {
    this.overlay = overlay;
    this.registry = registry;
  }

  void add(ShellViewModel shell, TourViewModel tour) {
    PaletteViewModel palette = new PaletteViewModel(registry);
    PaletteView paletteView = new PaletteView(palette, overlay);
    registry.add(
        CommandGroup.HELP,
        Command.of(
                "help.palette",
                "_Command palette …",
                "Find commands, models, documents, arms and words by a few letters",
                paletteView::toggle)
            .withShortcut("Shortcut+K"),
        Command.of(
            "help.welcome",
            "_Welcome",
            "Worked examples, and what to open",
            () -> shell.welcomeProperty().set(true)),
        Command.of("help.tour", "Guided _tour", "Five minutes through the window", tour::start));
    registry.add(
        CommandGroup.HELP,
        Command.of("help.tour-next", "Tour: _next step", "Go on with the tour", tour::next)
            .withShortcut("F8")
            .enabledWhen(tour.runningProperty()),
        Command.of("help.tour-back", "Tour: step _back", "Go back in the tour", tour::back)
            .withShortcut("Shift+F8")
            .enabledWhen(tour.runningProperty()));
    registry.add(
        CommandGroup.HELP,
        Command.of(
                "help.shortcuts",
                "_Keyboard shortcuts",
                "All keys on one sheet",
                () -> overlay.showPage("Keyboard shortcuts", new ShortcutSheet(registry, KEYS)))
            .withShortcut("Shortcut+Slash"),
        Command.of(
                "help.words",
                "_Words used here",
                "What the terms of the field mean, with their papers",
                () -> showWord(null))
            .withShortcut("F1"),
        new CommandList(
            "words",
            "_Definitions",
            FXCollections.observableList(
                Words.all().stream()
                    .map(
                        word ->
                            Command.named(
                                "word." + word.term(),
                                word.term(),
                                word.meaning(),
                                () -> showWord(word)))
                    .toList())));
  }

  private void showWord(@Nullable Word word) {
    GlossaryView glossary = new GlossaryView();
    overlay.showPage("Words used here", glossary);
    // Where a word stands is known when the page has been laid out.
    Platform.runLater(() -> glossary.reveal(word));
  }
}
