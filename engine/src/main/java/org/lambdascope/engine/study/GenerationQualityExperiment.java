package org.lambdascope.engine.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.metrics.Bleu;
import org.lambdascope.engine.metrics.Rouge;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.spec.ExperimentSpec.GenerationQuality;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Texts continued at milestones, compared with how they really go on (LM-Infinite, tables 2 and 3):
 * corpus BLEU as sacreBLEU defines it, and mean F of ROUGE-1, -2 and -L as rouge-score does, in
 * percent. Greedy; an end-of-text token does not end a continuation, so all are equally long.
 */
final class GenerationQualityExperiment implements Experiment {

  private static final double PERCENT = 100;

  private final GenerationQuality spec;
  private final StudyModel model;
  private final List<Arm> arms;
  private final List<Document> documents;

  GenerationQualityExperiment(
      GenerationQuality spec, StudyModel model, List<Arm> arms, List<Document> documents) {
    this.spec = spec;
    this.model = model;
    this.arms = List.copyOf(arms);
    this.documents = List.copyOf(documents);
  }

  @Override
  public ExperimentSpec spec() {
    return spec;
  }

  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (int length : spec.lengths()) {
      for (int d = 0; d < documents.size(); d++) {
        Document document = documents.get(d);
        for (Arm arm : arms) {
          units.add(
              new Unit(
                  id(arm, d, length),
                  "%s: %s, %s at %d"
                      .formatted(spec.header().name(), arm.kind().id(), document.name(), length),
                  model.need(arm, length, spec.newTokens(), CaptureOptions.NONE),
                  (progress, cancellation) -> run(arm, document, length, progress, cancellation)));
        }
      }
    }
    return units;
  }

  private String id(Arm arm, int document, int length) {
    return String.format(
        Locale.ROOT,
        "%s.%s.n%d.d%03d",
        spec.header().name(),
        StudyModel.id(arms, arm),
        length,
        document);
  }

  private ObjectNode run(
      Arm arm, Document document, int length, Progress progress, Cancellation cancellation) {
    int[] tokens = document.tokens();
    String said =
        model
            .continued(
                arm,
                StudyModel.first(tokens, length),
                List.of(),
                spec.newTokens(),
                false,
                progress,
                cancellation)
            .text();
    int[] rest = Arrays.copyOfRange(tokens, length, length + spec.newTokens());
    return Results.object()
        .put("arm", arm.toString())
        .put("document", document.name())
        .put("length", length)
        .put("said", said)
        .put("reference", model.decode(rest));
  }

  @Override
  public List<Metric> metrics(Map<String, JsonNode> results) {
    List<Metric> metrics = new ArrayList<>();
    for (Arm arm : arms) {
      for (int length : spec.lengths()) {
        List<JsonNode> done =
            Results.done(
                results, IntStream.range(0, documents.size()).mapToObj(d -> id(arm, d, length)));
        if (!done.isEmpty()) {
          add(metrics, arm, Map.of("length", (double) length), done);
        }
      }
    }
    return metrics;
  }

  private void add(List<Metric> metrics, Arm arm, Map<String, Double> at, List<JsonNode> done) {
    List<String> said = done.stream().map(r -> Results.text(r, "said")).toList();
    List<String> references = done.stream().map(r -> Results.text(r, "reference")).toList();
    String name = spec.header().name();
    double bleu = Bleu.CORPUS.corpus(said, references.stream().map(List::of).toList()).score();
    metrics.add(
        new Metric(
            name, "bleu", "%", arm.toString(), at, bleu, Double.NaN, Double.NaN, done.size()));
    metrics.add(
        rouge(done, r -> Rouge.n(1, reference(r), said(r)).f())
            .as(name, "rouge_1", "%", arm.toString(), at));
    metrics.add(
        rouge(done, r -> Rouge.n(2, reference(r), said(r)).f())
            .as(name, "rouge_2", "%", arm.toString(), at));
    metrics.add(
        rouge(done, r -> Rouge.l(reference(r), said(r)).f())
            .as(name, "rouge_l", "%", arm.toString(), at));
  }

  private static Estimate rouge(List<JsonNode> done, ToDoubleFunction<JsonNode> f) {
    return Estimate.mean(
        done.stream().mapToDouble(r -> PERCENT * f.applyAsDouble(r)).toArray(), PERCENT);
  }

  private static String said(JsonNode result) {
    return Results.text(result, "said");
  }

  private static String reference(JsonNode result) {
    return Results.text(result, "reference");
  }
}
