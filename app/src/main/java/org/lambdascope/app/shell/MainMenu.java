package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.engine.experiment.ArmKind;

/** Every command of the window, with its shortcut. */
final class MainMenu extends MenuBar {

  private final Commands commands;

  MainMenu(Commands commands, Runnable quit, Runnable help) {
    this.commands = commands;
    getMenus().addAll(file(quit), run(), view(), help(help));
  }

  private Menu file(Runnable quit) {
    Menu menu = new Menu("_File");
    menu.getItems()
        .addAll(
            item("Open model _folder …", "Shortcut+O", commands::openModelFolder, null),
            item("Open _GGUF model …", "Shortcut+G", commands::openModelFile, null),
            item("Open _text …", "Shortcut+T", commands::openText, null),
            recent(
                "Recent _models", commands.models().recentModels(), commands.models()::openModel),
            recent("Recent te_xts", commands.models().recentTexts(), commands.models()::openText),
            samples(commands.showcase()),
            new SeparatorMenuItem(),
            item("_Export all figures …", "Shortcut+E", commands::exportAll, commands.incomplete()),
            item("Open a fi_gure …", "Shortcut+Shift+O", commands::openFigure, null),
            item("_Reopen closed figure", "Shortcut+Shift+T", commands.editors()::reopen, null),
            new SeparatorMenuItem(),
            item("_Quit", "Shortcut+Q", quit, null));
    return menu;
  }

  private Menu run() {
    Menu menu = new Menu("_Run");
    menu.getItems()
        .addAll(
            item("_Run all arms", "Shortcut+Enter", commands::run, commands.incomplete()),
            item("_Cancel", "Esc", commands::cancel, commands.idle()),
            new SeparatorMenuItem());
    Menu add = new Menu("_Add arm");
    for (Map.Entry<ArmKind, String> kind : Commands.kinds()) {
      MenuItem item = new MenuItem(kind.getValue());
      item.setMnemonicParsing(false);
      item.setOnAction(e -> commands.addArm(kind.getKey()));
      add.getItems().add(item);
    }
    add.disableProperty().bind(commands.incomplete());
    menu.getItems()
        .addAll(
            add,
            item(
                "Remove _selected arm",
                "Shortcut+Shift+Delete",
                commands::removeArm,
                commands.incomplete()));
    return menu;
  }

  private Menu view() {
    Menu menu = new Menu("_View");
    CheckMenuItem dark = new CheckMenuItem("_Dark theme");
    dark.setAccelerator(KeyCombination.valueOf("Shortcut+D"));
    commands.shell().themeProperty().subscribe(theme -> dark.setSelected(theme == Theme.DARK));
    dark.setOnAction(
        e -> commands.shell().themeProperty().set(dark.isSelected() ? Theme.DARK : Theme.LIGHT));
    menu.getItems()
        .addAll(
            dark,
            new SeparatorMenuItem(),
            page("_Arms", 0),
            page("Λ-_mask", 1),
            page("_Token", 2),
            openPage("_Runs", RunPages.RUNS),
            openPage("_Experiment", RunPages.EXPERIMENT),
            new SeparatorMenuItem(),
            item("_Next token", "Alt+Right", () -> commands.walk(1), commands.incomplete()),
            item("_Previous token", "Alt+Left", () -> commands.walk(-1), commands.incomplete()));
    return menu;
  }

  private MenuItem page(String title, int index) {
    return item(
        title,
        "Shortcut+" + (index + 1),
        () -> commands.shell().pageProperty().set(index),
        commands.incomplete());
  }

  /** A page that needs no open model. */
  private MenuItem openPage(String title, int index) {
    return item(
        title, "Shortcut+" + (index + 1), () -> commands.shell().pageProperty().set(index), null);
  }

  private static Menu help(Runnable help) {
    Menu menu = new Menu("_Help");
    menu.getItems().add(item("_Words used here", "F1", help, null));
    return menu;
  }

  private static MenuItem item(
      String text, String shortcut, Runnable action, @Nullable ObservableBooleanValue disabled) {
    MenuItem item = new MenuItem(text);
    item.setAccelerator(KeyCombination.valueOf(shortcut));
    item.setOnAction(e -> action.run());
    if (disabled != null) {
      item.disableProperty().bind(disabled);
    }
    return item;
  }

  private Menu samples(Showcase showcase) {
    Menu menu = new Menu("_Samples");
    menu.setId("samples");
    MenuItem demo = new MenuItem("Run the _demo");
    demo.setOnAction(e -> showcase.start());
    demo.setDisable(!showcase.available());
    menu.getItems().add(demo);
    addPaths(menu, showcase.modelPaths(), commands.models()::openModel);
    addPaths(menu, showcase.documentPaths(), commands.models()::openText);
    menu.setDisable(menu.getItems().size() == 1);
    return menu;
  }

  private static void addPaths(Menu menu, List<Path> paths, Consumer<Path> open) {
    if (!paths.isEmpty()) {
      menu.getItems().add(new SeparatorMenuItem());
    }
    for (Path path : paths) {
      MenuItem item = new MenuItem(String.valueOf(path.getFileName()));
      item.setMnemonicParsing(false);
      item.setOnAction(e -> open.accept(path));
      menu.getItems().add(item);
    }
  }

  private static Menu recent(String title, ObservableList<Path> paths, Consumer<Path> open) {
    Menu menu = new Menu(title);
    Runnable fill =
        () -> {
          menu.getItems().clear();
          for (Path path : paths) {
            MenuItem item = new MenuItem(path.toString());
            item.setMnemonicParsing(false);
            item.setOnAction(e -> open.accept(path));
            menu.getItems().add(item);
          }
          menu.setDisable(paths.isEmpty());
        };
    paths.addListener((ListChangeListener<Path>) c -> fill.run());
    fill.run();
    return menu;
  }
}
