package org.lambdascope.app.shell;

import java.util.Set;
import java.util.TreeSet;
import org.lambdascope.app.command.CommandGroup;

/** Which pages, panels and menus {@link Monkey monkeys} came to, of all that there are. */
final class MonkeyReach {

  private final Set<String> all = new TreeSet<>();
  private final Set<String> reached = new TreeSet<>();

  /** Nothing is reached yet. */
  MonkeyReach() {
    for (int page = 0; page <= RunPages.EXPERIMENT; page++) {
      all.add(page(page));
      all.add(pageApart(page));
    }
    for (ShellPanel panel : ShellPanel.values()) {
      all.add(panelApart(panel));
    }
    for (CommandGroup group : CommandGroup.values()) {
      all.add(menu(group.label()));
    }
    MonkeyVocabulary.MENU_BUTTONS.forEach(name -> all.add(menu(name)));
    MonkeyVocabulary.SURFACES.forEach(name -> all.add(surface(name)));
  }

  static String page(int index) {
    return "page " + index;
  }

  static String pageApart(int index) {
    return "page " + index + " in a window";
  }

  static String panelApart(ShellPanel panel) {
    return "panel " + panel.id() + " in a window";
  }

  static String menu(String name) {
    return "menu " + name;
  }

  static String surface(String name) {
    return "surface " + name;
  }

  /** Takes note of something; what nobody listed counts for nothing. */
  void reached(String what) {
    if (all.contains(what)) {
      reached.add(what);
    }
  }

  /** Takes note of all that another came to. */
  void reached(MonkeyReach other) {
    reached.addAll(other.reached);
  }

  /** What was not reached. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>(all);
    missing.removeAll(reached);
    return missing;
  }

  /** The part of all that was reached, 0 to 1. */
  double share() {
    return (double) reached.size() / all.size();
  }

  @Override
  public String toString() {
    return "reached %d of %d, not %s".formatted(reached.size(), all.size(), missing());
  }
}
