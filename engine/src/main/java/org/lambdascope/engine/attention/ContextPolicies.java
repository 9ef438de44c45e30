package org.lambdascope.engine.attention;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.attention.DistanceRule.Constant;
import org.lambdascope.engine.attention.DistanceRule.FromQueryPosition;

/**
 * The context policies. Position {@code i} is the query, {@code j ≤ i} the key, {@code d = i − j};
 * softmax runs over all visible keys together.
 */
public final class ContextPolicies {

  private static final Edge ZERO = Edge.constant(0);
  private static final Edge PAST_QUERY = Edge.following(1);
  private static final Retention KEEP_ALL = new Retention.All();

  private ContextPolicies() {}

  /** All keys at their raw distance. */
  public static ContextPolicy vanilla() {
    return new ContextPolicy(
        "vanilla", List.of(new Span(ZERO, PAST_QUERY, DistanceRule.RAW, Branch.LOCAL)), KEEP_ALL);
  }

  /**
   * The keys that a model sees by itself: all, or those of its sliding window (Mistral, arXiv
   * 2310.06825 §2), at their raw distance.
   *
   * @param slidingWindow keys with {@code d} below it are visible; {@link Edge#UNBOUNDED} for all
   */
  public static ContextPolicy vanilla(int slidingWindow) {
    if (slidingWindow == Edge.UNBOUNDED) {
      return vanilla();
    }
    return new ContextPolicy(
        "vanilla(sliding_window=%d)".formatted(slidingWindow),
        window(slidingWindow).spans(),
        new Retention.SinksAndRecent(0, slidingWindow));
  }

  /**
   * The visible keys of a text of known length, before and after the query, at their raw distance:
   * an encoder's attention. The text must be read in one pass.
   *
   * @param visible per token of the text; false for padding
   */
  public static ContextPolicy bidirectional(boolean[] visible) {
    List<Span> spans = new ArrayList<>();
    for (int from = 0; from < visible.length; ) {
      int to = from;
      while (to < visible.length && visible[to]) {
        to++;
      }
      if (to > from) {
        spans.add(new Span(Edge.constant(from), Edge.constant(to), DistanceRule.RAW, Branch.LOCAL));
      }
      from = to + 1;
    }
    return new ContextPolicy("bidirectional(%d)".formatted(visible.length), spans, KEEP_ALL);
  }

  /** Keys with {@code d < local} at their raw distance. */
  public static ContextPolicy window(int local) {
    atLeast("local", local, 1);
    return new ContextPolicy(
        "window(local=%d)".formatted(local),
        List.of(new Span(Edge.following(1 - local), PAST_QUERY, DistanceRule.RAW, Branch.LOCAL)),
        new Retention.SinksAndRecent(0, local));
  }

  /** Keys with {@code d < local} or {@code j < global}, at their raw distance. */
  public static ContextPolicy lambdaMask(int global, int local) {
    return lambda(
        "lambda-mask(global=%d, local=%d)".formatted(global, local), global, local, Edge.UNBOUNDED);
  }

  /** All keys, at distance {@code min(d, ceiling)}. */
  public static ContextPolicy ceiling(int ceiling) {
    atLeast("ceiling", ceiling, 1);
    List<Span> spans = new ArrayList<>();
    spans.add(new Span(Edge.following(-ceiling), PAST_QUERY, DistanceRule.RAW, Branch.LOCAL));
    spans.add(new Span(ZERO, Edge.following(-ceiling), new Constant(ceiling), Branch.LOCAL));
    return new ContextPolicy("ceiling(ceiling=%d)".formatted(ceiling), spans, KEEP_ALL);
  }

  /**
   * As {@link #ceiling(int)}, of the keys that a model with a sliding window sees by itself.
   *
   * @param slidingWindow keys with {@code d} below it are visible; {@link Edge#UNBOUNDED} for all
   */
  public static ContextPolicy ceiling(int ceiling, int slidingWindow) {
    if (slidingWindow == Edge.UNBOUNDED) {
      return ceiling(ceiling);
    }
    atLeast("ceiling", ceiling, 1);
    return lambda(
        "ceiling(ceiling=%d, sliding_window=%d)".formatted(ceiling, slidingWindow),
        0,
        slidingWindow,
        ceiling);
  }

  /**
   * LM-Infinite (arXiv 2308.16137 §3): keys with {@code d < local} or {@code j < global}, at
   * distance {@code min(d, ceiling)}.
   */
  public static ContextPolicy lmInfinite(int global, int local, int ceiling) {
    atLeast("ceiling", ceiling, 1);
    return lambda(
        "lm-infinite(global=%d, local=%d, ceiling=%d)".formatted(global, local, ceiling),
        global,
        local,
        ceiling);
  }

  /**
   * LM-Infinite with top-k retrieval (arXiv 2308.16137 §4 "optionally attending to top-k tokens in
   * the middle"): as {@link #lmInfinite(int, int, int)}, and in layers {@code fromLayer ≤ l <
   * toLayer} every query head also sees the {@code keys} middle keys ({@code j ≥ global}, {@code d
   * ≥ local}) with its highest logits, all at one distance, at which those logits are formed too.
   * The paper's are 5 keys at half of {@code L_pretrain}.
   *
   * <p>Every query chooses for itself. So does the paper's method where a pass is one token long;
   * in a longer pass it chooses for the last query only, and results depend on how a text is cut.
   *
   * @param keys how many; 0 is plain LM-Infinite
   * @param distance at which middle keys appear, at least 0
   */
  public static ContextPolicy lmInfinite(
      int global, int local, int ceiling, int keys, int fromLayer, int toLayer, int distance) {
    atLeast("k", keys, 0);
    atLeast("from", fromLayer, 0);
    atLeast("to", toLayer, 0);
    atLeast("middle", distance, 0);
    ContextPolicy plain = lmInfinite(global, local, ceiling);
    if (keys == 0) {
      return plain;
    }
    return plain.retrieving(
        "lm-infinite(global=%d, local=%d, ceiling=%d, k=%d, from=%d, to=%d, middle=%d)"
            .formatted(global, local, ceiling, keys, fromLayer, toLayer, distance),
        new Retrieval.TopKeys(middle(global, local, distance), keys, fromLayer, toLayer));
  }

