package org.lambdascope.app.command;

/** The menus of the window, from left to right. */
public enum CommandGroup {
  FILE("_File"),
  EDIT("_Edit"),
  RUN("_Run"),
  VIEW("_View"),
  GO("_Go"),
  HELP("_Help");

  private final String title;

  CommandGroup(String title) {
    this.title = title;
  }

  /** Its title, with {@code _} before the letter that opens it. */
  public String title() {
    return title;
  }

  /** Its title. */
  public String label() {
    return Command.withoutMnemonic(title);
  }
}
