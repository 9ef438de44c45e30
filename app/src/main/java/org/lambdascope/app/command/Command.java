package org.lambdascope.app.command;

import java.util.regex.Pattern;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a person can do. Menus, tool bar, palette and the sheet of shortcuts are made from
 * these, so that whatever can be done is done in one way.
 *
 * @param id names it, such as {@code file.open-text}
 * @param title what menus show, with {@code _} before the letter that chooses it; empty of {@code
 *     _} if {@code literal}
 * @param now what it is called at this moment; null if it always is {@code title}
 * @param literal whether a {@code _} in the title is one, as in the name of a file
 * @param shortcut its keys as {@code KeyCombination.valueOf} reads them; empty for none
 * @param help what it does, in a sentence
 * @param enabled whether it can be done now
 * @param checked whether what it sets is set; null if it sets nothing
 * @param action does it
 */
public record Command(
    String id,
    String title,
    @Nullable ObservableStringValue now,
    boolean literal,
    String shortcut,
    String help,
    ObservableBooleanValue enabled,
    @Nullable ObservableBooleanValue checked,
    Runnable action)
    implements CommandEntry {

  private static final ObservableBooleanValue ALWAYS = new SimpleBooleanProperty(true);
  private static final Pattern MNEMONIC = Pattern.compile("_(?=\\S)");

  /** A command that can always be done. */
  public static Command of(String id, String title, String help, Runnable action) {
    return new Command(id, title, null, false, "", help, ALWAYS, null, action);
  }

  /** A command with a title that is shown as it is, such as the name of a file. */
  public static Command named(String id, String title, String help, Runnable action) {
    return new Command(id, title, null, true, "", help, ALWAYS, null, action);
  }

  /** The same with keys, such as {@code Shortcut+O}. */
  public Command withShortcut(String keys) {
    return new Command(id, title, now, literal, keys, help, enabled, checked, action);
  }

  /** The same, only to be done while {@code condition} holds. */
  public Command enabledWhen(ObservableBooleanValue condition) {
    return new Command(id, title, now, literal, shortcut, help, condition, checked, action);
  }

  /** The same with a mark that says whether what it sets is set. */
  public Command checkedWhen(ObservableBooleanValue condition) {
    return new Command(id, title, now, literal, shortcut, help, enabled, condition, action);
  }

  /** What it is called at any moment, without a mnemonic. */
  public String name() {
    return now != null || !literal ? withoutMnemonic(title) : title;
  }

  /** What it is called at this moment, without a mnemonic. */
  public String label() {
    if (now != null) {
      return now.get();
    }
    return literal ? title : withoutMnemonic(title);
  }

  /**
   * Does it, if it can be done now.
   *
   * @return whether it was
   */
  public boolean run() {
    if (!enabled.get()) {
      return false;
    }
    action.run();
    return true;
  }

  /** The same with a title that changes, such as one that says what will be undone. */
  public Command titled(ObservableStringValue changing) {
    return new Command(id, title, changing, true, shortcut, help, enabled, checked, action);
  }

  static String withoutMnemonic(String title) {
    return MNEMONIC.matcher(title).replaceFirst("");
  }
}
