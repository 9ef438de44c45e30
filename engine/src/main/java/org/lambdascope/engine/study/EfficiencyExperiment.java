package org.lambdascope.engine.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.generation.GenerationResult;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.spec.ExperimentSpec.Efficiency;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Time to read a text, tokens per second after it, and the bytes of the cache, by length
 * (LM-Infinite, appendix D). Medians of repetitions that take turns among the arms, so that a slow
 * minute of the machine falls on all of them.
 */
final class EfficiencyExperiment implements Experiment {

  private final Efficiency spec;
  private final StudyModel model;
  private final List<Arm> arms;
  private final int[] text;

  EfficiencyExperiment(Efficiency spec, StudyModel model, List<Arm> arms, Document document) {
    this.spec = spec;
    this.model = model;
    this.arms = List.copyOf(arms);
    int longest = spec.lengths()[spec.lengths().length - 1];
    this.text = new int[longest];
    for (int i = 0; i < longest; i++) {
      text[i] = document.tokens()[i % document.tokens().length];
    }
  }

  @Override
  public ExperimentSpec spec() {
    return spec;
  }

  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (int repetition = 0; repetition < spec.repetitions(); repetition++) {
      for (int length : spec.lengths()) {
        for (Arm arm : arms) {
          units.add(
              new Unit(
                  id(arm, length, repetition),
                  "%s: %s at %d tokens".formatted(spec.header().name(), arm.kind().id(), length),
                  model.need(arm, length, spec.newTokens(), CaptureOptions.NONE),
                  (progress, cancellation) -> measure(arm, length, progress, cancellation)));
        }
      }
    }
    return units;
  }

  private String id(Arm arm, int length, int repetition) {
    return String.format(
        Locale.ROOT,
        "%s.%s.n%d.r%02d",
        spec.header().name(),
        StudyModel.id(arms, arm),
        length,
        repetition);
  }

  private ObjectNode measure(Arm arm, int length, Progress progress, Cancellation cancellation) {
    GenerationResult result =
        model.continued(
            arm,
            StudyModel.first(text, length),
            List.of(),
            spec.newTokens(),
            false,
            progress,
            cancellation);
    return Results.object()
        .put("arm", arm.toString())
        .put("length", length)
        .put("encodeSeconds", result.promptSeconds())
        .put("decodeSeconds", result.generationSeconds())
        .put("decodedTokens", result.ids().length - 1)
        .put("cacheBytes", result.cacheBytes());
  }

  @Override
  public List<Metric> metrics(Map<String, JsonNode> results) {
    List<Metric> metrics = new ArrayList<>();
    for (Arm arm : arms) {
      for (int length : spec.lengths()) {
        List<JsonNode> done = done(results, arm, length);
        if (!done.isEmpty()) {
          add(metrics, arm, length, done);
          compare(metrics, arm, length, results);
        }
      }
    }
    return metrics;
  }

  private void add(List<Metric> metrics, Arm arm, int length, List<JsonNode> done) {
    Map<String, Double> at = Map.of("length", (double) length);
    String name = spec.header().name();
    metrics.add(
        median(done, r -> Results.number(r, "encodeSeconds"))
            .as(name, "encode_seconds", "s", arm.toString(), at));
    metrics.add(
        median(done, r -> Results.number(r, "decodedTokens") / Results.number(r, "decodeSeconds"))
            .as(name, "decode_rate", "tokens/s", arm.toString(), at));
    metrics.add(
        median(done, r -> Results.number(r, "cacheBytes"))
            .as(name, "cache_bytes", "bytes", arm.toString(), at));
  }

  private List<JsonNode> done(Map<String, JsonNode> results, Arm arm, int length) {
    return Results.done(
        results, IntStream.range(0, spec.repetitions()).mapToObj(r -> id(arm, length, r)));
  }

  /** How many times as fast as the first arm it is, by their medians. */
  private void compare(List<Metric> metrics, Arm arm, int length, Map<String, JsonNode> results) {
    List<JsonNode> first = done(results, arms.getFirst(), length);
    if (arm.equals(arms.getFirst()) || first.isEmpty()) {
      return;
    }
    List<JsonNode> own = done(results, arm, length);
    speedUp(metrics, "encode_speedup", arm, length, first, own, "encodeSeconds");
    speedUp(metrics, "decode_speedup", arm, length, first, own, "decodeSeconds");
  }

  private void speedUp(
      List<Metric> metrics,
      String name,
      Arm arm,
      int length,
      List<JsonNode> first,
      List<JsonNode> own,
      String seconds) {
    double ratio =
        median(first, r -> Results.number(r, seconds)).value()
            / median(own, r -> Results.number(r, seconds)).value();
    metrics.add(
        new Metric(
            spec.header().name(),
            name,
            "times",
            arm.toString(),
            Map.of("length", (double) length),
            ratio,
            Double.NaN,
            Double.NaN,
            own.size()));
  }

  private static Estimate median(List<JsonNode> results, ToDoubleFunction<JsonNode> value) {
    return Estimate.median(results.stream().mapToDouble(value).toArray());
  }
}
