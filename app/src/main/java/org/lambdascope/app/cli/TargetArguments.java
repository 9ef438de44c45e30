package org.lambdascope.app.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.context.Targets;
import picocli.CommandLine.Option;

/** Which tokens of a document are scored, whatever stands before them. */
final class TargetArguments {

  @Option(
      names = "--targets",
      paramLabel = "N",
      description = {
        "Tokens that are scored in one stretch; they stay the same whatever the context. By"
            + " default 256, or as many as fit the least window of the arms."
      })
  private @Nullable Integer targets;

  @Option(
      names = "--local",
      paramLabel = "N",
      description = {
        "Tokens right before them that every arm reads directly (default: ${DEFAULT-VALUE})."
      })
  private int local;

  @Option(
      names = "--stretches",
      paramLabel = "N",
      description = {
        "Stretches per document (default: ${DEFAULT-VALUE}): one lies at its end, more are spread"
            + " evenly over the part that has the longest context."
      })
  private int stretches = 1;

  void check() {
    ModelArguments.atLeast("--local", local, 0);
    ModelArguments.atLeast("--stretches", stretches, 1);
    if (targets != null) {
      ModelArguments.atLeast("--targets", targets, 1);
    }
  }

  int local() {
    return local;
  }

  /** Tokens per stretch. */
  int length(List<Arm> arms) {
    if (targets != null) {
      return targets;
    }
    int fitting = Targets.fitting(arms, local);
    if (fitting < 1) {
      throw CliException.usage(
          "--local: expected at most %d, for one target to fit the arms' window, found %d"
              .formatted(local + fitting - 1, local));
    }
    return fitting;
  }

  /**
   * The targets.
   *
   * @param longest the longest context, in tokens
   */
  Targets in(List<int[]> documents, List<Arm> arms, int longest) {
    try {
      return Targets.spread(documents, length(arms), local, longest, stretches);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitStatus.FAILURE, "--documents: " + e.getMessage(), e);
    }
  }

  /** The longest context that some document has before its targets. */
  int longestContext(List<int[]> documents, List<Arm> arms) {
    int longest = documents.stream().mapToInt(d -> d.length).max().orElse(0);
    return longest - length(arms) - local - 1;
  }
}
