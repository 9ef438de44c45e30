package org.lambdascope.engine.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.spec.ExperimentSpec;
import org.lambdascope.engine.spec.ExperimentSpec.Ablation;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mean loss past a position over a grid of an arm's parameters, and of other arms beside it
 * (LM-Infinite, fig. 5 and the ablation tables).
 */
final class AblationExperiment implements Experiment {

  /**
   * A place of the grid, or an arm beside it.
   *
   * @param at its parameters; empty for an arm beside the grid
   */
  record Cell(Arm arm, Map<String, Double> at) {}

  private final Ablation spec;
  private final StudyModel model;
  private final List<Cell> cells;
  private final List<Document> documents;

  AblationExperiment(Ablation spec, StudyModel model, List<Cell> cells, List<Document> documents) {
    this.spec = spec;
    this.model = model;
    this.cells = List.copyOf(cells);
    this.documents = List.copyOf(documents);
  }

  /** Every combination of the grid's values, the last parameter fastest. */
  static List<Map<String, Integer>> combinations(Map<String, int[]> grid) {
    List<Map<String, Integer>> all = new ArrayList<>();
    all.add(Map.of());
    for (Map.Entry<String, int[]> axis : grid.entrySet()) {
      List<Map<String, Integer>> more = new ArrayList<>();
      for (Map<String, Integer> before : all) {
        for (int value : axis.getValue()) {
          Map<String, Integer> one = new LinkedHashMap<>(before);
          one.put(axis.getKey(), value);
          more.add(one);
        }
      }
      all = more;
    }
    return all;
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
      for (int c = 0; c < cells.size(); c++) {
        Arm arm = cells.get(c).arm();
        units.add(
            new Unit(
                id(c, d),
                "%s: %s, %s".formatted(spec.header().name(), arm, document.name()),
                model.need(arm, spec.length(), 0, CaptureOptions.NONE),
                (progress, cancellation) -> run(arm, document, progress, cancellation)));
      }
    }
    return units;
  }

  private String id(int cell, int document) {
    return String.format(Locale.ROOT, "%s.c%03d.d%03d", spec.header().name(), cell, document);
  }

  private ObjectNode run(Arm arm, Document document, Progress progress, Cancellation cancellation) {
    ScoreResult result =
        model.score(
            arm,
            StudyModel.first(document.tokens(), spec.length()),
            CaptureOptions.NONE,
            progress,
            cancellation);
    double nll = result.meanNll(spec.from(), spec.length() - 1);
    ObjectNode out = Results.object().put("arm", arm.toString()).put("document", document.name());
    return Double.isFinite(nll) ? out.put("nll", nll) : out.putNull("nll");
  }

  @Override
  public List<Metric> metrics(Map<String, JsonNode> results) {
    List<Metric> metrics = new ArrayList<>();
    for (int c = 0; c < cells.size(); c++) {
      int number = c;
      double[] values =
          Results.done(results, IntStream.range(0, documents.size()).mapToObj(d -> id(number, d)))
              .stream()
              .mapToDouble(r -> Results.number(r, "nll"))
              .toArray();
      if (values.length > 0) {
        Cell cell = cells.get(c);
        metrics.add(
            Estimate.mean(values, Double.POSITIVE_INFINITY)
                .as(spec.header().name(), "nll", "nats/token", cell.arm().toString(), cell.at()));
      }
    }
    return metrics;
  }
}
