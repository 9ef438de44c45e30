package org.lambdascope.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.common.FixedFiles;
import org.lambdascope.app.common.ManualTaskRunner;
import org.lambdascope.app.common.RecordingDialogs;
import org.lambdascope.app.figure.AxisSpec;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.LegendPlace;
import org.lambdascope.app.figure.LineSeries;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.SampleFigures;
import org.lambdascope.app.figure.Venue;

/** What the editor does to a figure, without a toolkit. */
class FigureEditorViewModelTest {

  @TempDir Path folder;
  private final ManualTaskRunner tasks = new ManualTaskRunner();
  private final RecordingDialogs dialogs = new RecordingDialogs();
  private final FixedFiles files = new FixedFiles();
  private FigureEditorViewModel editor = editor(FigureDraft.of(figure("a", "b", "c")), null);

  private static Figure figure(String... titles) {
    return new Figure(
        "",
        Arrays.stream(titles)
            .map(
                t ->
                    new Panel(
                        t,
                        "",
                        AxisSpec.linear("x"),
                        AxisSpec.linear("y"),
                        List.of(
                            LineSeries.of("one", new double[] {1, 2}, new double[] {3, 4}, 0),
                            LineSeries.of("two", new double[] {1, 2}, new double[] {4, 3}, 1)),
                        List.of(),
                        null))
            .toList(),
        titles.length);
  }

  private FigureEditorViewModel editor(FigureDraft draft, @Nullable Path at) {
    return new FigureEditorViewModel(tasks, dialogs, files, "figure", draft, at);
  }

  @BeforeEach
  void settle() {
    tasks.pass(100);
    tasks.workAll();
  }

  private List<String> panels() {
    return editor.figure().orElseThrow().panels().stream().map(Panel::title).toList();
  }

  private int columns() {
    return editor.figure().orElseThrow().columns();
  }

  @Test
  void thePageIsDrawnAtItsSize() {
    assertThat(editor.pageWords()).startsWith("160.0 × ");
    assertThat(Objects.requireNonNull(editor.preview().imageProperty().get()).getWidth())
        .isEqualTo((int) Math.round(160 / 25.4 * 96));
    editor.edit("venue", d -> d.withVenue(Venue.ACL_COLUMN));
    editor.preview().zoomProperty().set(2);
    settle();
    assertThat(editor.pageWords()).startsWith("77.0 × ");
    assertThat(Objects.requireNonNull(editor.preview().imageProperty().get()).getWidth())
        .isEqualTo((int) Math.round(77 / 25.4 * 192));
  }

  @Test
  void panelsMoveAndRowsChange() {
    editor.movePanel(2, 0);
    assertThat(panels()).containsExactly("c", "a", "b");
    assertThat(editor.panelProperty().get()).isZero();
    editor.setColumns(2);
    assertThat(columns()).isEqualTo(2);
    assertThat(editor.figure().orElseThrow().rows()).isEqualTo(2);
    editor.removePanel(1);
    assertThat(panels()).containsExactly("c", "b");
    editor.append(figure("d"));
    assertThat(panels()).containsExactly("c", "b", "d");
    assertThat(columns()).isEqualTo(3);
    for (int i = 0; i < 4; i++) {
      editor.undo();
    }
    assertThat(panels()).containsExactly("a", "b", "c");
    assertThat(columns()).isEqualTo(3);
    assertThat(editor.dirtyProperty().get()).isFalse();
    editor.redo();
    assertThat(panels()).containsExactly("c", "a", "b");
  }

  @Test
  void lettersOfATitleAreOneStep() {
    for (String title : List.of("T", "Ti", "Tit")) {
      editor.editFigure("title", f -> FigureEdits.titled(f, title));
    }
    editor.editFigure("legend", f -> FigureEdits.withLegend(f, LegendPlace.NONE));
    assertThat(editor.history().undoableProperty().get()).isEqualTo("legend");
    editor.undo();
    editor.undo();
    assertThat(editor.figure().orElseThrow().title()).isEmpty();
    assertThat(editor.history().undoableProperty().get()).isEmpty();
  }

  @Test
  void namesAndColoursOfSeriesChangeInEveryPanel() {
    LegendEntry one = FigureEdits.entries(editor.figure().orElseThrow()).getFirst();
    editor.editFigure("name", f -> FigureEdits.renamed(f, one, "first"));
    editor.editFigure("colour", f -> FigureEdits.coloured(f, FigureEdits.entries(f).getFirst(), 5));
    assertThat(FigureEdits.entries(editor.figure().orElseThrow()))
        .containsExactly(new LegendEntry("first", false, 5), new LegendEntry("two", false, 1));
  }

  @Test
  void aPageThatCannotBeIsRefused() {
    FigureDraft before = editor.draft();
    editor.edit("height", d -> d.withHeight(3.0));
    assertThat(editor.draft()).isEqualTo(before);
    assertThat(editor.problemProperty().get()).contains("from 20.0 to 2000.0 mm");
    editor.edit("height", d -> d.withHeight(60.0));
    assertThat(editor.problemProperty().get()).isEmpty();
  }

  @Test
  void whatIsSavedIsOpenedAgainAsItWas() throws IOException {
    editor.edit("venue", d -> d.withVenue(Venue.NATURE_COLUMN));
    editor.edit("caption", d -> d.withCaption("Mine."));
    files.choose(folder);
    editor.save();
    settle();
    assertThat(dialogs.errors()).isEmpty();
    assertThat(editor.dirtyProperty().get()).isFalse();
    FigureDraft again = FigureDraft.read(folder.resolve("figure"));
    assertThat(again.words()).isEqualTo("Mine.");
    assertThat(again.venue()).isEqualTo(Venue.NATURE_COLUMN);
    assertThat(again.heightMm()).isNull();
    editor.editFigure("title", f -> FigureEdits.titled(f, "Later"));
    files.cancel();
    editor.save();
    settle();
    assertThat(((Figure) FigureDraft.read(folder.resolve("figure")).drawing()).title())
        .isEqualTo("Later");
  }

  @Test
  void whatCannotBeWrittenLeavesTheFigure() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    files.choose(file.resolve("chart.pdf"));
    editor.export(FigureFormat.PDF);
    files.choose(file);
    editor.saveAs();
    files.choose(folder.resolve("none.json"));
    editor.appendStored();
    settle();
    assertThat(dialogs.errors()).hasSize(3);
    assertThat(dialogs.errors().getFirst().message()).contains("chart.pdf");
    assertThat(panels()).hasSize(3);
  }

  @Test
  void aTableIsEditedToo() {
    editor = editor(FigureDraft.of(SampleFigures.table()), null);
    settle();
    assertThat(editor.figure()).isEmpty();
    editor.editFigure("title", f -> FigureEdits.titled(f, "never"));
    assertThat(editor.dirtyProperty().get()).isFalse();
    files.choose(folder.resolve("table"));
    editor.exportLatex();
    settle();
    assertThat(folder.resolve("table.tex")).content().contains("\\begin{tabular}");
  }
}
