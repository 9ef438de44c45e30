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
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.SampleFigures;

/** The window and the command line export the same figure to the same bytes. */
final class WindowExportTest {

  @TempDir Path folder;
  private final Map<String, Figure> figures = SampleFigures.kinds();
  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final RecordingDialogs dialogs = new RecordingDialogs();
  private Path window = Path.of("");
  private Path commandLine = Path.of("");

  /** Chooses the folder of the window's export. */
  private final class Chosen implements FilePicker {
    @Override
    public Optional<Path> modelFolder() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> modelFile() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> text() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> file(String title, String kind, List<String> extensions) {
      return Optional.empty();
    }

    @Override
    public Optional<Path> folder(String title) {
      return Optional.of(window);
    }

    @Override
    public Optional<Path> outputFolder() {
      return Optional.of(window);
    }

    @Override
    public Optional<Path> output(String name, String extension) {
      return Optional.of(window.resolve(name));
    }
  }

  @BeforeEach
  void make() throws IOException {
    window = Files.createDirectory(folder.resolve("window"));
    commandLine = folder.resolve("command-line");
  }

  @Test
  void allFiguresAreEqualToTheLastByte() throws IOException {
    new FigureActions(tasks, dialogs, new Chosen()).exportAll(figures);
    tasks.workAll();
    assertThat(dialogs.errors()).isEmpty();
    FigureFiles files = FigureFiles.into(commandLine);
    for (Map.Entry<String, Figure> figure : figures.entrySet()) {
      files.figure(figure.getKey(), figure.getValue());
    }
    List<Path> expected = tree(commandLine);
    assertThat(tree(window)).isEqualTo(expected).hasSizeGreaterThan(6 * figures.size() - 1);
    for (Path file : expected) {
      assertThat(window.resolve(file)).hasSameBinaryContentAs(commandLine.resolve(file));
    }
  }

  @Test
  void theCommandFigureDrawsWhatTheWindowExported() throws IOException {
    FigureActions actions = new FigureActions(tasks, dialogs, new Chosen());
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

  private static List<Path> tree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }
}
