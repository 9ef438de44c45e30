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
