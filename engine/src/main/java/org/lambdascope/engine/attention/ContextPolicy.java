package org.lambdascope.engine.attention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which keys a query may see, and at what distance each appears, as data: a few spans that hold for
 * every query. Spans never overlap, and together they hold the query itself unless it is padding.
 *
 * @param name the policy and its parameters, for people
 * @param spans disjoint spans
 * @param retention the keys that must be kept
 */
public record ContextPolicy(String name, List<Span> spans, Retention retention) {

  public ContextPolicy {
    spans = List.copyOf(spans);
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
    // Edges are clamped lines: once a policy differs it keeps differing, so bisect.
    int low = 0;
    int high = limit;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (differsFromVanilla(mid)) {
        high = mid;
      } else {
        low = mid + 1;
      }
    }
    return low < limit ? low : Edge.UNBOUNDED;
  }

  private boolean differsFromVanilla(int i) {
    if (visibleCount(i) != i + 1) {
      return true;
    }
    for (VisibleRun run : visible(i)) {
      if (run.distance().effectiveDistance(i, run.from()) != i - run.from()
          || run.distance().effectiveDistance(i, run.to() - 1) != i - (run.to() - 1)) {
        return true;
      }
    }
    return false;
  }
}