  /** What neither branch of the Λ-mask shows, at one distance. */
  private static Span middle(int global, int local, int distance) {
    return new Span(
        Edge.constant(global), Edge.following(1 - local), new Constant(distance), Branch.MIDDLE);
  }

  /**
   * InfLLM (arXiv 2402.04617 §2): keys with {@code d < local} at their raw distance; beyond them
   * the first {@code global} keys, the {@code blocks} most relevant whole blocks of the others, and
   * those others that fill no whole block yet, all at distance {@code local}.
   *
   * <p>Blocks are of {@code block} keys, counted from key {@code global} on. In each query head, a
   * key {@code m} is judged by {@code r_m = Σ_p q_p · k_m} over the queries {@code m < p < m +
   * local} that saw it nearby (eq. 2, at raw distance), and the {@code representatives} best of a
   * block stand for it. The relevance of a block to a query is {@code Σ q · k} over all query heads
   * and their representatives (eq. 3), with {@code q} at distance {@code local}. Ties go to the
   * earlier.
   *
   * <p>Every query looks blocks up for itself ({@code l_X = 1}), as the authors' code does when it
   * writes; where that reads a prompt it looks up once per 512 tokens, by the mean of their
   * queries. It also judges keys by their attention after the softmax, where the paper and this sum
   * logits.
   *
   * @param global initial keys, at least 0
   * @param local recent keys, the query counted, at least 1
   * @param block keys per block, at least 1
   * @param representatives at least 1
   * @param blocks how many blocks are retrieved, at least 0
   */
  public static ContextPolicy infLlm(
      int global, int local, int block, int representatives, int blocks) {
    atLeast("global", global, 0);
    atLeast("local", local, 1);
    atLeast("block", block, 1);
    atLeast("representatives", representatives, 1);
    atLeast("blocks", blocks, 0);
    String name =
        "infllm(global=%d, local=%d, block=%d, representatives=%d, blocks=%d)"
            .formatted(global, local, block, representatives, blocks);
    List<Span> spans = new ArrayList<>(window(local).spans());
    if (global > 0) {
      spans.add(new Span(ZERO, new Edge(1 - local, 0, global), new Constant(local), Branch.GLOBAL));
    }
    return new ContextPolicy(name, spans, KEEP_ALL)
        .retrieving(
            name,
            new Retrieval.TopBlocks(
                middle(global, local, local), local, block, representatives, blocks));
  }

  /**
   * StreamingLLM (arXiv 2309.17453 §3.2): the first {@code sinks} keys and the last {@code recent},
   * the query among them, at distances between their ranks in the cache: the sinks sit just beyond
   * the recent keys.
   */
  public static ContextPolicy streamingLlm(int sinks, int recent) {
    atLeast("sink", sinks, 0);
    atLeast("recent", recent, 1);
    int slots = (int) Math.min((long) sinks + recent, Integer.MAX_VALUE); // longer than any text
    List<Span> spans = new ArrayList<>();
    spans.add(new Span(Edge.following(1 - recent), PAST_QUERY, DistanceRule.RAW, Branch.LOCAL));
    if (sinks > 0) {
      // The query's slot is its rank among visible keys: i until the cache is full, then the last.
      FromQueryPosition slot = new FromQueryPosition(new Edge(0, 0, slots - 1));
      spans.add(new Span(ZERO, new Edge(1 - recent, 0, sinks), slot, Branch.GLOBAL));
    }
    return new ContextPolicy(
        "streaming-llm(sink=%d, recent=%d)".formatted(sinks, recent),
        spans,
        new Retention.SinksAndRecent(sinks, recent));
  }

  private static ContextPolicy lambda(String name, int global, int local, int ceiling) {
    atLeast("global", global, 0);
    atLeast("local", local, 1);
    // Raw distance holds for d ≤ ceiling, that is for keys from i − ceiling on.
    int nearest = 1 - local;
    List<Span> spans = new ArrayList<>();
    spans.add(
        new Span(
            Edge.following(Math.max(nearest, -ceiling)),
            PAST_QUERY,
            DistanceRule.RAW,
            Branch.LOCAL));
    if (-ceiling > nearest) {
      spans.add(
          new Span(
              Edge.following(nearest),
              Edge.following(-ceiling),
              new Constant(ceiling),
              Branch.LOCAL));
    }
    if (global > 0) {
      if (-ceiling < nearest) {
        spans.add(
            new Span(
                new Edge(-ceiling, 0, global),
                new Edge(nearest, 0, global),
                DistanceRule.RAW,
                Branch.GLOBAL));
      }
      if (ceiling != Edge.UNBOUNDED) {
        spans.add(
            new Span(
                ZERO,
                new Edge(Math.min(nearest, -ceiling), 0, global),
                new Constant(ceiling),
                Branch.GLOBAL));
      }
    }
    return new ContextPolicy(name, spans, new Retention.SinksAndRecent(global, local));
  }

  static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s: expected at least %d, found %d".formatted(name, least, value));
    }
  }
}
