package org.lambdascope.app.figure.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureCsv;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.LegendPlace;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.Series;
import org.lambdascope.app.figure.Table;
import org.lambdascope.app.figure.Venue;

/**
 * The folder from which a figure is drawn again: {@value #SPEC}, {@value #DATA} and {@value
 * #REPLOT}, which does it with matplotlib.
 */
public final class FigureBundle {

  /** The specification. */
  public static final String SPEC = "figure.json";

  /** The data that it names. */
  public static final String DATA = "data.csv";

  /** The heat maps of a figure as arrays, for NumPy. */
  public static final String ARRAYS = "data.npz";

  /** The script for users of matplotlib. */
  public static final String REPLOT = "replot.py";

  private FigureBundle() {}

  /**
   * Writes the folder with a caption that is made of titles; as the other method.
   *
   * @return the specification's file
   */
  public static Path write(Path folder, Drawing drawing, ExportOptions options, Venue venue)
      throws IOException {
    return write(folder, drawing, options, venue, Captions.of(drawing));
  }

  /**
   * Writes the folder; files of these names are replaced.
   *
   * @param folder made if it is not there
   * @param options size and theme, and the configuration's hash
   * @param venue where the figure is printed
   * @param caption what a paper says below the figure
   * @return the specification's file
   */
  public static Path write(
      Path folder, Drawing drawing, ExportOptions options, Venue venue, String caption)
      throws IOException {
    Files.createDirectories(folder);
    FigureExporter.write(drawing, FigureFormat.CSV, folder.resolve(DATA), options);
    Path spec = folder.resolve(SPEC);
    FigureExporter.writeBytes(SpecFile.bytes(spec(drawing, options, venue, caption)), spec);
    if (drawing instanceof Figure figure) {
      replot(folder);
      if (HeatMapNpz.has(figure)) {
        FigureExporter.writeBytes(HeatMapNpz.bytes(figure), folder.resolve(ARRAYS));
      }
    }
    return spec;
  }

  private static void replot(Path folder) throws IOException {
    try (InputStream script = FigureBundle.class.getResourceAsStream(REPLOT)) {
      if (script == null) {
        throw new IOException("expected the resource " + REPLOT + ", found none");
      }
      FigureExporter.writeBytes(script.readAllBytes(), folder.resolve(REPLOT));
    }
  }

  private static FigureSpec spec(
      Drawing drawing, ExportOptions options, Venue venue, String caption) {
    return new FigureSpec(
        FigureSpec.SCHEMA,
        switch (drawing) {
          case Figure f -> f.title();
          case Table t -> t.title();
        },
        caption,
        drawing instanceof Figure f ? f.columns() : 0,
        drawing instanceof Figure f && f.legend() != LegendPlace.BELOW ? f.legend() : null,
        venue.id(),
        options.size().widthMm(),
        options.size().heightMm(),
        options.theme(),
        DATA,
        options.metadata().configuration(),
        drawing instanceof Figure f ? panels(f) : List.of(),
        drawing instanceof Table t ? SpecTables.spec(t) : null);
  }

  private static List<PanelSpec> panels(Figure figure) {
    List<String> panelKeys = FigureCsv.unique(figure.panels().stream().map(Panel::title).toList());
    List<List<String>> seriesKeys =
        figure.panels().stream()
            .map(p -> FigureCsv.unique(p.series().stream().map(Series::name).toList()))
            .toList();
    return SpecFigures.panels(figure, panelKeys, seriesKeys);
  }
}
