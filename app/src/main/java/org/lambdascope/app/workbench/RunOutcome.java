package org.lambdascope.app.workbench;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.generation.GenerationResult;

/**
 * What a run gave.
 *
 * @param score the scored text; incomplete when the run was cancelled
 * @param generated the continuation; null when none was asked for or the run was cancelled before
 */
public record RunOutcome(ScoreResult score, @Nullable GenerationResult generated) {}
