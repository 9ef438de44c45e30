package org.lambdascope.engine.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.spec.ExperimentSpec.Perplexity;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loss by position and at milestones (LM-Infinite, arXiv 2308.16137, fig. 3 and table 1). For a
 * milestone of {@code L} tokens:
 *
 * <ul>
 *   <li>{@code nll_windowed}: mean over the last {@code window} predictions of one reading of the
 *       first {@code L} tokens;
 *   <li>{@code nll_cumulative}: mean over all its {@code L − 1} predictions;
 *   <li>{@code nll_strided}: the text up to the longest milestone is read anew from every multiple
 *       of {@code stride}, {@code L} tokens at a time, and only predictions that no earlier reading
 *       made count: sliding-window perplexity.
 * </ul>
 */
final class PerplexityExperiment implements Experiment {

  private final Perplexity spec;
  private final StudyModel model;
  private final List<Arm> arms;
  private final List<Document> documents;
  private final int longest;

  PerplexityExperiment(
      Perplexity spec, StudyModel model, List<Arm> arms, List<Document> documents) {
    this.spec = spec;
    this.model = model;
    this.arms = List.copyOf(arms);
    this.documents = List.copyOf(documents);
    this.longest = spec.lengths()[spec.lengths().length - 1];
  }

  @Override
  public ExperimentSpec spec() {
    return spec;
  }

  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (int d = 0; d < documents.size(); d++) {
      Document document = documents.get(d);
      for (Arm arm : arms) {
        units.add(
            new Unit(
                id(arm, d, "whole"),
                "%s: %s, %s".formatted(spec.header().name(), arm.kind().id(), document.name()),
                model.need(arm, longest, 0, CaptureOptions.NONE),
                (progress, cancellation) -> whole(arm, document, progress, cancellation)));
        for (int length : spec.stride() == 0 ? new int[0] : spec.lengths()) {
          units.add(
              new Unit(
                  id(arm, d, "strided-" + length),
                  "%s: %s, %s, strided %d"
                      .formatted(spec.header().name(), arm.kind().id(), document.name(), length),
                  model
                      .need(arm, Math.min(length, longest), 0, CaptureOptions.NONE)
                      .times(readings(length)),
                  (progress, cancellation) ->
                      strided(arm, document, length, progress, cancellation)));
        }
      }
    }
    return units;
  }

  private String id(Arm arm, int document, String part) {
    return String.format(
        Locale.ROOT,
        "%s.%s.d%03d.%s",
        spec.header().name(),
        StudyModel.id(arms, arm),
        document,
        part);
  }

  private ObjectNode whole(
      Arm arm, Document document, Progress progress, Cancellation cancellation) {
    ScoreResult result =
        model.score(
            arm,
            StudyModel.first(document.tokens(), longest),
            CaptureOptions.NONE,
            progress,
            cancellation);
    return Results.object()
        .put("arm", arm.toString())
        .put("document", document.name())
        .set("nll", Results.values(result.nll()));
  }

  /** How often a text is read when {@code length} tokens are read at a time. */
  private int readings(int length) {
    return length >= longest ? 1 : 1 + Math.ceilDiv(longest - length, spec.stride());
  }

  private ObjectNode strided(
      Arm arm, Document document, int length, Progress progress, Cancellation cancellation) {
    int[] tokens = document.tokens();
    double sum = 0;
    long count = 0;
    int scored = 1; // token 0 is predicted by nothing
    int readings = readings(length);
    for (int reading = 0; reading < readings; reading++) {
      int from = reading * spec.stride();
      int to = Math.min(from + length, longest);
      int number = reading;
      Progress part =
          (stage, done, of) ->
              progress.update(stage, (long) number * of + done, (long) readings * of);
      ScoreResult result =
          model.score(
              arm, Arrays.copyOfRange(tokens, from, to), CaptureOptions.NONE, part, cancellation);
      // A reading predicts everything but its own first token.
      for (int target = Math.max(scored, from + 1); target < to; target++) {
        sum += result.nll()[target - from - 1];
        count++;
      }
      scored = to;
    }
    ObjectNode out =
        Results.object()
            .put("arm", arm.toString())
            .put("document", document.name())
            .put("length", length)
            .put("count", count);
    return Double.isFinite(sum) ? out.put("nll", sum / count) : out.putNull("nll");
  }

  @Override
  public List<Metric> metrics(Map<String, JsonNode> results) {
    List<Metric> metrics = new ArrayList<>();
    for (Arm arm : arms) {
      List<double[]> nll =
          done(results, arm, "whole").stream().map(r -> Results.array(r, "nll")).toList();
      if (!nll.isEmpty()) {
        milestones(arm, nll, metrics);
        curve(arm, nll, metrics);
      }
      strided(arm, results, metrics);
    }
    return metrics;
  }

  private List<JsonNode> done(Map<String, JsonNode> results, Arm arm, String part) {
    return Results.done(
        results, IntStream.range(0, documents.size()).mapToObj(d -> id(arm, d, part)));
  }

  private void milestones(Arm arm, List<double[]> nll, List<Metric> metrics) {
    for (int length : spec.lengths()) {
      Map<String, Double> at = Map.of("length", (double) length);
      int last = length - 1;
      Estimate windowed =
          mean(nll.stream().mapToDouble(v -> mean(v, last - spec.window(), last)).toArray());
      metrics.add(metric("nll_windowed", "nats/token", arm, at, windowed));
      metrics.add(
          metric(
              "perplexity_windowed",
              "",
              arm,
              at,
              new Estimate(
                  Math.exp(windowed.value()),
                  Math.exp(windowed.low()),
                  Math.exp(windowed.high()),
                  windowed.n())));
      metrics.add(
          metric(
              "nll_cumulative",
              "nats/token",
              arm,
              at,
              mean(nll.stream().mapToDouble(v -> mean(v, 0, last)).toArray())));
    }
  }

  /** Of negative log-likelihoods, which are at least 0. */
  private static Estimate mean(double[] nll) {
    return Estimate.mean(nll, Double.POSITIVE_INFINITY);
  }

  private void curve(Arm arm, List<double[]> nll, List<Metric> metrics) {
    int predictions = longest - 1;
    for (int from = 0; from < predictions; from += spec.smooth()) {
      int first = from;
      int to = Math.min(from + spec.smooth(), predictions);
      metrics.add(
          metric(
              "nll",
              "nats/token",
              arm,
              Map.of("position", (first + to) / 2.0),
              mean(nll.stream().mapToDouble(v -> mean(v, first, to)).toArray())));
    }
  }

  private void strided(Arm arm, Map<String, JsonNode> results, List<Metric> metrics) {
    for (int length : spec.stride() == 0 ? new int[0] : spec.lengths()) {
      double[] means =
          done(results, arm, "strided-" + length).stream()
              .mapToDouble(r -> Results.number(r, "nll"))
              .toArray();
      if (means.length > 0) {
        metrics.add(
            metric(
                "nll_strided", "nats/token", arm, Map.of("length", (double) length), mean(means)));
      }
    }
  }

  private Metric metric(
      String name, String unit, Arm arm, Map<String, Double> at, Estimate estimate) {
    return estimate.as(spec.header().name(), name, unit, arm.toString(), at);
  }

  /** Mean of the values in {@code [from, to)} that are there. */
  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, Math.max(0, from), Math.min(to, values.length))
        .average()
        .orElse(Double.NaN);
  }
}
