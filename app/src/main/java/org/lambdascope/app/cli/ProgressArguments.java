package org.lambdascope.app.cli;

import picocli.CommandLine.Option;

/** What a long run says meanwhile. */
final class ProgressArguments {

  @Option(
      names = "--progress",
      description = "Show progress although standard error is not a terminal.")
  private boolean forced;

  ProgressLine line(Terminal terminal) {
    return line(terminal, "tokens");
  }

  /** A line that counts in another unit, such as MiB. */
  ProgressLine line(Terminal terminal, String unit) {
    return new ProgressLine(terminal, forced, unit);
  }
}
