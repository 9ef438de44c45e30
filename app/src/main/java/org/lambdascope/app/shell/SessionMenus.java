package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCombination;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.session.CommandText;
import org.lambdascope.app.session.ExperimentText;
import org.lambdascope.app.session.JavaText;
import org.lambdascope.app.session.Reproduction;
import org.lambdascope.app.session.SessionsViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** What menus do with sessions: files, undo and redo, and the same without the window. */
final class SessionMenus {

  private final SessionsViewModel sessions;
  private final WorkbenchViewModel workbench;
  private final Samples samples;
  private final Dialogs dialogs;

  SessionMenus(
      SessionsViewModel sessions, WorkbenchViewModel workbench, Samples samples, Dialogs dialogs) {
    this.sessions = sessions;
    this.workbench = workbench;
    this.samples = samples;
    this.dialogs = dialogs;
  }

  /** Items of the menu File. */
  List<MenuItem> files() {
    return List.of(
        item("Open _session …", "Shortcut+Alt+O", sessions::open),
        item("_Save session", "Shortcut+S", sessions::save),
        item("Save session _as …", "Shortcut+Shift+S", sessions::saveAs));
  }

  /** The menu Edit. */
  Menu edit() {
    Menu menu = new Menu("_Edit");
    menu.setId("edit");
    menu.getItems()
        .addAll(
            step("Undo", "Shortcut+Z", sessions.undo().undoNameProperty(), sessions.undo()::undo),
            step(
                "Redo",
                "Shortcut+Shift+Z",
                sessions.undo().redoNameProperty(),
                sessions.undo()::redo),
            new SeparatorMenuItem(),
            copies("Copy selected arm as", "Shortcut+Alt+", Reproduction::ofSelected),
            copies("Copy all arms as", "Shortcut+Alt+Shift+", Reproduction::of),
            new SeparatorMenuItem(),
            history());
    return menu;
  }

  private static MenuItem step(
      String verb, String shortcut, ReadOnlyStringProperty name, Runnable action) {
    MenuItem item = item(verb, shortcut, action);
    item.setId(verb.toLowerCase(Locale.ROOT));
    item.setMnemonicParsing(false); // names have underscores of their own: n_local
    name.subscribe(n -> item.setText(n.isEmpty() ? verb : verb + " " + n));
    item.disableProperty().bind(name.isEmpty());
    return item;
  }

  @FunctionalInterface
  private interface Choice {
    Optional<Reproduction> of(WorkbenchViewModel workbench, Samples samples);
  }

  private Menu copies(String title, String modifiers, Choice choice) {
    Menu menu = new Menu(title);
    menu.getItems()
        .addAll(
            copy("_Command", modifiers + "C", choice, CommandText::of),
            copy("_YAML", modifiers + "Y", choice, ExperimentText::of),
            copy("_Java", modifiers + "J", choice, this::java));
    return menu;
  }

  private MenuItem copy(
      String title, String shortcut, Choice choice, Function<Reproduction, String> text) {
    return item(
        title,
        shortcut,
        () ->
            choice
                .of(workbench, samples)
                .map(text)
                .ifPresentOrElse(this::copy, this::nothingToCopy));
  }

  private String java(Reproduction r) {
    return JavaText.of(
        r,
        samples.modelOr(Path.of(r.model())).toString(),
        samples.documentOr(Path.of(r.text())).toString());
  }

  private MenuItem history() {
    MenuItem item = new MenuItem("Copy _history as commands");
    item.setOnAction(e -> copy(sessions.log().script()));
    return item;
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

  private static MenuItem item(String text, String shortcut, Runnable action) {
    MenuItem item = new MenuItem(text);
    item.setAccelerator(KeyCombination.valueOf(shortcut));
    item.setOnAction(e -> action.run());
    return item;
  }
}
