package org.lambdascope.engine.experiment;

import org.lambdascope.engine.probe.CaptureOptions;

/**
 * How a text is scored.
 *
 * @param chunk tokens per forward pass; results do not depend on it beyond rounding
 * @param captures diagnostics to capture in the same pass
 * @param context for arms that reach text beside the decoder's window
 */
public record ScoreOptions(int chunk, CaptureOptions captures, ContextOptions context) {

  /** Chunks of 256 and no captures. */
  public static final ScoreOptions DEFAULT = new ScoreOptions(256, CaptureOptions.NONE);

  public ScoreOptions {
    if (chunk < 1) {
      throw new IllegalArgumentException("chunk: expected at least 1, found " + chunk);
    }
  }

  /** Options for arms that reach nothing beside the decoder's window, or all the text before it. */
  public ScoreOptions(int chunk, CaptureOptions captures) {
    this(chunk, captures, ContextOptions.DEFAULT);
  }
}
