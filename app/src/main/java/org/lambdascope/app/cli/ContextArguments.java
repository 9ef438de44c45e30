package org.lambdascope.app.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.ContextOptions;
import org.lambdascope.engine.model.CrossAttentionForecast;
import org.lambdascope.engine.model.CrossAttentionForm;
import org.lambdascope.engine.model.Decoder;
import picocli.CommandLine.Option;

/** How arms reach text beside the decoder's window. */
final class ContextArguments {

  private static final double MIB = 1 << 20;

  /** What may be asked for. */
  enum Cross {
    ABSORBED(CrossAttentionForm.ABSORBED),
    MATERIALISED(CrossAttentionForm.MATERIALISED),
    AUTO(null);

    private final @Nullable CrossAttentionForm form;

    Cross(@Nullable CrossAttentionForm form) {
      this.form = form;
    }
  }

  @Option(
      names = "--cross",
      paramLabel = "FORM",
      description = {
        "How cepe attends to its context: absorbed (keeps the encoder's states only), materialised",
        "(keeps keys and values of every layer) or auto (the faster one that fits; default)."
      })
  private Cross cross = Cross.AUTO;

  /** The options, with passages in place of the text before the window; empty for none. */
  ContextOptions options(List<int[]> passages) {
    return new ContextOptions(cross.form, passages);
  }

  /** Says before a run what both ways to attend will take. */
  static void announce(Terminal terminal, Decoder decoder, Arm arm, int chunk, long tokens) {
    if (!arm.kind().needsEncoder() || !ArmSessions.canRun(decoder, arm.kind())) {
      return;
    }
    for (CrossAttentionForecast f : ArmSessions.forecast(decoder, arm, chunk, tokens)) {
      terminal.note(
          String.format(
              Locale.ROOT,
              "%s: cross-attention %s: %.1f MiB, about %.2f s per window of the decoder",
              arm,
              f.form().name().toLowerCase(Locale.ROOT),
              f.bytes() / MIB,
              f.seconds()));
    }
  }

  /** Finds arms that the model cannot run, before a long run begins. */
  static void check(Decoder decoder, List<Arm> arms) {
    for (Arm arm : arms) {
      ArmSessions.refusal(decoder, arm.kind())
          .ifPresent(
              why -> {
                throw CliException.failure("--arm %s: %s".formatted(arm, why));
              });
    }
  }
}
