package org.lambdascope.engine.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.probe.Diagnostics;
import org.lambdascope.engine.probe.EntropyByPosition;
import org.lambdascope.engine.probe.HiddenPca;
import org.lambdascope.engine.probe.LogitsByDistance;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.spec.ExperimentSpec.OodFactors;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The three out-of-distribution factors (LM-Infinite, fig. 1), over the layers and heads that were
 * asked for, and over documents: {@code attention_logit} is (a), the last query's running maximum
 * by distance, before the softmax; {@code attention_entropy} is (b), by position, after it, with
 * {@code log_visible_keys} as the entropy of uniform attention; {@code pca_1} and {@code pca_2} are
 * (c), the hidden states of the first document. Their intervals are one standard deviation to each
 * side.
 */
final class OodFactorsExperiment implements Experiment {

  private final OodFactors spec;
  private final StudyModel model;
  private final List<Arm> arms;
  private final List<Document> documents;

  OodFactorsExperiment(
      OodFactors spec, StudyModel model, List<Arm> arms, List<Document> documents) {
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
    for (int d = 0; d < documents.size(); d++) {
      Document document = documents.get(d);
      for (Arm arm : arms) {
        units.add(
            new Unit(
                id(arm, d),
                "%s: %s, %s".formatted(spec.header().name(), arm.kind().id(), document.name()),
                model.need(arm, spec.length(), 0, captures()),
                (progress, cancellation) -> run(arm, document, progress, cancellation)));
      }
    }
    return units;
  }

  private String id(Arm arm, int document) {
    return String.format(
        Locale.ROOT, "%s.%s.d%03d", spec.header().name(), StudyModel.id(arms, arm), document);
  }

  private CaptureOptions captures() {
    return new CaptureOptions(true, true, true, spec.points(), spec.points(), 0, spec.length());
  }

  private ObjectNode run(Arm arm, Document document, Progress progress, Cancellation cancellation) {
    Diagnostics found =
        model
            .score(
                arm,
                StudyModel.first(document.tokens(), spec.length()),
                captures(),
                progress,
                cancellation)
            .diagnostics();
    ObjectNode out = Results.object().put("arm", arm.toString()).put("document", document.name());
    LogitsByDistance logits = found.logitsByDistance();
    EntropyByPosition entropy = found.entropy();
    if (logits == null || entropy == null) {
      throw new IllegalStateException("the captures that were asked for are missing");
    }
    out.put("distanceBin", logits.binWidth()).put("positionBin", entropy.binWidth());
    ArrayNode logitRows = out.putArray("logits");
    ArrayNode entropyRows = out.putArray("entropy");
    for (int layer = 0; layer < logits.layers(); layer++) {
      for (int head = 0; head < logits.heads(); head++) {
        if (spec.wants(layer, head)) {
          logitRows.add(Results.values(logits.runningMaxOfLastQuery(layer, head)));
          double[] means = new double[entropy.bins()];
          for (int bin = 0; bin < means.length; bin++) {
            means[bin] = entropy.mean(layer, head, bin);
          }
          entropyRows.add(Results.values(means));
        }
      }
    }
    out.set("logVisible", Results.values(entropy.logVisible()));
    HiddenPca pca = found.hiddenPca();
    if (pca != null) {
      addPca(out, pca);
    }
    return out;
  }

  /** As many points as a curve has, evenly over the positions. */
  private void addPca(ObjectNode out, HiddenPca pca) {
    int step = Math.ceilDiv(pca.points().length, spec.points());
    ArrayNode positions = out.putArray("pcaPosition");
    ArrayNode first = out.putArray("pca1");
    ArrayNode second = out.putArray("pca2");
    for (int i = 0; i < pca.points().length; i += step) {
      positions.add(i);
      first.add(pca.points()[i][0]);
      second.add(pca.points()[i][1]);
    }
    out.set("pcaExplained", Results.values(pca.explained()));
  }

  @Override
  public List<Metric> metrics(Map<String, JsonNode> results) {
    List<Metric> metrics = new ArrayList<>();
    for (Arm arm : arms) {
      List<JsonNode> done =
          Results.done(results, IntStream.range(0, documents.size()).mapToObj(d -> id(arm, d)));
      if (!done.isEmpty()) {
        double none = Double.NEGATIVE_INFINITY;
        curve(metrics, arm, done, "logits", "attention_logit", "", none, "distance", "distanceBin");
        curve(
            metrics,
            arm,
            done,
            "entropy",
            "attention_entropy",
            "nats",
            0,
            "position",
            "positionBin");
        uniform(metrics, arm, done.getFirst());
        pca(metrics, arm, done.getFirst());
      }
    }
    return metrics;
  }

  /** Mean and standard deviation over layers, heads and documents, cut at the least value. */
  private void curve(
      List<Metric> metrics,
      Arm arm,
      List<JsonNode> done,
      String rows,
      String name,
      String unit,
      double least,
      String axis,
      String binWidth) {
    List<double[]> curves = new ArrayList<>();
    for (JsonNode result : done) {
      for (JsonNode row : result.get(rows)) {
        curves.add(Results.array(row));
      }
    }
    int width = (int) Results.number(done.getFirst(), binWidth);
    for (int bin = 0; bin < curves.getFirst().length; bin++) {
      int b = bin;
      metrics.add(
          Estimate.spread(curves.stream().mapToDouble(c -> c[b]).toArray())
              .cut(least, Double.POSITIVE_INFINITY)
              .as(
                  spec.header().name(),
                  name,
                  unit,
                  arm.toString(),
                  Map.of(axis, (double) bin * width)));
    }
  }

  private void uniform(List<Metric> metrics, Arm arm, JsonNode result) {
    double[] values = Results.array(result, "logVisible");
    int width = (int) Results.number(result, "positionBin");
    for (int bin = 0; bin < values.length; bin++) {
      metrics.add(single("log_visible_keys", "nats", arm, bin * width, values[bin]));
    }
  }

  private void pca(List<Metric> metrics, Arm arm, JsonNode result) {
    if (result.get("pcaPosition") == null) {
      return;
    }
    double[] positions = Results.array(result, "pcaPosition");
    double[] explained = Results.array(result, "pcaExplained");
    for (int component = 1; component <= 2; component++) {
      String name = "pca_" + component;
      double[] values = Results.array(result, "pca" + component);
      for (int i = 0; i < values.length; i++) {
        metrics.add(single(name, "", arm, (int) positions[i], values[i]));
      }
      metrics.add(
          new Metric(
              spec.header().name(),
              name + "_explained",
              "",
              arm.toString(),
              Map.of(),
              explained[component - 1],
              Double.NaN,
              Double.NaN,
              1));
    }
  }

  private Metric single(String name, String unit, Arm arm, int position, double value) {
    Map<String, Double> at = new LinkedHashMap<>();
    at.put("position", (double) position);
    return new Metric(
        spec.header().name(), name, unit, arm.toString(), at, value, Double.NaN, Double.NaN, 1);
  }
}
