package org.lambdascope.engine.study;

/** Told of units as a run comes to them. Called on the working thread. */
public interface UnitListener {

  /** Ignores everything. */
  UnitListener NONE =
      new UnitListener() {
        @Override
        public void started(Unit unit) {}

        @Override
        public void done(Unit unit) {}
      };

  /** Work on a unit begins. */
  void started(Unit unit);

  /** A unit is done and its result is stored. */
  void done(Unit unit);
}
