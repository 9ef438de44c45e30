package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.FigureActions;
import org.lambdascope.app.common.FigureOpener;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.editor.FigureDraft;
import org.lambdascope.app.editor.FigureEditorViewModel;
import org.lambdascope.app.editor.FigureEdits;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.LegendPlace;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.SampleFigures;
import org.lambdascope.app.figure.Venue;

/** The window and the command line export the same figure to the same bytes. */
final class WindowExportTest {

  @TempDir Path folder;
  private final Map<String, Figure> figures = SampleFigures.kinds();
  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final RecordingDialogs dialogs = new RecordingDialogs();
  private final FixedFiles files = new FixedFiles();
  private Path window = Path.of("");
  private Path commandLine = Path.of("");

  @BeforeEach
  void make() throws IOException {
    window = Files.createDirectory(folder.resolve("window"));
    files.output = Optional.of(window);
    commandLine = folder.resolve("command-line");
  }

  @Test
  void allFiguresAreEqualToTheLastByte() throws IOException {
    new FigureActions(tasks, tasks, dialogs, files, FigureOpener.NONE).exportAll(figures);
    tasks.workAll();
    assertThat(dialogs.errors()).isEmpty();
    FigureFiles targets = FigureFiles.into(commandLine);
    for (Map.Entry<String, Figure> figure : figures.entrySet()) {
      targets.figure(figure.getKey(), figure.getValue());
    }
    List<Path> expected = tree(commandLine);
    assertThat(tree(window)).isEqualTo(expected).hasSizeGreaterThan(6 * figures.size() - 1);
    for (Path file : expected) {
      assertThat(window.resolve(file)).hasSameBinaryContentAs(commandLine.resolve(file));
    }
  }

  @Test
  void thatThereIsNothingToExportIsNoDialog() {
    new FigureActions(tasks, tasks, dialogs, files, FigureOpener.NONE).exportAll(Map.of());
    tasks.workAll();
    assertThat(dialogs.errors()).isEmpty();
    assertThat(dialogs.notices()).singleElement().asString().startsWith("Nothing to export");
  }

  @Test
  void theCommandFigureDrawsWhatTheWindowExported() throws IOException {
    FigureActions actions = new FigureActions(tasks, tasks, dialogs, files, FigureOpener.NONE);
    Panel panel = Objects.requireNonNull(figures.get("heat-map")).panels().getFirst();
    actions.exportAll(Map.of("map", Figure.of(panel)));
    for (String format : List.of("pdf", "svg", "png")) {
      actions.export(panel, format, "chart");
      tasks.workAll();
      Path again = folder.resolve("again." + format);
      Invocation drawn =
          Invocation.of("figure", window.resolve("map").toString(), "--out", again.toString());
      assertThat(drawn.status).as(drawn.err).isZero();
      assertThat(again).hasSameBinaryContentAs(window.resolve("chart." + format));
    }
  }

  @Test
  void theCommandFigureDrawsWhatTheEditorExported() throws IOException {
    for (Map.Entry<String, Figure> kind : figures.entrySet()) {
      FigureEditorViewModel editor =
          new FigureEditorViewModel(
              tasks, dialogs, files, kind.getKey(), FigureDraft.of(kind.getValue()), null);
      editor.edit("venue", d -> d.withVenue(Venue.NEURIPS));
      editor.edit("height", d -> d.withHeight(93.25));
      editor.edit("caption", d -> d.withCaption("As measured."));
      editor.editFigure("title", f -> FigureEdits.titled(f, "Edited, with “quotes”"));
      editor.editFigure("legend", f -> FigureEdits.withLegend(f, LegendPlace.ABOVE));
      editor.editFigure(
          "label", f -> FigureEdits.withAxis(f, 0, true, true, a -> a.withLabel("place (tokens)")));
      editor.movePanel(0, 1);
      editor.editFigure(
          "names",
          f ->
              FigureEdits.entries(f).isEmpty()
                  ? f
                  : FigureEdits.renamed(f, FigureEdits.entries(f).getFirst(), "first, renamed"));
      editor.save();
      for (FigureFormat format : List.of(FigureFormat.PDF, FigureFormat.SVG, FigureFormat.PNG)) {
        editor.export(format);
      }
      editor.exportLatex();
      tasks.workAll();
      assertThat(dialogs.errors()).isEmpty();
      for (String format : List.of("pdf", "svg", "png")) {
        Path again = folder.resolve(kind.getKey() + "." + format);
        Path caption = folder.resolve(kind.getKey() + ".tex");
        Invocation drawn =
            Invocation.of(
                "figure",
                window.resolve(kind.getKey()).toString(),
                "--out",
                again.toString(),
                "--caption",
                caption.toString());
        assertThat(drawn.status).as(drawn.err).isZero();
        assertThat(again).hasSameBinaryContentAs(window.resolve(kind.getKey() + "." + format));
        if (format.equals("pdf")) {
          assertThat(caption).hasSameBinaryContentAs(window.resolve(kind.getKey() + ".tex"));
        }
      }
    }
  }

  private static List<Path> tree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }
}
