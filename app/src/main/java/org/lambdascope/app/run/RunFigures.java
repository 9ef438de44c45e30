package org.lambdascope.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureMetadata;
import org.lambdascope.app.figure.spec.FigureSet;
import org.lambdascope.app.figure.spec.RunConfiguration;
import org.lambdascope.engine.study.Experiment;
import org.lambdascope.engine.study.Metric;

/** The figures and tables of a run's experiments. */
public final class RunFigures {

  private final List<Experiment> experiments;
  private final MetricFigures figures;
  private final Path folder;

  /**
   * Makes ready, before the run, what its end may have no time for.
   *
   * @param folder where they go; made if it is not there
   * @throws IOException if the folder or the fonts cannot be made ready
   */
  public RunFigures(List<Experiment> experiments, int pretrainLength, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    FigureExporter.prepare();
    this.folder = folder;
    this.experiments = experiments;
    this.figures = new MetricFigures(pretrainLength);
  }

  /**
   * Figures and tables by file name without its ending, in the order of the experiments.
   *
   * @param metrics of all experiments, or of those that are done
   */
  public Map<String, Drawing> drawings(List<Metric> metrics) {
    Map<String, Drawing> drawings = new LinkedHashMap<>();
    for (Experiment experiment : experiments) {
      String name = experiment.spec().header().name();
      Map<String, List<Metric>> mine = new LinkedHashMap<>();
      for (Metric metric : metrics) {
        if (metric.experiment().equals(name)) {
          mine.computeIfAbsent(metric.name(), n -> new ArrayList<>()).add(metric);
        }
      }
      if (!mine.isEmpty()) {
        drawings.putAll(figures.of(experiment.spec(), mine));
        drawings.putAll(PaperTables.of(experiment.spec(), mine));
      }
    }
    drawings.values().removeIf(d -> d instanceof Figure figure && figure.isEmpty());
    return drawings;
  }

  /**
   * Writes every figure and table; all name the run's configuration.
   *
   * @param anonymous whether names are left out
   * @return the files
   */
  public List<Path> write(RunRecord run, List<Metric> metrics, boolean anonymous)
      throws IOException {
    RunConfiguration configuration =
        new RunConfiguration(
            Map.of("name", run.name(), "model", run.model(), "experiments", run.configuration()));
    List<Path> written = new ArrayList<>();
    written.add(configuration.write(folder, anonymous));
    FigureMetadata metadata = new FigureMetadata(configuration.hash(), anonymous);
    for (Map.Entry<String, Drawing> drawing : drawings(metrics).entrySet()) {
      written.addAll(FigureSet.write(folder, drawing.getKey(), drawing.getValue(), metadata));
    }
    return written;
  }
}
