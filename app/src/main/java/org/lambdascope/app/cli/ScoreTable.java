package org.lambdascope.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ScoreResult;

/** Mean negative log-likelihood by position, one column per arm. */
final class ScoreTable {

  private static final double MIB = 1 << 20;
  private static final int LEAST_WIDTH = 9;

  private final List<ScoreResult> results;
  private final List<String> headings;

  ScoreTable(List<ScoreResult> results) {
    this.results = List.copyOf(results);
    headings = headings(this.results.stream().map(ScoreResult::arm).toList());
  }

  /** Short names: the kind, with a number where it occurs more than once. */
  static List<String> headings(List<Arm> arms) {
    List<String> out = new ArrayList<>();
    for (Arm arm : arms) {
      long same = arms.stream().filter(a -> a.kind() == arm.kind()).count();
      long before =
          arms.subList(0, out.size()).stream().filter(a -> a.kind() == arm.kind()).count();
      out.add(same == 1 ? arm.kind().id() : arm.kind().id() + "#" + (before + 1));
    }
    return out;
  }

  void print(PrintWriter out) {
    int positions = results.getFirst().nll().length;
    out.println("Mean negative log-likelihood (nats per token) by position of the query");
    for (int a = 0; a < results.size(); a++) {
      String arm = results.get(a).arm().toString();
      if (!arm.equals(headings.get(a))) {
        out.printf("  %s: %s%n", headings.get(a), arm);
      }
    }
    out.println();
    row(out, "positions", "tokens", headings);
    for (PositionBuckets.Bucket bucket : PositionBuckets.of(positions)) {
      int count = Math.min(bucket.to(), positions) - bucket.from();
      row(
          out,
          bucket.label(),
          Integer.toString(count),
          results.stream().map(r -> number(r.meanNll(bucket.from(), bucket.to()), 3)).toList());
    }
    row(
        out,
        "all",
        Integer.toString(positions),
        results.stream().map(r -> number(r.meanNll(0, positions), 3)).toList());
    out.println();
    row(out, "seconds", "", results.stream().map(r -> number(r.seconds(), 2)).toList());
    row(
        out,
        "tokens/s",
        "",
        results.stream().map(r -> number(r.scored() / r.seconds(), 0)).toList());
    row(out, "cache MiB", "", results.stream().map(r -> number(r.cacheBytes() / MIB, 2)).toList());
    out.flush();
  }

  /** What is wrong with the values, a line per arm. */
  List<String> warnings() {
    List<String> out = new ArrayList<>();
    for (ScoreResult result : results) {
      int broken = 0;
      for (int i = 0; i < result.scored(); i++) {
        broken += Float.isFinite(result.nll()[i]) ? 0 : 1;
      }
      if (broken > 0) {
        out.add(
            "%s: %d of %d values are not finite numbers; the model's output is broken there"
                .formatted(result.arm(), broken, result.scored()));
      }
    }
    return out;
  }

  private void row(PrintWriter out, String label, String count, List<String> cells) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-10s%9s", label, count));
    for (int a = 0; a < cells.size(); a++) {
      int width = Math.max(LEAST_WIDTH, headings.get(a).length()) + 2;
      line.append(" ".repeat(Math.max(0, width - cells.get(a).length()))).append(cells.get(a));
    }
    out.println(line);
  }

  private static String number(double value, int decimals) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
