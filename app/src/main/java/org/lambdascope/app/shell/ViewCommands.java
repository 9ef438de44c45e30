package org.lambdascope.app.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.collections.FXCollections;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.command.CommandGroup;
import org.lambdascope.app.command.CommandList;
import org.lambdascope.app.command.CommandRegistry;
import org.lambdascope.app.settings.ThemeChoice;

/** The commands of what is shown: parts of the window, pages and colours. */
final class ViewCommands {

  /** What the window does for them. */
  interface Actions {
    /** Moves the page that is shown into a window. */
    void detachPage();

    /** Moves a part around the pages into a window. */
    void detach(ShellPanel panel);

    /** Lets the window fill the screen, or no more. */
    void fullScreen();

    /** Puts the focus into the tree's field. */
    void search();
  }

  private final ShellViewModel shell;

  ViewCommands(ShellViewModel shell) {
    this.shell = shell;
  }

  /**
   * Parts of the window, pages and colours.
   *
   * @param actions what the window does
   */
  void add(CommandRegistry registry, Actions actions) {
    registry.add(
        CommandGroup.VIEW,
        part("library", "_Models, documents and runs", "Shortcut+B", shell.libraryShownProperty()),
        part("side", "_Settings and token", "Shortcut+Shift+B", shell.sideShownProperty()),
        part("bottom", "_Jobs and log", "Shortcut+J", shell.bottomShownProperty()),
        Command.of(
                "view.search",
                "Searc_h the tree",
                "Search models, documents and runs",
                () -> {
                  shell.libraryShownProperty().set(true);
                  actions.search();
                })
            .withShortcut("Shortcut+Shift+F"),
        panels(actions));
    registry.add(
        CommandGroup.VIEW,
        page("_Arms", 0, "All arms side by side: texts and diagnostics"),
        page("Λ-_mask", 1, "Which keys the selected arm lets each query see, and at what distance"),
        page("_Token", 2, "What each arm, layer and head makes of the selected token"),
        openPage("_Runs", RunPages.RUNS, "Stored runs, filtered and compared"),
        openPage("_Experiment", RunPages.EXPERIMENT, "An experiment file as a form, and its run"),
        Command.of(
                "view.detach-page",
                "_Open page in a window",
                "Move this page into a window of its own; closing it brings the page back",
                actions::detachPage)
            .withShortcut("Shortcut+Shift+N")
            .enabledWhen(shell.welcomeShownProperty().not()),
        Command.of(
                "view.full-screen",
                "Full sc_reen",
                "Fill the screen, or no more",
                actions::fullScreen)
            .withShortcut("F11"));
    registry.add(
        CommandGroup.VIEW,
        theme(ThemeChoice.LIGHT, "_Light theme"),
        theme(ThemeChoice.DARK, "Dar_k theme"),
        theme(ThemeChoice.SYSTEM, "Theme _follows the system"),
        Command.of(
                "view.switch-theme",
                "_Switch theme",
                "Switch between light and dark",
                shell::toggleTheme)
            .withShortcut("Shortcut+D"));
  }

  private static Command part(String id, String title, String keys, BooleanProperty shown) {
    return Command.of(
            "view." + id,
            title,
            "Show or hide: " + title.replace("_", "").toLowerCase(Locale.ROOT),
            () -> shown.set(!shown.get()))
        .withShortcut(keys)
        .checkedWhen(shown);
  }

  private CommandList panels(Actions actions) {
    List<Command> commands =
        Arrays.stream(ShellPanel.values())
            .map(panel -> panel(panel, () -> actions.detach(panel)))
            .toList();
    return new CommandList(
        "view.detach", "Open a _part in a window", FXCollections.observableList(commands));
  }

  private Command panel(ShellPanel panel, Runnable detach) {
    String what = panel.title().toLowerCase(Locale.ROOT);
    Command command =
        Command.of(
            "view.detach-" + panel.id(),
            panel.menuTitle(),
            "Move into a window of its own, and back by closing it: " + what,
            detach);
    return switch (panel) {
      case LIBRARY, BOTTOM -> command;
      case ARM, TOKEN -> command.enabledWhen(shell.completeProperty());
    };
  }

  private Command page(String title, int index, String help) {
    return openPage(title, index, help).enabledWhen(shell.completeProperty());
  }

  /** A page that needs no open model. */
  private Command openPage(String title, int index, String help) {
    return Command.of(
            "view.page-" + (index + 1),
            title,
            help,
            () -> {
              shell.welcomeProperty().set(false);
              shell.pageProperty().set(index);
            })
        .withShortcut("Shortcut+" + (index + 1));
  }

  private Command theme(ThemeChoice choice, String title) {
    return Command.of(
            "view.theme-" + choice.id(),
            title,
            choice.help(),
            () -> shell.themeChoiceProperty().set(choice))
        .checkedWhen(
            Bindings.createBooleanBinding(
                () -> shell.themeChoiceProperty().get() == choice, shell.themeChoiceProperty()));
  }
}
