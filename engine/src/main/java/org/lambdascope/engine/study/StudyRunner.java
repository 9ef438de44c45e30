package org.lambdascope.engine.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import tools.jackson.databind.JsonNode;

/** Does the units of experiments that are not done yet, one after another. */
public final class StudyRunner {

  /** Units of progress per unit of cost are so fine that a person sees it move. */
  private static final int FINE = 1000;

  private final List<Experiment> experiments;
  private final UnitStore store;

  /** A runner of experiments whose results are in a store. */
  public StudyRunner(List<Experiment> experiments, UnitStore store) {
    this.experiments = List.copyOf(experiments);
    this.store = store;
  }

  /** How far a run has come, in units. */
  public record Done(int done, int total) {
    /** Whether nothing is left. */
    public boolean all() {
      return done == total;
    }
  }

  /** Whether a unit is stored already. */
  public boolean isDone(Unit unit) {
    return store.has(unit.id());
  }

  /** What is stored already. */
  public Done done() {
    int done = 0;
    int total = 0;
    for (Experiment experiment : experiments) {
      for (Unit unit : experiment.units()) {
        total++;
        done += store.has(unit.id()) ? 1 : 0;
      }
    }
    return new Done(done, total);
  }

  /**
   * Does what is left. When cancelled, what is finished stays.
   *
   * @param progress in thousandths of the cost of a mean unit
   * @param listener told of every unit that is done now
   */
  public Done run(Progress progress, Cancellation cancellation, UnitListener listener)
      throws IOException {
    List<Unit> left = new ArrayList<>();
    double cost = 0;
    for (Experiment experiment : experiments) {
      for (Unit unit : experiment.units()) {
        if (store.read(unit.id()).isEmpty()) {
          left.add(unit);
          cost += unit.need().work();
        }
      }
    }
    double scale = left.isEmpty() ? 0 : FINE * left.size() / cost;
    double before = 0;
    try {
      for (int i = 0; i < left.size(); i++) {
        cancellation.check();
        Unit unit = left.get(i);
        String stage = "%s (%d of %d)".formatted(unit.title(), i + 1, left.size());
        long total = (long) FINE * left.size();
        double start = before;
        Progress part =
            (ignored, done, of) ->
                progress.update(
                    stage,
                    (long)
                        (scale * (start + unit.need().work() * (of == 0 ? 1 : (double) done / of))),
                    total);
        part.update(stage, 0, 1);
        listener.started(unit);
        store.write(unit.id(), unit.work().run(part, cancellation));
        listener.done(unit);
        before += unit.need().work();
      }
    } catch (CancellationException e) {
      // Asked for: what is stored is the result.
    }
    return done();
  }

  /** Metrics of everything that is stored, in the order of the experiments. */
  public List<Metric> metrics() throws IOException {
    List<Metric> metrics = new ArrayList<>();
    for (Experiment experiment : experiments) {
      Map<String, JsonNode> results = new LinkedHashMap<>();
      for (Unit unit : experiment.units()) {
        Optional<JsonNode> result = store.read(unit.id());
        if (result.isPresent()) {
          results.put(unit.id(), result.get());
        }
      }
      metrics.addAll(experiment.metrics(results));
    }
    return metrics;
  }
}
