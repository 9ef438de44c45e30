package org.lambdascope.app.words;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.lambdascope.engine.experiment.ArmKind;

/** The words of the field. Tooltips, the glossary and the command palette take them from here. */
public final class Words {

  static final String LM_INFINITE = "Han et al. 2023, LM-Infinite, arXiv 2308.16137";
  private static final String FACTOR = LM_INFINITE + ", OOD factor ";
  static final String STREAMING = "Xiao et al. 2023, StreamingLLM, arXiv 2309.17453";
  static final String CEPE = "Yen et al. 2024, CEPE, arXiv 2402.16617";
  private static final String ROPE = "Su et al. 2021, RoFormer, arXiv 2104.09864";
  static final String YARN = "Peng et al. 2023, YaRN, arXiv 2309.00071";
  static final String SHORTFORMER =
      "Sliding-window evaluation: Press et al. 2021, Shortformer, arXiv 2012.15832";
  static final String INFLLM = "Xiao et al. 2024, InfLLM, arXiv 2402.04617";
  static final String PI = "Chen et al. 2023, Position Interpolation, arXiv 2306.15595";
  static final String SELF_EXTEND = "Jin et al. 2024, Self-Extend, arXiv 2401.01325";
  static final String DCA = "An et al. 2024, Dual Chunk Attention, arXiv 2402.17463";
  static final String REPLUG = "Shi et al. 2023, REPLUG, arXiv 2301.12652";
  static final String SU = "Su 2023, Rectified Rotary Position Embeddings";

  public static final Word ARM =
      new Word(
          "arm",
          "One named configuration that is compared with others: a model, a context policy and its parameters. Each column of the window is one.",
          "");
  public static final Word CONTEXT_POLICY =
      new Word(
          "context policy",
          "Which keys a query may see, and at what distance each of them appears.",
          "");
  public static final Word LAMBDA_MASK =
      new Word(
          "Λ-mask",
          "An attention mask with two branches: the first n_global tokens, and the last n_local up to the query itself. Drawn over queries and keys it has the shape of a Λ.",
          LM_INFINITE);
  public static final Word N_GLOBAL =
      new Word(
          "n_global",
          "Size of the Λ-mask’s global branch: how many initial tokens every query goes on seeing.",
          LM_INFINITE);
  public static final Word N_LOCAL =
      new Word(
          "n_local",
          "Size of the Λ-mask’s local branch: how many recent tokens a query sees, itself counted.",
          LM_INFINITE);
  public static final Word L_PRETRAIN =
      new Word(
          "L_pretrain",
          "The longest distance that the model saw in training. Distances beyond it are out of distribution.",
          LM_INFINITE);
  public static final Word CEILING =
      new Word(
          "distance ceiling",
          "The largest distance that the positional encoding is ever given, L_pretrain by default: whatever is farther away appears at this distance.",
          LM_INFINITE);
  public static final Word SINK =
      new Word(
          "attention sink",
          "An initial token that takes the attention a head has no other use for: probabilities sum to 1, so without it they go to keys that should have none.",
          STREAMING);
  public static final Word RAW_DISTANCE =
      new Word(
          "raw distance d", "Position of the query minus position of the key, at least 0.", "");
  public static final Word EFFECTIVE_DISTANCE =
      new Word(
          "effective distance",
          "The distance that the positional encoding is given for a pair of query and key.",
          LM_INFINITE);
  public static final Word ROTARY =
      new Word(
          "RoPE",
          "Rotary position embedding: queries and keys are rotated by their positions, so that a logit depends on their distance.",
          ROPE);
  public static final Word ALIBI =
      new Word(
          "ALiBi",
          "Attention with linear biases: each logit loses slope · distance, so that far keys fade; no other positions are used.",
          "Press et al. 2022, arXiv 2108.12409");
  public static final Word LOGIT =
      new Word(
          "attention logit",
          "The scaled product of query and key before the softmax. Out of the range known from training it is the first factor of failure.",
          FACTOR + "1, fig. 1(a)");
  public static final Word ENTROPY =
      new Word(
          "attention entropy",
          "−Σ p ln p over the visible keys, after the softmax, in nats. It grows with the number of keys: the second factor of failure.",
          FACTOR + "2");
  public static final Word HIDDEN_STATES =
      new Word(
          "PCA of hidden states",
          "Outputs of an early layer, projected onto their first two principal components. Initial tokens stand apart, so they cannot be dropped: the third factor of failure.",
          FACTOR + "3");
  public static final Word NLL =
      new Word(
          "NLL",
          "Negative log-likelihood of a token given those before it, in nats: 0 is certain, ln V is a guess among V tokens.",
          "");
  public static final Word PERPLEXITY =
      new Word("perplexity", "exp of the mean NLL: the number of equally likely tokens.", "");
  public static final Word DIVERGENCE =
      new Word(
          "first divergence",
          "The first generated token at which an arm departs from the reference arm; marked with a flag.",
          "");
  public static final Word EQUIVALENCE =
      new Word(
          "identical to vanilla",
          "Up to the named position the arm sees the same keys at the same distances as vanilla, so its logits are the same but for rounding; max |Δlogit| says how much that is.",
          "");
  public static final Word LOGIT_LENS =
      new Word(
          "logit lens",
          "What each layer would predict if it were the last: its output through the final norm and the output head.",
          "nostalgebraist 2020, interpreting GPT: the logit lens");
  public static final Word CROSS_ATTENTION =
      new Word(
          "cross-attention",
          "How the decoder reads the encoder’s states: queries of the decoder, keys and values of the encoded chunks, no positions.",
          CEPE);
  public static final Word CHUNK =
      new Word(
          "chunk",
          "A piece of the earlier text that the encoder reads by itself, with positions from 0.",
          CEPE);
  public static final Word CACHE =
      new Word(
          "cache",
          "Keys and values (with an encoder also its states) that are kept for later queries; the most bytes that it held.",
          "");
  public static final Word PROBE =
      new Word("probe", "A tap that summarises an intermediate while the model runs.", "");
  public static final Word RUN =
      new Word(
          "run",
          "The stored result of an experiment: configuration, environment, metrics, figures.",
          "");

