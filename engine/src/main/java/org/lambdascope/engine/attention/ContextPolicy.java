package org.lambdascope.engine.attention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lambdascope.engine.kernels.CacheType;

/**
 * Which keys a query may see, and at what distance each appears, as data: a few spans that hold for
 * every query. Spans never overlap, and together they hold the query itself unless it is padding.
 *
 * @param name the policy and its parameters, for people
 * @param spans disjoint spans
 * @param retention the keys that must be kept
 * @param cacheType how keys and values are stored
 */
public record ContextPolicy(
    String name, List<Span> spans, Retention retention, CacheType cacheType) {

  public ContextPolicy {
    spans = List.copyOf(spans);
  }

  /** A policy whose keys and values are stored as computed. */
  public ContextPolicy(String name, List<Span> spans, Retention retention) {
    this(name, spans, retention, CacheType.F32);
  }

  /** This policy with keys and values stored in another type. */
  public ContextPolicy storing(CacheType type) {
    return new ContextPolicy(name, spans, retention, type);
  }

  /** One run of visible keys of one query. */
  public record VisibleRun(int from, int to, DistanceRule distance, Branch branch) {}

  /** The keys that query {@code i} sees, as runs in ascending order of position. */
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

  /** Number of keys that query {@code i} sees. */
  public int visibleCount(int i) {
    int n = 0;
    for (Span span : spans) {
      n += span.size(i);
    }
    return n;
  }

  /** Whether any span belongs to the global branch. */
  public boolean hasGlobalBranch() {
    return spans.stream().anyMatch(s -> s.branch() == Branch.GLOBAL);
  }

  /**
   * The first query position at which this policy differs from causal attention over all keys at
   * raw distance, or {@link Edge#UNBOUNDED} if it never does before {@code limit}.
   */
  public int firstDifferenceFromVanilla(int limit) {
    return firstDifferenceFrom(ContextPolicies.vanilla(), limit);
  }

  /**
   * The first query position at which two policies show other keys or distances, or {@link
   * Edge#UNBOUNDED} if they never do before {@code limit}.
   */
  public int firstDifferenceFrom(ContextPolicy other, int limit) {
    // Edges are clamped lines: once two policies differ they keep differing, so bisect.
    int low = 0;
    int high = limit;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (differs(other, mid)) {
        high = mid;
      } else {
        low = mid + 1;
      }
    }
    return low < limit ? low : Edge.UNBOUNDED;
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
          if (run.distance().effectiveDistance(i, from)
                  != their.distance().effectiveDistance(i, from)
              || run.distance().effectiveDistance(i, to - 1)
                  != their.distance().effectiveDistance(i, to - 1)) {
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
}
