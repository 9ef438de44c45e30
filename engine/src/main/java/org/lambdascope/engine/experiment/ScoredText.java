package org.lambdascope.engine.experiment;

import org.lambdascope.engine.generation.ContextSession;

/**
 * A scored text and the session that has read it.
 *
 * @param result the scores
 * @param session has taken the whole text, unless the run was cancelled; diagnostics no longer
 *     listen to it
 * @param reused positions that were taken over from an earlier run instead of being read
 */
public record ScoredText(ScoreResult result, ContextSession session, int reused) {}
