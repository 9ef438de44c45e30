package org.lambdascope.app.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Finds commands by a few letters. */
public final class PaletteViewModel {

  private static final int MOST_RECENT = 5;

  /** What a hit in the label counts more than one in the menu's title or in the help. */
  private static final int IN_LABEL = 1000;

  private static final int IN_PATH = 500;

  private final CommandRegistry registry;
  private final StringProperty query = new SimpleStringProperty("");
  private final ObservableList<PaletteMatch> matches = FXCollections.observableArrayList();
  private final IntegerProperty selected = new SimpleIntegerProperty(0);
  private final Deque<String> recent = new ArrayDeque<>();

  private record Scored(PaletteMatch match, int score, int order) {}

  /** Searches all commands of a registry. */
  public PaletteViewModel(CommandRegistry registry) {
    this.registry = registry;
    query.subscribe((before, now) -> search());
  }

  /** What was typed. */
  public StringProperty queryProperty() {
    return query;
  }

  /** What answers it, the best first; those that cannot be done now come last. */
  public ObservableList<PaletteMatch> matches() {
    return matches;
  }

  /** Which of the {@link #matches} is chosen. */
  public IntegerProperty selectedProperty() {
    return selected;
  }

  /** Begins anew: all commands, the ones used last on top. */
  public void reset() {
    query.set("");
    search();
  }

  /** Moves the selection, round the ends. */
  public void move(int by) {
    if (!matches.isEmpty()) {
      selected.set(Math.floorMod(selected.get() + by, matches.size()));
    }
  }

  /** The command to run: the selected one, if it can be done now. It is remembered as used. */
  public Optional<Command> choose() {
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    Command command = matches.get(selected.get()).command();
    if (!command.enabled().get()) {
      return Optional.empty();
    }
    recent.remove(command.id());
    recent.addFirst(command.id());
    while (recent.size() > MOST_RECENT) {
      recent.removeLast();
    }
    return Optional.of(command);
  }

  private void search() {
    List<Scored> found = new ArrayList<>();
    List<String> used = new ArrayList<>(recent);
    String typed = query.get().trim();
    registry.forEach(
        (menu, command) -> {
          int order = found.size();
          Scored scored =
              typed.isEmpty()
                  ? new Scored(new PaletteMatch(menu, command, List.of()), 0, order)
                  : score(typed, menu, command, order);
          if (scored != null) {
            int at = used.indexOf(command.id());
            int bonus = at < 0 ? 0 : MOST_RECENT - at;
            found.add(new Scored(scored.match, scored.score + bonus, order));
          }
        });
    found.sort(
        Comparator.comparing((Scored s) -> !s.match.command().enabled().get())
            .thenComparing(s -> -s.score)
            .thenComparing(s -> s.order));
    selected.set(0);
    matches.setAll(found.stream().map(Scored::match).toList());
  }

  private static @Nullable Scored score(String typed, String menu, Command command, int order) {
    FuzzyMatch label = FuzzyMatch.of(typed, command.label());
    if (label != null) {
      return new Scored(
          new PaletteMatch(menu, command, label.hits()), IN_LABEL + label.score(), order);
    }
    FuzzyMatch path = FuzzyMatch.of(typed, menu + " " + command.label());
    if (path != null) {
      List<Integer> hits =
          path.hits().stream().map(h -> h - menu.length() - 1).filter(h -> h >= 0).toList();
      return new Scored(new PaletteMatch(menu, command, hits), IN_PATH + path.score(), order);
    }
    // Letters that lie scattered over a sentence mean nothing: there the words themselves count.
    String help = command.help().toLowerCase(Locale.ROOT);
    for (String word : typed.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      if (!help.contains(word)) {
        return null;
      }
    }
    return new Scored(new PaletteMatch(menu, command, List.of()), 0, order);
  }
}
