package org.lambdascope.app.editor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.command.Command;
import org.lambdascope.app.common.Coalescer;
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

/**
 * The windows of the figure editor, one per figure. Changes that are not saved are kept in a folder
 * once there is one, so that they survive the windows.
 */
public final class FigureWindows implements FigureOpener {

  private static final double WIDTH = 1180;
  private static final double HEIGHT = 760;

  /** How long a change waits for others before it is kept. */
  private static final Duration KEEP = Duration.ofSeconds(5);

  /** Closed windows that can be opened again. */
  private static final int MOST_CLOSED = 5;

  private static final Logger LOG = Logger.getLogger(FigureWindows.class.getName());

  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final Function<Stage, FilePicker> files;
  private final List<Editor> open = new ArrayList<>();
  private final Deque<Editor> closed = new ArrayDeque<>();
  private BiConsumer<Path, Path> drawn = (stored, out) -> {};
  private @Nullable Path keptIn;
  private long order;
  private final ObservableList<Command> commands = FXCollections.observableArrayList();

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

  /** What can be done with the figure whose window was used last; none while none is open. */
  public ObservableList<Command> commands() {
    return commands;
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
  private record Editor(
      Stage stage, FigureEditorViewModel viewModel, FigureEditorView view, KeptDraft kept) {}

  /** Is to be called with a stored figure and a file whenever it was saved, or drawn there. */
  public void onDrawn(BiConsumer<Path, Path> listener) {
    drawn = listener;
  }

  /** Keeps what is not saved in a folder from now on; it is made when there is something. */
  public void keepIn(Path folder) {
    keptIn = folder;
    open.forEach(this::keep);
    closed.forEach(this::keep);
  }

  /**
   * Opens the figures that another window kept.
   *
   * @param opened called when this one keeps them
   */
  public void openKept(Path folder, Runnable opened) {
    tasks.start(
        "open kept figures",
        c -> KeptDraft.in(folder),
        found -> {
          for (KeptDraft.Found figure : found) {
            make(figure.name(), figure.draft(), figure.folder()).viewModel().restored();
          }
          Writing all = unsaved();
          tasks.start(
              "keep figures",
              c -> {
                all.write();
                return found;
              },
              written -> opened.run(),
              failure -> notKept(failure));
        },
        failure -> dialogs.error(ErrorReport.of("Cannot open the figures", failure, "")));
  }

  /** What is to be written when the windows are closed, on another thread. */
  public Runnable ending() {
    Writing all = unsaved();
    return () -> {
      try {
        all.write();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "figures that were not saved", e);
      }
    };
  }

  /** Work that writes. */
  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  /** Keeps all figures as they are now. */
  private Writing unsaved() {
    List<Writing> all = Stream.concat(open.stream(), closed.stream()).map(this::kept).toList();
    return () -> {
      for (Writing one : all) {
        one.write();
      }
    };
  }

  private void keep(Editor editor) {
    Writing now = kept(editor);
    tasks.start(
        "keep " + editor.viewModel().name(),
        c -> {
          now.write();
          return true;
        },
        written -> {},
        this::notKept);
  }

  private void notKept(Throwable failure) {
    LOG.log(Level.INFO, "a figure that is not saved is not kept either", failure);
  }

  /** Keeps a figure as it is now; of one without unsaved changes, nothing. */
  private Writing kept(Editor editor) {
    Path in = keptIn;
    if (in == null) {
      return () -> {};
    }
    FigureEditorViewModel edited = editor.viewModel();
    FigureDraft draft = edited.dirtyProperty().get() ? edited.draft() : null;
    Path savedIn = edited.folder();
    long number = order++;
    return () -> editor.kept().keep(in, number, edited.name(), draft, savedIn);
  }

  private Editor make(String name, FigureDraft draft, @Nullable Path folder) {
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
    viewModel.onDrawn((stored, out) -> drawn.accept(stored, out));
    Editor editor = new Editor(stage, viewModel, view, new KeptDraft());
    Coalescer soon = new Coalescer(tasks, KEEP);
    viewModel.draftProperty().subscribe((before, now) -> soon.offer(() -> keep(editor)));
    viewModel.dirtyProperty().subscribe((before, now) -> soon.offer(() -> keep(editor)));
    stage
        .focusedProperty()
        .subscribe(
            focused -> {
              if (focused) {
                offer(editor);
              }
            });
    show(editor);
    return editor;
  }

  private void show(Editor editor) {
    editor
        .stage()
        .setOnHidden(
            e -> {
              open.remove(editor);
              offerLast();
              remember(editor);
            });
    open.add(editor);
    offerLast();
    editor.stage().show();
  }

  private void offer(Editor editor) {
    commands.setAll(EditorCommands.withoutKeys(editor.view().commands()));
  }

  private void offerLast() {
    if (open.isEmpty()) {
      commands.clear();
    } else {
      offer(open.getLast());
    }
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
