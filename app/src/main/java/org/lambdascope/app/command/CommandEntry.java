package org.lambdascope.app.command;

/** What stands in a menu: a command, or a list of them under one title. */
public sealed interface CommandEntry permits Command, CommandList {

  /** Names it among all entries, such as {@code file.open-text}. */
  String id();

  /** What menus show, with {@code _} before the letter that chooses it. */
  String title();
}
