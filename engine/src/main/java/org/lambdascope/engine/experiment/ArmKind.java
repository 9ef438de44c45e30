package org.lambdascope.engine.experiment;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.lambdascope.engine.position.DynamicNtkScaling;

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
  CEILING("all keys, at distance min(d, ceiling)", List.of(ArmParameter.CEILING)),
  LM_INFINITE(
      "keys with d < n_local or j < n_global, at distance min(d, ceiling); with k, top-k of the"
          + " others",
      List.of(ArmParameter.GLOBAL, ArmParameter.LOCAL, ArmParameter.CEILING),
      List.of(
          new ArmParameter(
              "k",
              "keys between the branches that every query head retrieves by their logits",
              0,
              ArmParameter.Default.FIXED,
              0),
          new ArmParameter(
              "from", "the first layer that retrieves", 0, ArmParameter.Default.FIXED, 0),
          new ArmParameter(
              "to",
              "one past the last layer that retrieves",
              0,
              ArmParameter.Default.FIXED,
              ArmParameter.MORE_LAYERS_THAN_ANY),
          new ArmParameter(
              "middle",
              "the distance at which retrieved keys appear",
              0,
              ArmParameter.Default.HALF_CEILING,
              0))),
  INFLLM(
      "keys with d < n_local; initial keys and retrieved blocks of the others at distance n_local",
      List.of(
          ArmParameter.GLOBAL,
          new ArmParameter(
              "local",
              "n_local: recent tokens in the local branch, the query counted",
              1,
              ArmParameter.Default.HALF_PRETRAIN,
              0),
          new ArmParameter(
              "block", "tokens per block", 1, ArmParameter.Default.SIXTY_FOURTH_OF_PRETRAIN, 0),
          new ArmParameter(
              "representatives",
              "tokens that stand for a block when it is looked for",
              1,
              ArmParameter.Default.FIXED,
              4),
          new ArmParameter(
              "blocks", "blocks that a query retrieves", 0, ArmParameter.Default.FIXED, 16))),
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
  LINEAR_PI(
      "all keys at d; RoPE's frequencies divided by a factor", List.of(ArmParameter.factor(8))),
  NTK("all keys at d; RoPE's base grown by a factor", List.of(ArmParameter.factor(8))),
  DYNAMIC_NTK(
      "all keys at d; RoPE's base grows with the text past L_pretrain",
      List.of(
          ArmParameter.thousandths(
              "factor", "1: in proportion to the text; more: faster", 1000, 2000),
          ArmParameter.ORIGINAL,
          new ArmParameter(
              "step",
              "tokens by which the length that the base follows grows; 1 is the definition",
              1,
              ArmParameter.Default.FIXED,
              DynamicNtkScaling.STEP))),
  YARN(
      "all keys at d; RoPE's slow frequencies divided by a factor, logits sharpened",
      List.of(
          ArmParameter.factor(8),
          ArmParameter.ORIGINAL,
          ArmParameter.thousandths(
              "beta-fast", "turns in L_pretrain from which a pair keeps its frequency", 1, 32_000),
          ArmParameter.thousandths(
              "beta-slow", "turns in L_pretrain below which it is divided in full", 1, 1000),
          ArmParameter.thousandths(
              "mscale", "share of the paper’s logarithm in the temperature; 0: none", 0, 1000))),
  SELF_EXTEND(
      "all keys, at d below w, else at the distance of their groups, moved to begin at w",
      List.of(
          new ArmParameter(
              "group", "g: positions that count as one", 1, ArmParameter.Default.FIXED, 8),
          ArmParameter.NEIGHBOURS)),
  REROPE("all keys, at distance min(d, w)", List.of(ArmParameter.NEIGHBOURS)),
  LEAKY_REROPE(
      "all keys, at d up to w, then at w + (d − w) / factor",
      List.of(
          ArmParameter.NEIGHBOURS,
          new ArmParameter(
              "factor",
              "what distances past w are divided by",
              1,
              ArmParameter.Default.FIXED,
              16))),
  DCA(
      "all keys, positions restart in chunks: at d in the query’s chunk, below L_pretrain elsewhere",
      List.of(
          ArmParameter.ORIGINAL,
          new ArmParameter(
              "chunk",
              "s: tokens per chunk, at most L_pretrain",
              1,
              ArmParameter.Default.THREE_QUARTERS_ORIGINAL,
              0))),
  CEPE(
      "the decoder’s window; earlier text through the encoder, by cross-attention",
      List.of(ArmParameter.CHUNK, ArmParameter.CONTEXT, ArmParameter.WINDOW)),
  CEPE_DISTILLED(
      "as cepe, with weights distilled from a model that reads the whole text",
      List.of(ArmParameter.CHUNK, ArmParameter.CONTEXT, ArmParameter.WINDOW)),
  REPLUG(
      "one passage at a time before the window; the predictions are averaged",
      List.of(
          new ArmParameter("passages", "the most passages", 1, ArmParameter.Default.FIXED, 10),
          new ArmParameter(
              "temperature",
              "temperature of the softmax over the passages’ scores",
              1,
              ArmParameter.Default.FIXED,
              1000,
              1000),
          new ArmParameter("chunk", "tokens per passage", 1, ArmParameter.Default.FIXED, 256),
          new ArmParameter(
              "window",
              "tokens of the text in the window, BOS counted",
              2,
              ArmParameter.Default.PRETRAIN_LESS_CHUNK,
              0)));

  private final String summary;
  private final List<ArmParameter> parameters;
  private final List<ArmParameter> options;

  ArmKind(String summary, List<ArmParameter> parameters) {
    this(summary, parameters, List.of());
  }

  ArmKind(String summary, List<ArmParameter> required, List<ArmParameter> options) {
    this.summary = summary;
    this.parameters = Stream.concat(required.stream(), options.stream()).toList();
    this.options = options;
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

  /** Whether it reads windows of a text, other ones when it generates than when it scores. */
  public boolean readsWindows() {
    return this == TRUNCATE || this == REPLUG || needsEncoder();
  }

  /** Whether its rows are {@code ln p}, where those of the others are logits. */
  public boolean givesLogProbabilities() {
    return this == REPLUG;
  }

  /** Whether it rescales RoPE, so that it needs a model with RoPE. */
  public boolean rescalesRope() {
    return this == LINEAR_PI || this == NTK || this == DYNAMIC_NTK || this == YARN;
  }

  /** Whether it grows RoPE's base, which takes more than one pair of features. */
  public boolean growsBase() {
    return this == NTK || this == DYNAMIC_NTK;
  }

  /** The parameters that it takes, in order. */
  public List<ArmParameter> parameters() {
    return parameters;
  }

  /** Those of the parameters that go without saying at their defaults. */
  public List<ArmParameter> options() {
    return options;
  }
}
