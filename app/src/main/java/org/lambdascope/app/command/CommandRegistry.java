package org.lambdascope.app.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javafx.scene.input.KeyCombination;

/**
 * All commands of the window, in the order of its menus. Features add theirs before the window is
 * made.
 */
public final class CommandRegistry {

  private final Map<CommandGroup, List<List<CommandEntry>>> sections =
      new EnumMap<>(CommandGroup.class);
  private final Map<String, CommandEntry> byId = new HashMap<>();
  private final Map<KeyCombination, Command> byKeys = new HashMap<>();

  /**
   * Adds entries that belong together: menus draw a line between them and those before.
   *
   * @throws IllegalArgumentException if an id or a shortcut is taken, or a shortcut cannot be read
   */
  public void add(CommandGroup group, CommandEntry... entries) {
    for (CommandEntry entry : entries) {
      CommandEntry before = byId.putIfAbsent(entry.id(), entry);
      if (before != null) {
        throw new IllegalArgumentException(
            "command %s: expected an id of its own, found that of “%s”"
                .formatted(entry.id(), before.title()));
      }
      switch (entry) {
        case Command command -> takeKeys(command);
        case CommandList list -> list.commands().forEach(this::takeKeys);
      }
    }
    sections.computeIfAbsent(group, g -> new ArrayList<>()).add(List.of(entries));
  }

  private void takeKeys(Command command) {
    if (command.shortcut().isEmpty()) {
      return;
    }
    Command other = byKeys.putIfAbsent(KeyCombination.valueOf(command.shortcut()), command);
    if (other != null) {
      throw new IllegalArgumentException(
          "command %s: expected a free shortcut, found %s, which is that of %s"
              .formatted(command.id(), command.shortcut(), other.id()));
    }
  }

  /** Entries of a menu, section by section. */
  public List<List<CommandEntry>> sections(CommandGroup group) {
    return Collections.unmodifiableList(sections.getOrDefault(group, List.of()));
  }

  /**
   * The command of an id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Command get(String id) {
    if (byId.get(id) instanceof Command command) {
      return command;
    }
    throw new IllegalArgumentException("expected the id of a command, found " + id);
  }

  /**
   * The list of an id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public CommandList list(String id) {
    if (byId.get(id) instanceof CommandList list) {
      return list;
    }
    throw new IllegalArgumentException("expected the id of a list of commands, found " + id);
  }

  /**
   * Hands out every command of this moment with the title of the menu that it is in, in the order
   * of the menus.
   */
  public void forEach(BiConsumer<String, Command> consumer) {
    for (CommandGroup group : CommandGroup.values()) {
      for (List<CommandEntry> section : sections(group)) {
        for (CommandEntry entry : section) {
          switch (entry) {
            case Command command -> consumer.accept(group.label(), command);
            case CommandList list ->
                list.commands().forEach(command -> consumer.accept(list.label(), command));
          }
        }
      }
    }
  }

  /** The commands that have a shortcut, by their keys. */
  public Map<KeyCombination, Command> shortcuts() {
    return Collections.unmodifiableMap(byKeys);
  }
}
