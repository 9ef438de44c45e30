package org.lambdascope.engine.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.context.ContextControl;
import org.lambdascope.engine.experiment.context.ContextExperiment;
import org.lambdascope.engine.experiment.context.ContextMeasurement;
import org.lambdascope.engine.experiment.context.ContextPoint;
import org.lambdascope.engine.experiment.context.ContextSpec;
import org.lambdascope.engine.experiment.context.Interval;
import org.lambdascope.engine.experiment.context.Targets;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.spec.ExperimentSpec.FixedTargets;
import org.lambdascope.engine.spec.SpecException;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fixed targets while only what stands before them changes (CEPE, arXiv 2402.16617), as the
 * commands {@code context-scaling} and {@code context-controls} measure them. A unit is one stretch
 * of targets under all arms, which so share what is encoded.
 */
final class FixedTargetsExperiment implements Experiment {

  private final FixedTargets spec;
  private final StudyModel model;
  private final Targets targets;
  private final ContextSpec context;

  private FixedTargetsExperiment(
      FixedTargets spec, StudyModel model, Targets targets, ContextSpec context) {
    this.spec = spec;
    this.model = model;
    this.targets = targets;
    this.context = context;
  }

  /**
   * Chooses the targets.
   *
   * @throws SpecException if they do not fit the documents or the arms
   */
  static FixedTargetsExperiment of(
      FixedTargets spec, StudyModel model, List<Arm> arms, List<Document> documents)
      throws SpecException {
    int length = spec.targets() == 0 ? Targets.fitting(arms, spec.local()) : spec.targets();
    List<Integer> sizes = Arrays.stream(spec.contexts()).boxed().toList();
    ContextSpec context =
        new ContextSpec(
            arms,
            sizes,
            spec.controls() ? List.of(ContextControl.values()) : List.of(ContextControl.TRUE),
            spec.seed(),
            Math.clamp(length - 1, 0, spec.decode()),
            model.chunk(),
            null);
    try {
      Targets targets =
          Targets.spread(
              documents.stream().map(d -> withoutBos(d, model)).toList(),
              length,
              spec.local(),
              sizes.getLast(),
              spec.stretches());
      ContextExperiment.check(targets, context);
      return new FixedTargetsExperiment(spec.withTargets(length), model, targets, context);
    } catch (IllegalArgumentException e) {
      throw spec.header().at().error(String.valueOf(e.getMessage()));
    }
  }

  private static int[] withoutBos(Document document, StudyModel model) {
    int[] ids = document.tokens();
    boolean bos = model.model().tokenizer().addsBosByDefault() && ids.length > 0;
    return bos ? Arrays.copyOfRange(ids, 1, ids.length) : ids;
  }

  @Override
  public ExperimentSpec spec() {
    return spec;
  }

  @Override
  public List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (Targets.Place place : targets.places()) {
      units.add(
          new Unit(
              id(place),
              "%s: document %d from token %d"
                  .formatted(spec.header().name(), place.document() + 1, place.start()),
              need(),
              (progress, cancellation) -> run(place, progress, cancellation)));
    }
    return units;
  }

  /**
   * All arms read alike much: each a share of the tokens, the longest context at most at a time.
   */
  private UnitNeed need() {
    int beside = targets.local() + targets.length();
    int longest = beside + context.contexts().getLast();
    double share =
        (double) ContextExperiment.cost(targets, context) / longest / context.arms().size();
    UnitNeed all = UnitNeed.NONE;
    for (Arm arm : context.arms()) {
      all = all.then(model.need(arm, longest, 0, CaptureOptions.NONE).times(share));
    }
    return all;
  }

  private String id(Targets.Place place) {
    return String.format(
        Locale.ROOT, "%s.d%03d.t%d", spec.header().name(), place.document(), place.start());
  }

  private ObjectNode run(Targets.Place place, Progress progress, Cancellation cancellation) {
    ObjectNode out = Results.object().put("document", place.document()).put("start", place.start());
    ArrayNode measurements = out.putArray("measurements");
    for (ContextMeasurement m :
        ContextExperiment.measure(
            model.model().decoder(), targets, context, place, progress, cancellation)) {
      ObjectNode one =
          measurements
              .addObject()
              .put("arm", m.arm().toString())
              .put("context", m.context())
              .put("control", m.control().id());
      if (!spec.controls()) {
        one.put("readSeconds", m.readSeconds())
            .put("decoded", m.decoded())
            .put("decodeSeconds", m.decodeSeconds())
            .put("bytes", m.bytes());
      }
      if (Double.isFinite(m.nll())) {
        one.put("nll", m.nll());
      } else {
        one.putNull("nll");
      }
    }
    return out;
  }

  @Override
  public List<Metric> metrics(Map<String, JsonNode> results) {
    Map<String, Arm> arms =
        context.arms().stream().collect(Collectors.toMap(Arm::toString, arm -> arm));
    Map<String, ContextControl> controls =
        context.controls().stream().collect(Collectors.toMap(ContextControl::id, c -> c));
    List<ContextMeasurement> measured = new ArrayList<>();
    for (JsonNode result : results.values()) {
      for (JsonNode m : result.get("measurements")) {
        measured.add(
            new ContextMeasurement(
                Results.known(arms, Results.text(m, "arm")),
                (int) Results.number(m, "context"),
                Results.known(controls, Results.text(m, "control")),
                (int) Results.number(result, "document"),
                (int) Results.number(result, "start"),
                Results.number(m, "nll"),
                cost(m, "readSeconds"),
                (int) cost(m, "decoded"),
                cost(m, "decodeSeconds"),
                (long) cost(m, "bytes")));
      }
    }
    List<Metric> metrics = new ArrayList<>();
    for (ContextPoint point : ContextPoint.of(measured)) {
      add(metrics, point);
    }
    return metrics;
  }

  /** Of what it costs, the controls keep nothing: equal runs then have equal bytes. */
  private double cost(JsonNode measurement, String name) {
    return spec.controls() ? 0 : Results.number(measurement, name);
  }

  private void add(List<Metric> metrics, ContextPoint point) {
    if (spec.controls()) {
      String control = point.control().id().replace('-', '_');
      metrics.add(metric("nll_" + control, "nats/token", point, loss(point)));
      metrics.add(metric("change_" + control, "nats/token", point, estimate(point.change())));
      return;
    }
    metrics.add(metric("nll", "nats/token", point, loss(point)));
    metrics.add(metric("nll_change", "nats/token", point, estimate(point.change())));
    metrics.add(metric("read_seconds", "s", point, single(point.readSeconds(), point)));
    metrics.add(
        metric("decode_rate", "tokens/s", point, single(point.decodeTokensPerSecond(), point)));
    metrics.add(metric("context_bytes", "bytes", point, single((double) point.bytes(), point)));
  }

  private Metric metric(String name, String unit, ContextPoint point, Estimate estimate) {
    Map<String, Double> at = new LinkedHashMap<>();
    at.put("context", (double) point.context());
    return estimate.as(spec.header().name(), name, unit, point.arm().toString(), at);
  }

  /** A negative log-likelihood is at least 0. */
  private static Estimate loss(ContextPoint point) {
    return estimate(point.nll()).cut(0, Double.POSITIVE_INFINITY);
  }

  private static Estimate estimate(Interval interval) {
    return new Estimate(
        interval.mean(),
        interval.mean() - interval.half(),
        interval.mean() + interval.half(),
        interval.count());
  }

  private static Estimate single(double value, ContextPoint point) {
    return new Estimate(value, Double.NaN, Double.NaN, point.nll().count());
  }
}
