package org.lambdascope.app.jobs;

import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What was opened, run and written, and what went wrong. Lives on the user-interface thread. */
public final class EventLog {

  private static final int MOST = 2000;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** How much an entry matters. */
  public enum Level {
    INFO,
    WARNING
  }

  /**
   * One thing that happened.
   *
   * @param time of the day
   * @param text what, in one line or more
   */
  public record Entry(LocalTime time, Level level, String text) {

    /** As a line of text. */
    @Override
    public String toString() {
      return TIME.format(time) + (level == Level.WARNING ? "  warning  " : "  ") + text;
    }

    /** Hours, minutes and seconds. */
    public String clock() {
      return TIME.format(time);
    }
  }

  private final Clock clock;
  private final ObservableList<Entry> entries = FXCollections.observableArrayList();

  /** An empty log. */
  public EventLog(Clock clock) {
    this.clock = clock;
  }

  /** What happened, the latest last; the oldest of very many are dropped. */
  public ObservableList<Entry> entries() {
    return entries;
  }

  /** Adds an entry of this moment. */
  public void add(Level level, String text) {
    if (entries.size() == MOST) {
      entries.removeFirst();
    }
    entries.add(new Entry(LocalTime.now(clock), level, text));
  }

  /** All of it as text, a line per entry. */
  public String text() {
    return entries.stream().map(Entry::toString).collect(Collectors.joining("\n", "", "\n"));
  }

  /** Forgets everything. */
  public void clear() {
    entries.clear();
  }
}
