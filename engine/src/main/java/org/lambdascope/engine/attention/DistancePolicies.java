package org.lambdascope.engine.attention;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.attention.DistanceRule.Constant;
import org.lambdascope.engine.attention.DistanceRule.Grouped;
import org.lambdascope.engine.attention.DistanceRule.InChunks;
import org.lambdascope.engine.attention.DistanceRule.Stretched;
import org.lambdascope.engine.position.RopeScaling;

/**
 * Context policies that show all keys and change the distances at which they appear, so that none
 * is longer than the model knows. As in {@link ContextPolicies}, {@code i} is the query, {@code j ≤
 * i} the key, {@code d = i − j}.
 *
 * <p>{@code slidingWindow} is the model's own: keys with {@code d} below it are visible; {@link
 * Edge#UNBOUNDED} where it has none.
 */
public final class DistancePolicies {

  private static final Edge PAST_QUERY = Edge.following(1);

  private DistancePolicies() {}

  /** The keys that the model sees by itself, at their raw distance and other frequencies. */
  public static ContextPolicy rescaled(RopeScaling scaling, int slidingWindow) {
    ContextPolicy vanilla = ContextPolicies.vanilla(slidingWindow);
    return new ContextPolicy(scaling.description(), vanilla.spans(), vanilla.retention(), scaling);
  }

  /**
   * ReRoPE (Su 2023, "Rectified Rotary Position Embeddings"): {@code min(d, window)}. The distances
   * are those of {@link ContextPolicies#ceiling}; the window is meant to be shorter than the
   * trained length.
   */
  public static ContextPolicy rerope(int window, int slidingWindow) {
    ContextPolicies.atLeast("window", window, 1);
    return near("rerope(window=%d)".formatted(window), window, new Constant(window), slidingWindow);
  }

  /**
   * Leaky ReRoPE (Su 2023): {@code d} up to {@code window}, then {@code window + (d − window) /
   * factor}.
   *
   * @param factor what distances past the window are divided by, at least 1
   */
  public static ContextPolicy leakyRerope(int window, int factor, int slidingWindow) {
    ContextPolicies.atLeast("window", window, 1);
    ContextPolicies.atLeast("factor", factor, 1);
    return near(
        "leaky-rerope(window=%d, factor=%d)".formatted(window, factor),
        window,
        factor == 1 ? DistanceRule.RAW : new Stretched(new KeyPositions.Stretched(factor), window),
        slidingWindow);
  }

  /**
   * SelfExtend (Jin et al., arXiv 2401.01325 §3.2 and alg. 1): {@code d} for {@code d < window},
   * else {@code ⌊i/group⌋ + window − ⌊window/group⌋ − ⌊j/group⌋}.
   *
   * @param group positions that count as one, at least 1
   */
  public static ContextPolicy selfExtend(int group, int window, int slidingWindow) {
    ContextPolicies.atLeast("group", group, 1);
    ContextPolicies.atLeast("window", window, 1);
    return near(
        "self-extend(group=%d, window=%d)".formatted(group, window),
        window,
        group == 1
            ? DistanceRule.RAW
            : new Grouped(new KeyPositions.Grouped(group), window - window / group),
        slidingWindow);
  }

  /**
   * Keys with {@code d < window} at their raw distance, the others by a rule. One span where the
   * rule gives the raw distance too: then kernels add in vanilla's order.
   */
  private static ContextPolicy near(
      String name, int window, DistanceRule beyond, int slidingWindow) {
    ContextPolicy vanilla = ContextPolicies.vanilla(slidingWindow);
    if (window >= slidingWindow || beyond.equals(DistanceRule.RAW)) {
      return new ContextPolicy(name, vanilla.spans(), vanilla.retention());
    }
    Edge first =
        slidingWindow == Edge.UNBOUNDED ? Edge.constant(0) : Edge.following(1 - slidingWindow);
    Edge nearest = Edge.following(1 - window);
    return new ContextPolicy(
        name,
        List.of(
            new Span(nearest, PAST_QUERY, DistanceRule.RAW, Branch.LOCAL),
            new Span(first, nearest, beyond, Branch.LOCAL)),
        vanilla.retention());
  }

  /**
   * Dual Chunk Attention (An et al., arXiv 2402.17463 §3): keys stand at {@code j mod chunk}, and
   * the query at {@code i mod chunk} for keys of its own chunk (§3.1, intra-chunk), at {@code
   * min(chunk + i mod chunk, length − 1)} for those of the chunk before (§3.3, successive-chunk),
   * and at {@code length − 1} for all earlier ones (§3.2, inter-chunk).
   *
   * @param chunk {@code s}: tokens per chunk, 1 to {@code length}
   * @param length {@code c}: the trained length, above all distances
   */
  public static ContextPolicy dualChunk(int chunk, int length, int slidingWindow) {
    ContextPolicies.atLeast("chunk", chunk, 1);
    ContextPolicies.atLeast("length", length, chunk);
    KeyPositions.InChunk keys = new KeyPositions.InChunk(chunk);
    int reach = slidingWindow == Edge.UNBOUNDED ? Edge.UNBOUNDED : slidingWindow - 1;
    Edge own = Edge.chunkStart(chunk, 0, Edge.UNBOUNDED);
    Edge before = Edge.chunkStart(chunk, 1, Edge.UNBOUNDED);
    List<Span> spans = new ArrayList<>();
    spans.add(
        new Span(
            Edge.chunkStart(chunk, 0, reach),
            PAST_QUERY,
            new InChunks(keys, 0, Edge.UNBOUNDED),
            Branch.LOCAL));
    spans.add(
        new Span(
            Edge.chunkStart(chunk, 1, reach),
            own,
            new InChunks(keys, chunk, length - 1),
            Branch.LOCAL));
    spans.add(
        new Span(
            new Edge(0, 0, 0, 1, reach),
            before,
            new InChunks(keys, length - 1, length - 1),
            Branch.LOCAL));
    return new ContextPolicy(
        "dca(chunk=%d, length=%d)".formatted(chunk, length),
        spans,
        ContextPolicies.vanilla(slidingWindow).retention());
  }
}
