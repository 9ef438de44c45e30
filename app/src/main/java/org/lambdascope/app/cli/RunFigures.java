package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.run.MetricFigures;
import org.lambdascope.engine.study.Experiment;
import org.lambdascope.engine.study.Metric;

/** Writes the figures of a run's experiments. */
final class RunFigures {

  private static final List<FigureFormat> FORMATS =
      List.of(FigureFormat.PDF, FigureFormat.SVG, FigureFormat.PNG, FigureFormat.CSV);

  private final List<Experiment> experiments;
  private final MetricFigures figures;

  RunFigures(List<Experiment> experiments, int pretrainLength) {
    this.experiments = experiments;
    this.figures = new MetricFigures(pretrainLength);
  }

  /**
   * Writes a file per figure and format.
   *
   * @return the files
   */
  List<Path> write(List<Metric> metrics, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> written = new ArrayList<>();
    for (Experiment experiment : experiments) {
      String name = experiment.spec().header().name();
      Map<String, List<Metric>> mine = new LinkedHashMap<>();
      for (Metric metric : metrics) {
        if (metric.experiment().equals(name)) {
          mine.computeIfAbsent(metric.name(), n -> new ArrayList<>()).add(metric);
        }
      }
      for (Map.Entry<String, Figure> figure : figures.of(experiment.spec(), mine).entrySet()) {
        ExportOptions options = ExportOptions.paper(figure.getValue());
        for (FigureFormat format : FORMATS) {
          Path file = folder.resolve("%s.%s".formatted(figure.getKey(), format.extension()));
          FigureExporter.write(figure.getValue(), format, file, options);
          written.add(file);
        }
      }
    }
    return written;
  }
}
