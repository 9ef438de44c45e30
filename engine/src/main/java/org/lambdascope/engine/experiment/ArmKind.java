package org.lambdascope.engine.experiment;

import java.util.List;
import java.util.Locale;

/** The arms that exist, with the parameters that each takes. */
public enum ArmKind {
  VANILLA("all keys at their raw distance", List.of()),
  TRUNCATE(
      "the last n_local tokens, re-encoded from position 0",
      List.of(
          ArmParameter.localAtLeast(2),
          new ArmParameter(
              "stride",
              "tokens scored per re-encoding (generation re-encodes at each step)",
              1,
              ArmParameter.Default.HALF_LOCAL,
              0))),
  WINDOW("keys with d < n_local", List.of(ArmParameter.LOCAL)),
  LAMBDA_MASK(
      "keys with d < n_local or j < n_global", List.of(ArmParameter.GLOBAL, ArmParameter.LOCAL)),
  CEILING("all keys, at distance min(d, L_pretrain)", List.of(ArmParameter.CEILING)),
  LM_INFINITE(
      "keys with d < n_local or j < n_global, at distance min(d, L_pretrain)",
      List.of(ArmParameter.GLOBAL, ArmParameter.LOCAL, ArmParameter.CEILING)),
  STREAMING_LLM(
      "keys with j < n_sink or d < n_recent, at distances between cache slots",
      List.of(
          new ArmParameter(
              "sink", "initial tokens that stay visible", 0, ArmParameter.Default.FIXED, 4),
          new ArmParameter(
              "recent",
              "recent tokens that stay visible, the query counted",
              1,
              ArmParameter.Default.PRETRAIN_LESS_SINK,
              0))),
  CEPE(
      "the decoder's window; earlier text through the encoder, by cross-attention",
      List.of(ArmParameter.CHUNK, ArmParameter.CONTEXT, ArmParameter.WINDOW)),
  CEPE_DISTILLED(
      "as cepe, with weights distilled from a model that reads the whole text",
      List.of(ArmParameter.CHUNK, ArmParameter.CONTEXT, ArmParameter.WINDOW));

  private final String summary;
  private final List<ArmParameter> parameters;

  ArmKind(String summary, List<ArmParameter> parameters) {
    this.summary = summary;
    this.parameters = parameters;
  }

  /** The name on the command line, such as {@code lm-infinite}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Visible keys and effective distance in a few words; {@code d = i − j}. */
  public String summary() {
    return summary;
  }

  /** Whether it needs a model with an encoder. */
  public boolean needsEncoder() {
    return this == CEPE || this == CEPE_DISTILLED;
  }

  /** The parameters that it takes, in order. */
  public List<ArmParameter> parameters() {
    return parameters;
  }
}
