package org.lambdascope.app.editor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.DetachedWindow;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.FigureActions;
import org.lambdascope.app.common.FigureOpener;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.FxDialogs;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.spec.FigureBundle;

/** The windows of the figure editor, one per figure. */
public final class FigureWindows implements FigureOpener {

  private static final double WIDTH = 1180;
  private static final double HEIGHT = 760;

  /** Closed windows that can be opened again. */
  private static final int MOST_CLOSED = 5;

  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final Function<Stage, FilePicker> files;
  private final List<Editor> open = new ArrayList<>();
  private final Deque<Editor> closed = new ArrayDeque<>();

  /**
   * Makes windows.
   *
   * @param dialogs of the main window, for what happens before there is an editor
   * @param files the file dialogs of a stage
   */
  public FigureWindows(TaskRunner tasks, Dialogs dialogs, Function<Stage, FilePicker> files) {
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.files = files;
  }

  @Override
  public void open(String name, Drawing drawing) {
    make(name, FigureDraft.of(drawing), null);
  }

  /** A stored figure, and the folder to which it can be saved without asking. */
  private record Stored(FigureDraft draft, String name, @Nullable Path folder) {}

  /**
   * Opens a stored figure.
   *
   * @param path its specification, or the folder that holds it
   */
  public void open(Path path) {
    tasks.start(
        "open " + path.getFileName(),
        c -> read(path),
        stored -> make(stored.name(), stored.draft(), stored.folder()),
        failure ->
            dialogs.error(
                ErrorReport.of(
                    "Cannot open the figure",
                    failure,
                    "A figure is a folder with figure.json and data.csv, as exports and runs write them.")));
  }

  private static Stored read(Path path) throws IOException {
    Path file = Files.isDirectory(path) ? path.resolve(FigureBundle.SPEC) : path;
    FigureDraft draft = FigureDraft.read(file);
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file’s folder");
    // One of another name may share its data with others, which must not be written over.
    boolean bundle = file.endsWith(FigureBundle.SPEC);
    return new Stored(draft, FileNames.base(bundle ? folder : file), bundle ? folder : null);
  }

  /** Asks for a stored figure and opens it. */
  public void choose(FilePicker picker) {
    picker.file("Open a figure", "Figures (figure.json)", List.of("json")).ifPresent(this::open);
  }

  /** Opens the window that was closed last again, as it was. */
  public void reopen() {
    Editor editor = closed.poll();
    if (editor == null) {
      dialogs.notice("Nothing to reopen", "No figure was closed");
    } else {
      show(editor);
    }
  }

  /** A window with what it edits. */
  private record Editor(Stage stage, FigureEditorViewModel viewModel, FigureEditorView view) {}

  private void make(String name, FigureDraft draft, @Nullable Path folder) {
    Stage stage = new Stage();
    Dialogs own = new FxDialogs(stage, tasks);
    FilePicker picker = files.apply(stage);
    FigureEditorViewModel viewModel =
        new FigureEditorViewModel(tasks, own, picker, name, draft, folder);
    FigureEditorView view =
        new FigureEditorView(viewModel, new FigureActions(tasks, tasks, own, picker, this));
    stage.setScene(new Scene(view, WIDTH, HEIGHT));
    stage.setMinWidth(820);
    stage.setMinHeight(480);
    stage.titleProperty().bind(viewModel.titleProperty());
    stage.setOnHiding(e -> DetachedWindow.leaveFullScreen(stage));
    show(new Editor(stage, viewModel, view));
  }

  private void show(Editor editor) {
    editor
        .stage()
        .setOnHidden(
            e -> {
              open.remove(editor);
              remember(editor);
            });
    open.add(editor);
    editor.stage().show();
  }

  private void remember(Editor editor) {
    closed.push(editor);
    if (closed.size() > MOST_CLOSED) {
      closed.removeLast();
    }
    if (editor.viewModel().dirtyProperty().get()) {
      dialogs.notice(
          "Closed with changes that are not saved",
          "File ▸ Reopen closed figure brings %s back".formatted(editor.viewModel().name()));
    }
  }

  /** Closes all. */
  public void closeAll() {
    for (Editor editor : List.copyOf(open)) {
      editor.stage().setOnHidden(null);
      editor.stage().close();
    }
    open.clear();
  }
}
