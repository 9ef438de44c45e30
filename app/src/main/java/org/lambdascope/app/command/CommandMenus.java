package org.lambdascope.app.command;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.lambdascope.app.common.Tips;

/** Commands as controls. */
public final class CommandMenus {

  private CommandMenus() {}

  /** The menu bar of a window: a menu per group that has commands. */
  public static MenuBar bar(CommandRegistry registry) {
    MenuBar bar = new MenuBar();
    for (CommandGroup group : CommandGroup.values()) {
      List<List<CommandEntry>> sections = registry.sections(group);
      if (sections.isEmpty()) {
        continue;
      }
      Menu menu = new Menu(group.title());
      for (List<CommandEntry> section : sections) {
        if (!menu.getItems().isEmpty()) {
          menu.getItems().add(new SeparatorMenuItem());
        }
        for (CommandEntry entry : section) {
          menu.getItems()
              .add(
                  switch (entry) {
                    case Command command -> item(command);
                    case CommandList list -> menu(list);
                  });
        }
      }
      bar.getMenus().add(menu);
    }
    return bar;
  }

  /** A command in a menu. */
  public static MenuItem item(Command command) {
    ObservableBooleanValue checked = command.checked();
    MenuItem item = checked == null ? new MenuItem() : new CheckMenuItem();
    item.setMnemonicParsing(!command.literal());
    ObservableStringValue now = command.now();
    if (now == null) {
      item.setText(command.title());
    } else {
      item.textProperty().bind(now);
    }
    item.setId(command.id());
    if (!command.shortcut().isEmpty()) {
      item.setAccelerator(KeyCombination.valueOf(command.shortcut()));
    }
    item.disableProperty().bind(disabled(command));
    if (checked != null && item instanceof CheckMenuItem check) {
      checked.subscribe(check::setSelected);
      // The item has flipped its mark by itself, which only the command can know to be right.
      check.setOnAction(
          e -> {
            command.run();
            check.setSelected(checked.get());
          });
    } else {
      item.setOnAction(e -> command.run());
    }
    return item;
  }

  /** Commands that come and go as a menu. */
  public static Menu menu(CommandList list) {
    Menu menu = new Menu(list.title());
    menu.setId(list.id());
    fill(menu.getItems(), list, CommandMenus::item);
    list.commands()
        .addListener((ListChangeListener<Command>) c -> menu.setDisable(list.commands().isEmpty()));
    menu.setDisable(list.commands().isEmpty());
    return menu;
  }

  /** Keeps {@code items} filled with what {@code list} holds. */
  public static <T> void fill(
      ObservableList<? super T> items, CommandList list, Function<Command, T> make) {
    Runnable fill = () -> items.setAll(list.commands().stream().map(make).toList());
    list.commands().addListener((ListChangeListener<Command>) c -> fill.run());
    fill.run();
  }

  /** Makes a button do a command: action, tooltip with its keys, and when it can be pressed. */
  public static <B extends ButtonBase> B wire(B button, Command command) {
    button.setOnAction(e -> command.run());
    Tips.on(button, explanation(command));
    button.disableProperty().bind(disabled(command));
    button.setAccessibleText(command.label());
    button.setAccessibleHelp(command.help());
    return button;
  }

  /** What a command does, and its keys. */
  private static String explanation(Command command) {
    String keys = keys(command);
    return command.help() + (keys.isEmpty() ? "" : " (" + keys + ")");
  }

  /** A command's keys as they are written on this system, such as {@code Ctrl+O}; may be empty. */
  public static String keys(Command command) {
    return command.shortcut().isEmpty()
        ? ""
        : KeyCombination.valueOf(command.shortcut()).getDisplayText().replace("↵", "Enter");
  }

  /** Lets the shortcuts of all commands work in a window without menus. */
  public static void install(CommandRegistry registry, Scene scene) {
    for (Map.Entry<KeyCombination, Command> entry : registry.shortcuts().entrySet()) {
      scene.getAccelerators().put(entry.getKey(), () -> entry.getValue().run());
    }
  }

  private static BooleanExpression disabled(Command command) {
    return BooleanExpression.booleanExpression(command.enabled()).not();
  }
}
