package org.lambdascope.app.cli;

import picocli.CommandLine.Option;

/** What a long run says meanwhile. */
final class ProgressArguments {

  @Option(
      names = "--progress",
      description = "Show progress although standard error is not a terminal.")
  private boolean forced;

  ProgressLine line(Terminal terminal) {
    return new ProgressLine(terminal, forced);
  }
}
