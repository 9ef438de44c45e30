package org.lambdascope.engine.experiment;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelConfig;

/**
 * About how much an arm has to compute, in multiply-adds: products with weight matrices, and
 * attention to the keys that its policy shows for where they stand. Windows that are read anew are
 * counted as often as they are read. What an encoder or a retrieval adds is in proportion to the
 * tokens, and left out: forecasts compare runs of one kind of arm with each other.
 */
public final class ScoringWork {

  /** Queries whose visible keys stand for all. */
  private static final int SAMPLES = 256;

  private ScoringWork() {}

  /**
   * Scoring a text.
   *
   * @param tokens of the text
   */
  public static double reading(Decoder decoder, Arm arm, int tokens) {
    double read = tokensRead(arm, tokens);
    int span = (int) Math.min(tokens, longestWindow(arm));
    return read * (matrices(decoder) + attention(decoder.config(), arm, span));
  }

  /**
   * One step of generation.
   *
   * @param tokens before it
   */
  public static double step(Decoder decoder, Arm arm, int tokens) {
    ModelConfig config = decoder.config();
    int window = (int) Math.min(tokens, longestWindow(arm));
    double keys = arm.policy(config.slidingWindow()).visibleCount(Math.max(0, window - 1));
    double one = matrices(decoder) + perKey(config) * keys;
    return switch (arm.kind()) {
      case TRUNCATE -> window * one; // each step reads the window anew
      case REPLUG -> arm.get("passages") * one;
      default -> one;
    };
  }

  private static double tokensRead(Arm arm, int tokens) {
    return switch (arm.kind()) {
      case TRUNCATE -> {
        int local = arm.get("local");
        double more = Math.max(0, tokens - local);
        yield Math.min(tokens, local) + Math.ceil(more / arm.get("stride")) * local;
      }
      case REPLUG ->
          (double) arm.get("passages")
              * tokens
              * (arm.get("chunk") + arm.get("window"))
              / arm.get("window");
      default -> tokens;
    };
  }

  private static long longestWindow(Arm arm) {
    return switch (arm.kind()) {
      case TRUNCATE -> arm.get("local");
      case REPLUG -> (long) arm.get("chunk") + arm.get("window");
      case CEPE, CEPE_DISTILLED -> arm.get("window");
      default -> Long.MAX_VALUE;
    };
  }

  /** All weights but an embedding of which a token reads one row. */
  private static double matrices(Decoder decoder) {
    ModelConfig config = decoder.config();
    double embedding = (double) config.vocabularySize() * config.hiddenSize();
    return decoder.parameters() - (config.tiedEmbeddings() ? 0 : embedding);
  }

  private static double perKey(ModelConfig config) {
    return 2.0 * config.layers() * config.heads() * config.headDim();
  }

  /** Per token of a window of that length. */
  private static double attention(ModelConfig config, Arm arm, int window) {
    ContextPolicy policy = arm.policy(config.slidingWindow());
    int samples = Math.clamp(window, 1, SAMPLES);
    double keys = 0;
    for (int s = 0; s < samples; s++) {
      keys += policy.visibleCount((int) ((2L * s + 1) * window / (2L * samples)));
    }
    return perKey(config) * keys / samples;
  }
}
