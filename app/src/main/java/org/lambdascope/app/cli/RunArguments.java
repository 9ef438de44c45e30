package org.lambdascope.app.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a long run goes and what it says meanwhile. */
final class RunArguments {

  /** Scratch space of one pass stays within what an array can hold, for hidden sizes up to 2^15. */
  private static final int MOST_CHUNK = 1 << 16;

  @Option(
      names = "--chunk",
      paramLabel = "N",
      description = "Tokens per forward pass (default: ${DEFAULT-VALUE}).")
  private int chunk = 256;

  @Mixin private ProgressArguments progress = new ProgressArguments();

  void check() {
    check(chunk);
  }

  static void check(int chunk) {
    ModelArguments.between("--chunk", chunk, 1, MOST_CHUNK);
  }

  /** Tokens per forward pass, for a text of that many: scratch space is made for a whole pass. */
  int chunk(int tokens) {
    return Math.min(chunk, Math.max(1, tokens));
  }

  ProgressLine progress(Terminal terminal) {
    return progress.line(terminal);
  }
}
