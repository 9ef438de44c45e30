package org.lambdascope.app.workbench;

import org.lambdascope.engine.experiment.ScoreResult;

/** Hears of a run as it goes, on the working thread. Arrays are shared: never modify them. */
public interface RunListener {

  /** Hears nothing. */
  RunListener NONE =
      new RunListener() {
        @Override
        public void scored(float[] nll, int scored) {}

        @Override
        public void scoreFinished(ScoreResult score) {}

        @Override
        public void generated(int[] ids, float[] nll, int count) {}
      };

  /**
   * More of the text is scored.
   *
   * @param nll {@code [N−1]}, in nats; only the first {@code scored} entries are there
   */
  void scored(float[] nll, int scored);

  /** The whole text is scored. */
  void scoreFinished(ScoreResult score);

  /**
   * More tokens are generated.
   *
   * @param ids only the first {@code count} entries are there
   * @param nll in nats, likewise
   */
  void generated(int[] ids, float[] nll, int count);
}
