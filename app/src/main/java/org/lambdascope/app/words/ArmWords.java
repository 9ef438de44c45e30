package org.lambdascope.app.words;

import java.util.Arrays;
import java.util.List;
import org.lambdascope.engine.experiment.ArmKind;

/** What the parameters of arms are, with the places in the papers that define them. */
final class ArmWords {

  private static final Word WINDOW_LENGTH =
      new Word(
          "n_local (truncate)",
          "The last tokens of the text that are read, as if nothing stood before them.",
          Words.SHORTFORMER);
  private static final Word WINDOW_STRIDE =
      new Word(
          "stride (truncate)",
          "How far the window moves before it is read anew: a scored token has at least n_local − stride tokens before it.",
          Words.SHORTFORMER);
  private static final Word TOP_K =
      new Word(
          "k (lm-infinite)",
          "How many keys between the two branches each query head sees besides: those with the largest logits.",
          Words.LM_INFINITE + ", §4");
  private static final Word FIRST_LAYER =
      new Word(
          "from (lm-infinite)",
          "The first layer that retrieves keys from between the branches; the layers below see the Λ-mask alone.",
          Words.LM_INFINITE + ", §4");
  private static final Word LAST_LAYER =
      new Word(
          "to (lm-infinite)",
          "One past the last layer that retrieves keys from between the branches.",
          Words.LM_INFINITE + ", §4");
  private static final Word MIDDLE =
      new Word(
          "middle (lm-infinite)",
          "The distance at which retrieved keys appear, wherever they stand.",
          Words.LM_INFINITE + ", §4");
  private static final Word BLOCK =
      new Word(
          "block (infllm)",
          "Tokens per block: earlier text is cut into blocks that are retrieved as a whole.",
          Words.INFLLM + ", §2");
  private static final Word REPRESENTATIVES =
      new Word(
          "representatives (infllm)",
          "Tokens of a block whose keys are compared with a query to judge whether the block is worth retrieving.",
          Words.INFLLM + ", §2");
  private static final Word BLOCKS =
      new Word("blocks (infllm)", "How many blocks a query retrieves.", Words.INFLLM + ", §2");
  private static final Word SINKS =
      new Word(
          "n_sink",
          "How many initial tokens stay in the cache as attention sinks.",
          Words.STREAMING + ", §3.2");
  private static final Word RECENT =
      new Word(
          "n_recent",
          "How many of the latest tokens stay in the cache, the query counted. Distances are between places in the cache.",
          Words.STREAMING + ", §3.2");
  private static final Word PI_FACTOR =
      new Word(
          "factor (linear-pi)",
          "What all frequencies of RoPE are divided by: about the longest text over L_pretrain.",
          Words.PI + ", eq. 4");
  private static final Word NTK_FACTOR =
      new Word(
          "factor (ntk)",
          "By how much the slowest frequency of RoPE falls as its base grows; fast ones hardly change.",
          Words.YARN + ", §3.1");
  private static final Word DYNAMIC_FACTOR =
      new Word(
          "factor (dynamic-ntk)",
          "How fast RoPE’s base grows with a text that is longer than L_pretrain: 1 is in proportion to it.",
          Words.YARN + ", §3.3");
  private static final Word DYNAMIC_STEP =
      new Word(
          "step (dynamic-ntk)",
          "In steps of so many tokens the base follows the length of the text; at 1 it follows every token, as in the definition.",
          Words.YARN + ", §3.3");
  private static final Word YARN_FACTOR =
      new Word(
          "factor (yarn)",
          "What slow frequencies of RoPE are divided by: about the longest text over L_pretrain.",
          Words.YARN + ", §3.2");
  private static final Word BETA_FAST =
      new Word(
          "beta-fast (yarn)",
          "A pair of features that turns at least so often in L_pretrain keeps its frequency.",
          Words.YARN + ", §3.2");
  private static final Word BETA_SLOW =
      new Word(
          "beta-slow (yarn)",
          "A pair of features that turns less often in L_pretrain is slowed by the whole factor; between beta-slow and beta-fast by a part of it.",
          Words.YARN + ", §3.2");
  private static final Word MSCALE =
      new Word(
          "mscale (yarn)",
          "How much logits are sharpened with the factor: they are multiplied by (0.1 · mscale · ln factor + 1)².",
          Words.YARN + ", eq. 22");
  private static final Word GROUP =
      new Word(
          "group (self-extend)",
          "How many positions count as one for keys that are not neighbours.",
          Words.SELF_EXTEND + ", §3.2");
  private static final Word NEIGHBOURS =
      new Word(
          "window (self-extend)",
          "Keys at a smaller distance are neighbours and keep it; those beyond have the distance of their groups.",
          Words.SELF_EXTEND + ", §3.2");
  private static final Word REROPE_WINDOW =
      new Word(
          "window (rerope)",
          "Keys at a smaller distance keep it; those beyond appear at the window’s edge, with leaky-rerope slowly farther.",
          Words.SU);
  private static final Word LEAK =
      new Word(
          "factor (leaky-rerope)", "What distances beyond the window are divided by.", Words.SU);
  private static final Word RESTART =
      new Word(
          "chunk (dca)",
          "Tokens after which positions begin anew, at most L_pretrain.",
          Words.DCA + ", §3.1");
  private static final Word ENCODER_CONTEXT =
      new Word(
          "context (cepe)",
          "The most tokens before the window that the encoder reads.",
          Words.CEPE + ", §3");
  private static final Word DECODER_WINDOW =
      new Word(
          "window (cepe)",
          "Tokens that the decoder reads itself; the encoder reads what lies before them.",
          Words.CEPE + ", §3");
  private static final Word PASSAGES =
      new Word(
          "passages (replug)",
          "How many passages are retrieved; each is read with the window by itself.",
          Words.REPLUG + ", §3.2");
  private static final Word PASSAGE =
      new Word("chunk (replug)", "Tokens per passage.", Words.REPLUG + ", §3.2");
  private static final Word TEMPERATURE =
      new Word(
          "temperature (replug)",
          "Of the softmax over the passages’ scores, which weighs their predictions: high for equal weights.",
          Words.REPLUG + ", §3.2");
  private static final Word READ_WINDOW =
      new Word(
          "window (replug)",
          "Tokens of the text that are read behind each passage.",
          Words.REPLUG + ", §3.2");

