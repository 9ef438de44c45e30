package org.lambdascope.app.command;

import javafx.collections.ObservableList;

/**
 * Commands that come and go, such as one per recent file: a menu of its own.
 *
 * @param id names it
 * @param title of the menu, with {@code _} before its mnemonic
 * @param commands those of this moment
 */
public record CommandList(String id, String title, ObservableList<Command> commands)
    implements CommandEntry {

  /** Its title without a mnemonic. */
  public String label() {
    return Command.withoutMnemonic(title);
  }
}
