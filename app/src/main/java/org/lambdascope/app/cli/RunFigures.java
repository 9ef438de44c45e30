package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.spec.RunConfiguration;
import org.lambdascope.app.run.MetricFigures;
import org.lambdascope.app.run.PaperTables;
import org.lambdascope.app.run.RunRecord;
import org.lambdascope.engine.study.Experiment;
import org.lambdascope.engine.study.Metric;

/** Writes the figures and tables of a run's experiments. */
final class RunFigures {

  private final List<Experiment> experiments;
  private final MetricFigures figures;
  private final FigureFiles files;

  /**
   * Makes ready, before the run, what its end may have no time for.
   *
   * @param files where they go
   */
  RunFigures(List<Experiment> experiments, int pretrainLength, FigureFiles files) {
    this.files = files;
    this.experiments = experiments;
    this.figures = new MetricFigures(pretrainLength);
  }

  /**
   * Writes every figure and table; all name the run's configuration.
   *
   * @param anonymous whether names are left out
   * @return the files
   */
  List<Path> write(RunRecord run, List<Metric> metrics, boolean anonymous) throws IOException {
    files.configuration(
        new RunConfiguration(
            Map.of("name", run.name(), "model", run.model(), "experiments", run.configuration())),
        anonymous);
    for (Experiment experiment : experiments) {
      String name = experiment.spec().header().name();
      Map<String, List<Metric>> mine = new LinkedHashMap<>();
      for (Metric metric : metrics) {
        if (metric.experiment().equals(name)) {
          mine.computeIfAbsent(metric.name(), n -> new ArrayList<>()).add(metric);
        }
      }
      Map<String, Drawing> drawings = new LinkedHashMap<>(figures.of(experiment.spec(), mine));
      drawings.putAll(PaperTables.of(experiment.spec(), mine));
      for (Map.Entry<String, Drawing> drawing : drawings.entrySet()) {
        files.figure(drawing.getKey(), drawing.getValue());
      }
    }
    return files.written();
  }
}