  private ArmWords() {}

  /** The word behind a parameter of an arm. */
  static Word of(ArmKind kind, String key) {
    return switch (kind) {
      case VANILLA -> unknown(kind, key);
      case TRUNCATE -> key.equals("stride") ? WINDOW_STRIDE : WINDOW_LENGTH;
      case WINDOW, LAMBDA_MASK, CEILING, LM_INFINITE -> ofMask(kind, key);
      case INFLLM -> ofBlocks(kind, key);
      case STREAMING_LLM -> key.equals("sink") ? SINKS : RECENT;
      case LINEAR_PI -> PI_FACTOR;
      case NTK -> NTK_FACTOR;
      case DYNAMIC_NTK ->
          key.equals("factor")
              ? DYNAMIC_FACTOR
              : key.equals("step") ? DYNAMIC_STEP : Words.L_PRETRAIN;
      case YARN -> ofYarn(kind, key);
      case SELF_EXTEND -> key.equals("group") ? GROUP : NEIGHBOURS;
      case REROPE -> REROPE_WINDOW;
      case LEAKY_REROPE -> key.equals("factor") ? LEAK : REROPE_WINDOW;
      case DCA -> key.equals("chunk") ? RESTART : Words.L_PRETRAIN;
      case CEPE, CEPE_DISTILLED ->
          key.equals("chunk")
              ? Words.CHUNK
              : key.equals("context") ? ENCODER_CONTEXT : DECODER_WINDOW;
      case REPLUG -> ofPassages(kind, key);
    };
  }

  private static Word ofMask(ArmKind kind, String key) {
    return switch (key) {
      case "global" -> Words.N_GLOBAL;
      case "local" -> Words.N_LOCAL;
      case "ceiling" -> Words.CEILING;
      case "k" -> TOP_K;
      case "from" -> FIRST_LAYER;
      case "to" -> LAST_LAYER;
      case "middle" -> MIDDLE;
      default -> unknown(kind, key);
    };
  }

  private static Word ofBlocks(ArmKind kind, String key) {
    return switch (key) {
      case "block" -> BLOCK;
      case "representatives" -> REPRESENTATIVES;
      case "blocks" -> BLOCKS;
      default -> ofMask(kind, key);
    };
  }

  private static Word ofYarn(ArmKind kind, String key) {
    return switch (key) {
      case "factor" -> YARN_FACTOR;
      case "original" -> Words.L_PRETRAIN;
      case "beta-fast" -> BETA_FAST;
      case "beta-slow" -> BETA_SLOW;
      case "mscale" -> MSCALE;
      default -> unknown(kind, key);
    };
  }

  private static Word ofPassages(ArmKind kind, String key) {
    return switch (key) {
      case "passages" -> PASSAGES;
      case "temperature" -> TEMPERATURE;
      case "chunk" -> PASSAGE;
      case "window" -> READ_WINDOW;
      default -> unknown(kind, key);
    };
  }

  private static Word unknown(ArmKind kind, String key) {
    throw new IllegalArgumentException(
        "%s: expected one of its parameters, found '%s'".formatted(kind.id(), key));
  }

  /** The words of all arms' parameters, in the order of the arms, each once. */
  static List<Word> all() {
    return Arrays.stream(ArmKind.values())
        .flatMap(kind -> kind.parameters().stream().map(p -> of(kind, p.key())))
        .distinct()
        .toList();
  }
}
