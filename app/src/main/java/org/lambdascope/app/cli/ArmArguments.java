package org.lambdascope.app.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmParameter;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.model.ModelConfig;
import picocli.CommandLine.Option;

/** The arms that a command runs. */
final class ArmArguments {

  /** Larger than any text; sums of two settings stay within an {@code int}. */
  private static final int MOST = 1 << 29;

  /** Stands for the model's length until the model is open: larger than any setting. */
  private static final int LENGTH_NOT_KNOWN_YET = MOST;

  @Option(
      names = "--arm",
      paramLabel = "ARM",
      description = {
        "An arm as name[:key=value,...]; may be given several times (logits: once). Default:"
            + " vanilla (info: every arm). Names and keys:",
        "  vanilla",
        "  truncate:local=,stride=",
        "  window:local=",
        "  lambda-mask:global=,local=",
        "  ceiling:ceiling=",
        "  lm-infinite:global=,local=,ceiling=[,k=,from=,to=,middle=]",
        "  infllm:global=,local=,block=,representatives=,blocks=",
        "  streaming-llm:sink=,recent=",
        "  linear-pi:factor=, ntk:factor= and yarn:factor=,original=,beta-fast=,beta-slow=,mscale=",
        "  dynamic-ntk:factor=,original=,step=",
        "  self-extend:group=,window=",
        "  rerope:window= and leaky-rerope:window=,factor=",
        "  dca:original=,chunk=",
        "  replug:passages=,temperature=,chunk=,window=",
        "  cepe:chunk=,context=,window= and cepe-distilled (models with an encoder)",
        "local, ceiling and window are L_pretrain by default, global 10, sink 4, recent L_pretrain"
            + " - sink,",
        "k 0 (top-k retrieval in layers from..to, at distance middle: ceiling/2), infllm: local"
            + " L_pretrain/2,",
        "block L_pretrain/64, representatives 4, blocks 16;",
        "stride local/2, chunk 256, context 131072; replug: passages 10, temperature 1, window"
            + " L_pretrain - chunk;",
        "original L_pretrain, factor 8 (dynamic-ntk 2, leaky-rerope 16), step 64, group 8, window of"
            + " self-extend",
        "and rerope L_pretrain/4, chunk of dca 3/4 of original, beta-fast 32, beta-slow 1, mscale 1."
      })
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--pretrain-length",
      paramLabel = "N",
      description = "L_pretrain, the training length; by default what the model's files say.")
  private @Nullable Integer pretrainLength;

  /** Whether any arm was asked for. */
  boolean given() {
    return !texts.isEmpty();
  }

  /** The arms that were asked for, or vanilla. */
  List<Arm> resolve(ModelConfig config) {
    return parse(pretrainLength(config));
  }

  /** {@code L_pretrain}: the user's, else the model's. */
  int pretrainLength(ModelConfig config) {
    return pretrainLength == null ? config.pretrainLength() : pretrainLength;
  }

  /** Finds mistakes before a model is opened. */
  void check() {
    if (pretrainLength != null) {
      ModelArguments.between("--pretrain-length", pretrainLength, 1, MOST);
    }
    parse(pretrainLength == null ? LENGTH_NOT_KNOWN_YET : pretrainLength);
  }

  private List<Arm> parse(int length) {
    List<Arm> arms = new ArrayList<>();
    for (String text : texts.isEmpty() ? List.of(ArmKind.VANILLA.id()) : texts) {
      Arm arm;
      try {
        arm = ArmParser.parse(text, length);
      } catch (IllegalArgumentException e) {
        throw new CliException(
            ExitStatus.USAGE, "--arm '%s': %s%s".formatted(text, e.getMessage(), valid(text)), e);
      }
      arm.parameters()
          .forEach(
              (key, value) -> {
                if (value > MOST) {
                  throw CliException.usage(
                      "--arm '%s': %s: expected at most %d, found %d"
                          .formatted(text, key, MOST, value));
                }
              });
      if (arms.contains(arm)) {
        throw CliException.usage("--arm '%s': this arm is given twice".formatted(text));
      }
      arms.add(arm);
    }
    return arms;
  }

  /** What may be written, where the arm is known; the parser itself lists the arms. */
  private static String valid(String text) {
    String name = text.split(":", 2)[0].strip();
    return Arrays.stream(ArmKind.values())
        .filter(k -> k.id().equals(name))
        .map(kind -> "; valid: " + syntax(kind))
        .collect(Collectors.joining());
  }

  private static String syntax(ArmKind kind) {
    if (kind.parameters().isEmpty()) {
      return kind.id();
    }
    return kind.id()
        + kind.parameters().stream()
            .map(ArmArguments::syntax)
            .collect(Collectors.joining(",", "[:", "]"));
  }

  private static String syntax(ArmParameter parameter) {
    return "%s=N≥%s".formatted(parameter.key(), parameter.text(parameter.min()));
  }
}
