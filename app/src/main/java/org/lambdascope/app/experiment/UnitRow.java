package org.lambdascope.app.experiment;

/**
 * A unit of work in a list.
 *
 * @param id of the unit
 * @param experiment its name
 * @param title for people
 * @param state how it stands
 */
public record UnitRow(String id, String experiment, String title, State state) {

  /** How a unit stands. */
  public enum State {
    WAITING,
    RUNNING,
    DONE
  }

  UnitRow in(State now) {
    return new UnitRow(id, experiment, title, now);
  }
}
