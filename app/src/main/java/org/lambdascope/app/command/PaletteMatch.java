package org.lambdascope.app.command;

import java.util.List;

/**
 * A command that answers what was typed.
 *
 * @param menu the menu that it is in
 * @param command the command
 * @param hits places in its label of the letters that were typed; none if it answers by its help
 */
public record PaletteMatch(String menu, Command command, List<Integer> hits) {

  /** Copies the list. */
  public PaletteMatch {
    hits = List.copyOf(hits);
  }
}