  private static final List<Word> TERMS =
      List.of(
          ARM,
          CONTEXT_POLICY,
          LAMBDA_MASK,
          N_GLOBAL,
          N_LOCAL,
          L_PRETRAIN,
          CEILING,
          SINK,
          RAW_DISTANCE,
          EFFECTIVE_DISTANCE,
          ROTARY,
          ALIBI,
          LOGIT,
          ENTROPY,
          HIDDEN_STATES,
          NLL,
          PERPLEXITY,
          DIVERGENCE,
          EQUIVALENCE,
          LOGIT_LENS,
          CROSS_ATTENTION,
          CHUNK,
          CACHE,
          PROBE,
          RUN);

  private Words() {}

  /** All words: the terms, what experiments measure, the arms, and their parameters. */
  public static List<Word> all() {
    return Stream.of(
            TERMS.stream(),
            ExperimentWords.terms(),
            Arrays.stream(ArmKind.values()).map(Words::of),
            ArmWords.all().stream())
        .flatMap(words -> words)
        .distinct()
        .toList();
  }

  /** An arm: visible keys and effective distance, and who proposed it. */
  public static Word of(ArmKind kind) {
    return new Word(kind.id(), sentence(kind.summary()), source(kind));
  }

  /**
   * The word behind a parameter of an arm.
   *
   * @throws IllegalArgumentException if the arm has no such parameter
   */
  public static Word parameter(ArmKind kind, String key) {
    return ArmWords.of(kind, key);
  }

  private static String sentence(String summary) {
    return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
  }

  private static String source(ArmKind kind) {
    return switch (kind) {
      case VANILLA -> "Vaswani et al. 2017, arXiv 1706.03762";
      case TRUNCATE -> SHORTFORMER;
      case WINDOW -> "Beltagy et al. 2020, Longformer, arXiv 2004.05150";
      case LAMBDA_MASK, CEILING, LM_INFINITE -> LM_INFINITE;
      case INFLLM -> INFLLM;
      case STREAMING_LLM -> STREAMING;
      case LINEAR_PI -> PI;
      case NTK -> "bloc97 2023, NTK-aware scaled RoPE; defined in arXiv 2309.00071, §3.1";
      case DYNAMIC_NTK -> "emozilla 2023, dynamic NTK; defined in arXiv 2309.00071, §3.3";
      case YARN -> YARN;
      case SELF_EXTEND -> SELF_EXTEND;
      case REROPE, LEAKY_REROPE -> SU;
      case DCA -> DCA;
      case CEPE, CEPE_DISTILLED -> CEPE;
      case REPLUG -> REPLUG;
    };
  }
}
