package org.lambdascope.engine.experiment.bench;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.bench.Speed.Limit;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelConfig;

/**
 * The least that a task must compute and read. Multiplications by weight matrices and attention are
 * counted; what is retrieved, and all that a truncated text reads again, are not.
 *
 * @param multiplyAdds all of them
 * @param bytes read from memory: weights once per pass, keys and values once per query
 */
record Work(double multiplyAdds, double bytes) {

  /** Reading {@code tokens} tokens in passes of at most {@code pass}, logits for the last. */
  static Work reading(Decoder decoder, Arm arm, int tokens, int pass) {
    ModelConfig c = decoder.config();
    ContextPolicy policy = arm.policy(c.slidingWindow());
    double keys = 0;
    for (int i = 0; i < tokens; i++) {
      keys += policy.visibleCount(i);
    }
    double perToken = decoder.parameters() - embeddings(c);
    double attention = 2.0 * c.layers() * c.heads() * c.headDim() * keys;
    double passes = Math.ceil((double) tokens / pass);
    return new Work(tokens * perToken + head(c) + attention, passes * decoder.weightBytes());
  }

  /** One step after {@code tokens} tokens. */
  static Work step(Decoder decoder, Arm arm, int tokens, CacheType cache) {
    ModelConfig c = decoder.config();
    double keys = arm.policy(c.slidingWindow()).visibleCount(tokens);
    double matrices = decoder.parameters() - embeddings(c) + head(c);
    double attention = 2.0 * c.layers() * c.heads() * c.headDim() * keys;
    double cacheBytes =
        2.0 * c.layers() * keys / Kernels.BLOCK * cache.pageBytes(c.keyValueHeads(), c.headDim());
    return new Work(matrices + attention, stepWeights(decoder) + cacheBytes);
  }

  /** A step of several such texts, a token of each in one pass. */
  static Work together(Decoder decoder, Arm arm, int tokens, CacheType cache, int texts) {
    Work one = step(decoder, arm, tokens, cache);
    double weights = stepWeights(decoder);
    return new Work(texts * one.multiplyAdds, weights + texts * (one.bytes - weights));
  }

  /** Bytes of weights that a step reads: of an embedding that is not the head as well, one row. */
  private static double stepWeights(Decoder decoder) {
    ModelConfig c = decoder.config();
    double matrices = decoder.parameters() - embeddings(c) + head(c);
    return decoder.weightBytes() * (matrices / decoder.parameters());
  }

  private static double embeddings(ModelConfig c) {
    return head(c) * (c.tiedEmbeddings() ? 1 : 2);
  }

  private static double head(ModelConfig c) {
    return (double) c.vocabularySize() * c.hiddenSize();
  }

  /** The least seconds that the machine takes for it. */
  double seconds(MachineLimits limits) {
    return Math.max(multiplyAdds / limits.multiplyAddsPerSecond(), bytes / limits.bytesPerSecond());
  }

  /** What decides these seconds. */
  Limit boundBy(MachineLimits limits) {
    return multiplyAdds / limits.multiplyAddsPerSecond() > bytes / limits.bytesPerSecond()
        ? Limit.COMPUTE
        : Limit.BANDWIDTH;
  }
}
