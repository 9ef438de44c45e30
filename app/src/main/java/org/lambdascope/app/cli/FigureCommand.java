package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.FigureMetadata;
import org.lambdascope.app.figure.FigureSize;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Table;
import org.lambdascope.app.figure.Venue;
import org.lambdascope.app.figure.spec.Captions;
import org.lambdascope.app.figure.spec.FigureBundle;
import org.lambdascope.app.figure.spec.FigureSpec;
import org.lambdascope.app.figure.spec.LatexTables;
import org.lambdascope.app.figure.spec.SpecFigures;
import org.lambdascope.app.figure.spec.SpecFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws stored figures again, for print at a venue. */
@Command(
    name = "figure",
    description = "Draw a stored figure or table again, at the size and in the type of a venue.",
    sortOptions = false,
    footer = {
      "",
      "SPEC is a figure.json, or the folder that holds one and its data.csv, as demo",
      "and probe write them. The format follows from the name: .pdf, .svg, .png, .csv.",
      "",
      "Examples:",
      "  lambdascope figure figures/nll --venue neurips --out nll.pdf",
      "  lambdascope figure figures/nll --venue acl-column --anonymous \\",
      "      --out nll.pdf --out nll.svg --caption nll.tex"
    })
final class FigureCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "SPEC", description = "The specification, or its folder.")
  private Path spec = Path.of("");

  @Option(
      names = "--venue",
      paramLabel = "V",
      description = {
        "Where it is printed: plain, acl-column, acl-full, neurips, icml-column, icml-full,",
        "ieee-column, ieee-full, nature-column, nature-full; what SPEC says by default."
      })
  private @Nullable String venue;

  @Option(
      names = "--height",
      paramLabel = "MM",
      description = "Height of the page in millimetres; what suits the panels by default.")
  private @Nullable Double height;

  @Option(
      names = "--theme",
      paramLabel = "T",
      description = "Colours: ${COMPLETION-CANDIDATES}; what SPEC says by default.")
  private @Nullable FigureTheme theme;

  @Option(
      names = "--dpi",
      paramLabel = "N",
      description = "Pixels per inch of a PNG (default: ${DEFAULT-VALUE}).")
  private int dpi = ExportOptions.PRINT_DPI;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; may be given several times.")
  private List<Path> out = new ArrayList<>();

  @Option(
      names = "--caption",
      paramLabel = "TEX",
      description = {
        "Write LaTeX to this file: a figure with the caption of SPEC; of a table, the table",
        "itself (booktabs)."
      })
  private @Nullable Path caption;

  @Option(
      names = "--anonymous",
      description = "Leave the program's name out of the files, for double-blind review.")
  private boolean anonymous;

  FigureCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    OutputFile.requireName("SPEC", spec);
    ModelArguments.between("--dpi", dpi, 36, 2400);
    Path file = Files.isDirectory(spec) ? spec.resolve(FigureBundle.SPEC) : spec;
    FigureSpec read = SpecFile.read(file);
    Venue place = venue(read, file);
    List<FigureFormat> formats = new ArrayList<>();
    for (Path path : out) {
      OutputFile.requireName("--out", path);
      try {
        formats.add(FigureFormat.of(path));
      } catch (IllegalArgumentException e) {
        throw CliException.usage("--out " + e.getMessage());
      }
    }
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Drawing drawing = SpecFigures.drawing(read, folder);
    ExportOptions options = options(read, drawing, place);
    for (int i = 0; i < out.size(); i++) {
      FigureExporter.write(drawing, formats.get(i), out.get(i), options);
      terminal.out().println(out.get(i));
    }
    if (caption != null) {
      Path pictured = out.getFirst().getFileName();
      String name = String.valueOf(pictured);
      String label = name.replaceFirst("\\.[^.]*$", "");
      boolean both = place.spansColumns();
      String latex =
          switch (drawing) {
            case Figure figure -> Captions.latex(read.caption(), name, label, both);
            case Table table -> LatexTables.latex(table, read.caption(), label, both);
          };
      FigureExporter.writeText(latex, caption);
      terminal.out().println(caption);
    }
    terminal.out().flush();
    return ExitStatus.OK;
  }

  private Venue venue(FigureSpec read, Path file) {
    try {
      return Venue.of(
          venue != null ? venue : read.venue().isEmpty() ? Venue.PLAIN.id() : read.venue());
    } catch (IllegalArgumentException e) {
      throw venue != null
          ? CliException.usage("--" + e.getMessage())
          : CliException.failure(file + ": " + e.getMessage());
    }
  }

  private ExportOptions options(FigureSpec read, Drawing drawing, Venue place) {
    // The page that a specification asks for is that of its own venue.
    boolean own = venue == null;
    Double ownWidth = read.widthMm();
    Double ownHeight = read.heightMm();
    double widthMm = own && ownWidth != null ? ownWidth : place.widthMm();
    FigureSize size = drawing.pageOf(widthMm, place.type());
    if (height != null || (own && ownHeight != null)) {
      double heightMm = height != null ? height : Objects.requireNonNull(ownHeight);
      try {
        size = new FigureSize(widthMm, heightMm);
      } catch (IllegalArgumentException e) {
        throw CliException.usage("--height: " + e.getMessage());
      }
    }
    FigureTheme colours =
        theme != null ? theme : Objects.requireNonNullElse(read.theme(), FigureTheme.LIGHT);
    return new ExportOptions(
        size, colours, dpi, place.type(), new FigureMetadata(read.configuration(), anonymous));
  }
}
