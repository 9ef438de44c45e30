package org.lambdascope.engine.attention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.cache.CacheLayout;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.position.PositionEncoding;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeScaling;

/**
 * Which keys a query may see, and at what distance each appears, as data: a few spans that hold for
 * every query, and what is retrieved beside them. Spans never overlap, and together they hold the
 * query itself unless it is padding.
 *
 * @param name the policy and its parameters, for people
 * @param spans disjoint spans
 * @param retention the keys that must be kept
 * @param scaling what is done to RoPE's frequencies in place of the model's own scaling; null where
 *     that stays
 * @param retrieval the keys that are shown for what they say, beside those of the spans
 * @param cacheType how keys and values are stored
 */
public record ContextPolicy(
    String name,
    List<Span> spans,
    Retention retention,
    @Nullable RopeScaling scaling,
    Retrieval retrieval,
    CacheType cacheType) {

  public ContextPolicy {
    spans = List.copyOf(spans);
  }

  /** A policy under the model's own frequencies. */
  public ContextPolicy(String name, List<Span> spans, Retention retention) {
    this(name, spans, retention, null);
  }

  /** A policy that retrieves nothing and stores keys and values as computed. */
  public ContextPolicy(
      String name, List<Span> spans, Retention retention, @Nullable RopeScaling scaling) {
    this(name, spans, retention, scaling, Retrieval.NONE, CacheType.F32);
  }

  /** This policy under another name, with keys that are shown for what they say. */
  ContextPolicy retrieving(String name, Retrieval retrieval) {
    // What is out of sight may be wanted again.
    return new ContextPolicy(name, spans, new Retention.All(), scaling, retrieval, cacheType);
  }

  /** This policy with keys and values stored in another type. */
  public ContextPolicy storing(CacheType type) {
    return new ContextPolicy(name, spans, retention, scaling, retrieval, type);
  }

  /** The spans, and last the one among whose keys the retrieval chooses, if there is one. */
  List<Span> readSpans() {
    if (retrieval instanceof Retrieval.None) {
      return spans;
    }
    List<Span> read = new ArrayList<>(spans);
    read.add(retrieval.candidates());
    return read;
  }

  /**
   * The positional encoding under this policy.
   *
   * @param own the model's
   * @throws IllegalArgumentException if the policy rescales RoPE and the model has none, or too few
   *     features of a head rotate
   */
  public PositionEncoding encoding(PositionEncoding own) {
    if (scaling == null) {
      return own;
    }
    if (own instanceof Rope rope) {
      return rope.with(scaling);
    }
    throw new IllegalArgumentException(
        "%s: expected a model with rotary positions (RoPE), whose frequencies it rescales, found %s"
            .formatted(name, own.description()));
  }

  /** One run of visible keys of one query. */
  public record VisibleRun(int from, int to, DistanceRule distance, Branch branch) {}

  /**
   * The keys that query {@code i} sees for where they stand, as runs in ascending order of
   * position.
   */
  public List<VisibleRun> visible(int i) {
    List<VisibleRun> runs = new ArrayList<>(spans.size());
    for (Span span : spans) {
      if (span.size(i) > 0) {
        runs.add(
            new VisibleRun(span.from().at(i), span.to().at(i), span.distance(), span.branch()));
      }
    }
    runs.sort(Comparator.comparingInt(VisibleRun::from));
    return runs;
  }

  /** Number of keys that query {@code i} sees for where they stand. */
  public int visibleCount(int i) {
    int n = 0;
    for (Span span : spans) {
      n += span.size(i);
    }
    return n;
  }

  /** Whether queries see keys beyond the local branch, such as initial or retrieved ones. */
  public boolean hasGlobalBranch() {
    return readSpans().stream().anyMatch(s -> s.branch() != Branch.LOCAL);
  }

  /**
   * The first query position at which this policy differs from causal attention over all keys at
   * raw distance, or {@link Edge#UNBOUNDED} if it never does before {@code limit}.
   */
  public int firstDifferenceFromVanilla(int limit) {
    return firstDifferenceFrom(ContextPolicies.vanilla(), limit);
  }

  /**
   * The first query position at which two policies show other keys, distances or frequencies, or
   * {@link Edge#UNBOUNDED} if they never do before {@code limit}.
   */
  public int firstDifferenceFrom(ContextPolicy other, int limit) {
    int end = limit;
    if (!Objects.equals(scaling, other.scaling)) {
      // The first query sees itself alone, whose weight is 1 at any frequency.
      end = Math.clamp(Math.min(unscaledLength(), other.unscaledLength()), 1, Math.max(1, limit));
    }
    if (!spans.equals(other.spans)) {
      for (int i = 0; i < end; i++) {
        if (differs(other, i)) {
          return i;
        }
      }
    }
    return end < limit ? end : Edge.UNBOUNDED;
  }

  /**
   * The first query position at which a decoder may compute other bits under another policy, or
   * {@link Edge#UNBOUNDED} if it never does before {@code limit}. Before it, queries read the same
   * runs of keys in the same order, encoded alike, of the same branch, from the same rows of a
   * cache. That is more than {@link #firstDifferenceFrom} asks: keys that two spans show between
   * them are summed in another order than those of one.
   *
   * @param maxChunk tokens per forward pass, of both
   */
  public int readAlikeUntil(ContextPolicy other, int maxChunk, int limit) {
    if (!Objects.equals(scaling, other.scaling) || cacheType != other.cacheType) {
      return 0;
    }
    int end = limit;
    CacheLayout layout = AttentionDriver.layout(this, maxChunk);
    CacheLayout theirs = AttentionDriver.layout(other, maxChunk);
    if (!layout.equals(theirs)) {
      // Until a ring closes, rows are positions.
      end = (int) Math.min(end, Math.min(layout.rows(limit), theirs.rows(limit)));
    }
    if (!spans.equals(other.spans) || !retrieval.equals(other.retrieval)) {
      for (int i = 0; i < end; i++) {
        if (!readsAlike(other, i)) {
          return i;
        }
      }
    }
    return end < limit ? end : Edge.UNBOUNDED;
  }

  private boolean readsAlike(ContextPolicy other, int i) {
    if (!retrieval.equals(other.retrieval)
        && (retrieval.candidates().size(i) > 0 || other.retrieval.candidates().size(i) > 0)) {
      return false;
    }
    int theirs = 0;
    for (Span span : spans) {
      if (span.size(i) > 0) {
        theirs = other.nextSpan(theirs, i);
        if (theirs == other.spans.size() || !span.readsAlike(other.spans.get(theirs), i)) {
          return false;
        }
        theirs++;
      }
    }
    return other.nextSpan(theirs, i) == other.spans.size();
  }

  /** The next span from {@code index} on that shows query {@code i} anything. */
  private int nextSpan(int index, int i) {
    int next = index;
    while (next < spans.size() && spans.get(next).size(i) == 0) {
      next++;
    }
    return next;
  }

  /** The longest text that is read at the model's own frequencies, if those are unscaled. */
  private int unscaledLength() {
    return scaling == null ? Edge.UNBOUNDED : scaling.unscaledLength();
  }

  private boolean differs(ContextPolicy other, int i) {
    if (visibleCount(i) != other.visibleCount(i)) {
      return true;
    }
    // Of as many keys, one outside the other's runs means that the runs differ.
    List<VisibleRun> theirs = other.visible(i);
    for (VisibleRun run : visible(i)) {
      int covered = 0;
      for (VisibleRun their : theirs) {
        int from = Math.max(run.from(), their.from());
        int to = Math.min(run.to(), their.to());
        if (from < to) {
          covered += to - from;
          if (differs(run.distance(), their.distance(), i, from, to)) {
            return true;
          }
        }
      }
      if (covered != run.to() - run.from()) {
        return true;
      }
    }
    return false;
  }

  /** Of lines and stairs, which all rules are, two that agree at these keys agree between. */
  private static boolean differs(DistanceRule a, DistanceRule b, int i, int from, int to) {
    for (int j : new int[] {from, Math.min(from + 1, to - 1), to - 1}) {
      if (a.effectiveDistance(i, j) != b.effectiveDistance(i, j)) {
        return true;
      }
    }
    return false;
  }
}
