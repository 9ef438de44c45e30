package org.lambdascope.app.editor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
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

/**
 * A figure or a table as it is being edited: all that its specification says, and its data.
 *
 * @param drawing what is drawn
 * @param caption what a paper says below it; null: made of its titles
 * @param venue where it is printed
 * @param widthMm width of the page in millimetres; null: the venue's
 * @param heightMm height of the page in millimetres; null: what suits the panels
 * @param theme colours
 * @param configuration hash of the run's configuration; empty where there is none
 */
public record FigureDraft(
    Drawing drawing,
    @Nullable String caption,
    Venue venue,
    @Nullable Double widthMm,
    @Nullable Double heightMm,
    FigureTheme theme,
    String configuration) {

  private static final double SAME_MM = 1e-6;

  /** A drawing that is not yet made for a venue. */
  public static FigureDraft of(Drawing drawing) {
    return new FigureDraft(drawing, null, Venue.PLAIN, null, null, FigureTheme.LIGHT, "");
  }

  /**
   * Reads a specification with its data.
   *
   * @param path the file, or the folder that holds it as {@value FigureBundle#SPEC}
   * @throws IOException if one of them cannot be read, naming the file, the line and the reason
   */
  public static FigureDraft read(Path path) throws IOException {
    Path file = Files.isDirectory(path) ? path.resolve(FigureBundle.SPEC) : path;
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s: expected the specification of a figure (%s), or the folder of one; found nothing there"
              .formatted(file, FigureBundle.SPEC));
    }
    FigureSpec spec = SpecFile.read(file);
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Drawing drawing = SpecFigures.drawing(spec, folder);
    Venue venue;
    try {
      venue = spec.venue().isEmpty() ? Venue.PLAIN : Venue.of(spec.venue());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    FigureDraft draft =
        new FigureDraft(
            drawing,
            spec.caption().isEmpty() || spec.caption().equals(Captions.of(drawing))
                ? null
                : spec.caption(),
            venue,
            same(spec.widthMm(), venue.widthMm()) ? null : spec.widthMm(),
            null,
            Objects.requireNonNullElse(spec.theme(), FigureTheme.LIGHT),
            spec.configuration());
    // A height that follows from the panels goes on to follow them.
    return same(spec.heightMm(), draft.size().heightMm())
        ? draft
        : draft.withHeight(spec.heightMm());
  }

  private static boolean same(@Nullable Double asked, double mm) {
    return asked == null || Math.abs(asked - mm) < SAME_MM;
  }

  /** The page. */
  public FigureSize size() {
    double width = widthMm == null ? venue.widthMm() : widthMm;
    return heightMm == null ? drawing.pageOf(width, venue.type()) : new FigureSize(width, heightMm);
  }

  /**
   * How files are written; the command {@code figure} writes the same of what {@link #save} saves.
   *
   * @throws IllegalArgumentException if the page is too small or too large
   */
  public ExportOptions options() {
    return new ExportOptions(
        size(),
        theme,
        ExportOptions.PRINT_DPI,
        venue.type(),
        new FigureMetadata(configuration, false));
  }

  /** The caption, be it written or made of titles. */
  public String words() {
    return caption == null ? Captions.of(drawing) : caption;
  }

  /**
   * LaTeX that shows it: of a table the table itself, of a figure an environment that includes its
   * file.
   *
   * @param fileName of the figure, as LaTeX finds it
   */
  public String latex(String fileName) {
    String label = fileName.replaceFirst("\\.[^.]*$", "");
    boolean both = venue.spansColumns();
    return switch (drawing) {
      case Figure figure -> Captions.latex(words(), fileName, label, both);
      case Table table -> LatexTables.latex(table, words(), label, both);
    };
  }

  /**
   * Writes the specification and the data, from which the command {@code figure} draws the same.
   *
   * @param folder made if it is not there; files of these names are replaced
   * @return the specification's file
   */
  public Path save(Path folder) throws IOException {
    return FigureBundle.write(folder, drawing, options(), venue, words());
  }

  /** This draft of something else. */
  public FigureDraft withDrawing(Drawing newDrawing) {
    return new FigureDraft(newDrawing, caption, venue, widthMm, heightMm, theme, configuration);
  }

  /** This draft with a caption; empty: made of titles. */
  public FigureDraft withCaption(String newCaption) {
    return new FigureDraft(
        drawing,
        newCaption.isBlank() ? null : newCaption,
        venue,
        widthMm,
        heightMm,
        theme,
        configuration);
  }

  /** This draft at the width of a venue. */
  public FigureDraft withVenue(Venue newVenue) {
    return new FigureDraft(drawing, caption, newVenue, null, heightMm, theme, configuration);
  }

  /** This draft with a height in millimetres; null: what suits the panels. */
  public FigureDraft withHeight(@Nullable Double newHeightMm) {
    return new FigureDraft(drawing, caption, venue, widthMm, newHeightMm, theme, configuration);
  }

  /** This draft in other colours. */
  public FigureDraft withTheme(FigureTheme newTheme) {
    return new FigureDraft(drawing, caption, venue, widthMm, heightMm, newTheme, configuration);
  }
}
