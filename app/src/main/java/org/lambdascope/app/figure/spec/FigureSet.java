package org.lambdascope.app.figure.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.FigureMetadata;
import org.lambdascope.app.figure.Table;
import org.lambdascope.app.figure.Venue;

/**
 * All files of a figure or a table: PDF, SVG and PNG, of a table also LaTeX, and the folder from
 * which it is drawn again. The window and the command line both write these.
 */
public final class FigureSet {

  private static final List<FigureFormat> FORMATS =
      List.of(FigureFormat.SVG, FigureFormat.PNG, FigureFormat.PDF);

  private FigureSet() {}

  /**
   * Writes them; files of these names are replaced.
   *
   * @param folder an existing folder
   * @param name of the files, without extension
   * @param metadata what the files say of themselves
   * @return the files
   */
  public static List<Path> write(Path folder, String name, Drawing drawing, FigureMetadata metadata)
      throws IOException {
    ExportOptions options = ExportOptions.paper(drawing).withMetadata(metadata);
    List<Path> written = new ArrayList<>();
    for (FigureFormat format : FORMATS) {
      Path file = folder.resolve(name + "." + format.extension());
      FigureExporter.write(drawing, format, file, options);
      written.add(file);
    }
    if (drawing instanceof Table table) {
      Path file = folder.resolve(name + ".tex");
      FigureExporter.writeText(
          LatexTables.latex(table, Captions.of(table), name, Venue.PLAIN.spansColumns()), file);
      written.add(file);
    }
    written.add(FigureBundle.write(folder.resolve(name), drawing, options, Venue.PLAIN));
    return written;
  }
}
