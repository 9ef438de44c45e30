package org.lambdascope.app.common;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.FigureMetadata;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.spec.FigureSet;

/** Copies and writes figures in the background, as they belong in a paper. */
public final class FigureActions implements ChartActions {

  private final TaskRunner tasks;
  private final DrawingQueue drawing;
  private final Dialogs dialogs;
  private final FilePicker files;
  private Exported exported = (to, chart) -> {};
  private @Nullable ChartSource lastUsed;
  private final FigureOpener editor;

  /** Hears of what was written. */
  @FunctionalInterface
  public interface Exported {

    /**
     * Figures were written.
     *
     * @param to the folder with all, or the file with one
     * @param chart the name of the one; empty for all
     */
    void exported(Path to, String chart);
  }

  /**
   * Writes where {@code files} says.
   *
   * @param tasks copies and writes
   * @param drawing draws what the window shows
   */
  public FigureActions(
      TaskRunner tasks,
      TaskRunner drawing,
      Dialogs dialogs,
      FilePicker files,
      FigureOpener editor) {
    this.drawing = new DrawingQueue(drawing, Runtime.getRuntime().availableProcessors());
    this.editor = editor;
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.files = files;
  }

  /** Is to be called whenever something was written. */
  public void onExported(Exported listener) {
    exported = listener;
  }

  @Override
  public void openAsFigure(Panel panel, String name) {
    editor.open(FileNames.plain(name), Figure.of(panel));
  }

  @Override
  public void copy(Panel panel) {
    Figure figure = Figure.of(panel);
    copy(figure, ExportOptions.paper(figure));
  }

  /** Puts an image of a figure on the clipboard, at its resolution for print. */
  public void copy(Drawing figure, ExportOptions options) {
    tasks.start(
        "copy figure",
        cancellation -> SwingFXUtils.toFXImage(FigureExporter.image(figure, options), null),
        this::toClipboard,
        failure -> dialogs.error(ErrorReport.of("Cannot copy the chart", failure, "")));
  }

  @Override
  public <T> void draw(Callable<T> work, Consumer<? super T> done, Runnable failed) {
    drawing.draw(work, done, failed);
  }

  @Override
  public void used(ChartSource chart) {
    lastUsed = chart;
  }

  /** Copies the chart that was pressed or focused last. */
  public void copyLast() {
    ChartSource chart = lastUsed;
    Panel panel = chart == null ? null : chart.panel();
    if (panel == null) {
      dialogs.notice("Nothing copied", "Click a chart first; it is copied at the size of print");
    } else {
      copy(panel);
    }
  }

  private void toClipboard(Image image) {
    ClipboardContent content = new ClipboardContent();
    content.putImage(image);
    Clipboard.getSystemClipboard().setContent(content);
    dialogs.notice(
        "Copied",
        "%.0f × %.0f pixels on the clipboard".formatted(image.getWidth(), image.getHeight()));
  }

  @Override
  public void export(Panel panel, String format, String name) {
    Figure figure = Figure.of(panel);
    files
        .output(name + "." + format, format)
        .ifPresent(
            chosen -> {
              Path file = FileNames.withExtension(chosen, format);
              tasks.start(
                  "export " + file.getFileName(),
                  cancellation -> {
                    FigureFormat as = FigureFormat.valueOf(format.toUpperCase(Locale.ROOT));
                    FigureExporter.write(figure, as, file, ExportOptions.paper(figure));
                    return file;
                  },
                  written -> {
                    exported.exported(written, name);
                    dialogs.notice("Exported", FileNames.shown(written));
                  },
                  failure -> dialogs.error(ErrorReport.of("Cannot export the chart", failure, "")));
            });
  }

  /**
   * Asks for a folder and writes every figure there in every format, and as a folder from which it
   * is drawn again.
   *
   * @param figures by file name without extension
   */
  public void exportAll(Map<String, Figure> figures) {
    if (figures.isEmpty()) {
      dialogs.notice(
          "Nothing to export", "No chart has results yet: open a model and a text, then press Run");
      return;
    }
    files
        .outputFolder()
        .ifPresent(
            folder ->
                tasks.start(
                    "export to " + folder.getFileName(),
                    cancellation -> {
                      for (Map.Entry<String, Figure> entry : figures.entrySet()) {
                        FigureSet.write(
                            folder, entry.getKey(), entry.getValue(), FigureMetadata.NONE);
                      }
                      return folder;
                    },
                    written -> {
                      exported.exported(written, "");
                      dialogs.notice(
                          "Exported",
                          "%d figures as PDF, SVG, PNG and CSV in %s"
                              .formatted(figures.size(), FileNames.shown(written)));
                    },
                    failure ->
                        dialogs.error(ErrorReport.of("Cannot export the figures", failure, ""))));
  }
}
