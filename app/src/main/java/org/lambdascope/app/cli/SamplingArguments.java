package org.lambdascope.app.cli;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.generation.SamplingOptions;
import picocli.CommandLine.Option;

/** How the next token is chosen. */
final class SamplingArguments {

  private static final double DEFAULT_TEMPERATURE = 0.8;

  @Option(
      names = "--greedy",
      description = "Take the highest logit; excludes the sampling options below.")
  private boolean greedy;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Divide logits by T; 0 is greedy (default: " + DEFAULT_TEMPERATURE + ").")
  private @Nullable Double temperature;

  @Option(names = "--top-k", paramLabel = "K", description = "Keep the K highest; 0 keeps all.")
  private @Nullable Integer topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Keep the least set of highest probabilities that reaches P; 1 keeps all.")
  private @Nullable Double topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      description = "Keep probabilities of at least P times the highest; 0 keeps all.")
  private @Nullable Double minP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "R",
      description = "Make ids that are in the text already less likely; 1 leaves them alone.")
  private @Nullable Double repetitionPenalty;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the draws; the same seed gives the same text (default: 0).")
  private long seed;

  SamplingOptions options() {
    if (greedy && (temperature != null || topK != null || topP != null || minP != null)) {
      throw CliException.usage(
          "--greedy excludes --temperature, --top-k, --top-p and --min-p: it draws nothing");
    }
    double chosen = temperature == null ? DEFAULT_TEMPERATURE : temperature;
    try {
      return new SamplingOptions(
          greedy ? 0 : chosen,
          topK == null ? 0 : topK,
          topP == null ? 1 : topP,
          minP == null ? 0 : minP,
          repetitionPenalty == null ? 1 : repetitionPenalty,
          seed);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitStatus.USAGE, "--" + e.getMessage(), e);
    }
  }
}
