package org.lambdascope.engine.experiment;

import org.lambdascope.engine.probe.CaptureOptions;

/**
 * How a text is scored.
 *
 * @param chunk tokens per forward pass; results do not depend on it beyond rounding
 * @param captures diagnostics to capture in the same pass
 */
public record ScoreOptions(int chunk, CaptureOptions captures) {

  /** Chunks of 256 and no captures. */
  public static final ScoreOptions DEFAULT = new ScoreOptions(256, CaptureOptions.NONE);

  public ScoreOptions {
    if (chunk < 1) {
      throw new IllegalArgumentException("chunk: expected at least 1, found " + chunk);
    }
  }
}
