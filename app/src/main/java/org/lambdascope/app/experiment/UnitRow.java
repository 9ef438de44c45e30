package org.lambdascope.app.experiment;

import java.util.List;

/**
 * A unit of work in a list.
 *
 * @param id of the unit
 * @param experiment its name
 * @param names the ways to write what it does, the longest first: those of other units of its
 *     experiment differ from all of them
 * @param state how it stands
 */
public record UnitRow(String id, String experiment, List<String> names, State state) {

  public UnitRow {
    names = List.copyOf(names);
  }

  /** How a unit stands. */
  public enum State {
    WAITING,
    RUNNING,
    DONE
  }

  UnitRow in(State now) {
    return new UnitRow(id, experiment, names, now);
  }
}
