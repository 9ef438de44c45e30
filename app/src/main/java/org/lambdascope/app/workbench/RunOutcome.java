package org.lambdascope.app.workbench;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.generation.GenerationResult;

/**
 * What a run gave.
 *
 * @param score the scored text; incomplete when the run was cancelled
 * @param generated the continuation; null when none was asked for or the run was cancelled before
 * @param reused positions that were taken over from an earlier run instead of being read
 */
public record RunOutcome(ScoreResult score, @Nullable GenerationResult generated, int reused) {

  /** What a run from the start gave. */
  public RunOutcome(ScoreResult score, @Nullable GenerationResult generated) {
    this(score, generated, 0);
  }
}
