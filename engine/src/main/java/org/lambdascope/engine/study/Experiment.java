package org.lambdascope.engine.study;

import java.util.List;
import java.util.Map;
import org.lambdascope.engine.spec.ExperimentSpec;
import tools.jackson.databind.JsonNode;

/** An experiment whose model and texts are there. */
public interface Experiment {

  /** What was asked for. */
  ExperimentSpec spec();

  /** All the work, in the order in which it is best done. */
  List<Unit> units();

  /**
   * Metrics of what is done.
   *
   * @param results by unit id, in the order of {@link #units}; units that are not done are absent
   */
  List<Metric> metrics(Map<String, JsonNode> results);
}
