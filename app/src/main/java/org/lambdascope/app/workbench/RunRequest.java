package org.lambdascope.app.workbench;

import java.util.Arrays;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ScoreMemory;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.CaptureOptions;

/**
 * One arm to be run on one text.
 *
 * @param model the model
 * @param arm the arm
 * @param tokens {@code [N]}: the text, at least 2 ids; shared, so never modified
 * @param newTokens how many tokens to generate after it, at least 0
 * @param captures the diagnostics to capture while the text is scored
 * @param cache how keys and values are stored
 * @param memory what earlier runs of the arm have left
 */
public record RunRequest(
    SharedModel model,
    Arm arm,
    int[] tokens,
    int newTokens,
    CaptureOptions captures,
    CacheType cache,
    ScoreMemory memory) {

  /** A run from the start, with keys and values as computed. */
  public RunRequest(
      SharedModel model, Arm arm, int[] tokens, int newTokens, CaptureOptions captures) {
    this(model, arm, tokens, newTokens, captures, CacheType.F32, new ScoreMemory(0));
  }

  /** This run on the first tokens alone. */
  RunRequest first(int count) {
    return new RunRequest(
        model, arm, Arrays.copyOf(tokens, count), newTokens, captures, cache, new ScoreMemory(0));
  }

  /** This run of another arm. */
  RunRequest of(Arm other) {
    return new RunRequest(model, other, tokens, newTokens, captures, cache, new ScoreMemory(0));
  }

  /** This run with keys and values stored in another type. */
  RunRequest storing(CacheType type) {
    return new RunRequest(model, arm, tokens, newTokens, captures, type, new ScoreMemory(0));
  }
}
