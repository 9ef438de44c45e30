package org.lambdascope.app.editor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.common.UndoStack;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureFormat;
import org.lambdascope.app.figure.FigureSize;
import org.lambdascope.app.figure.spec.FigureBundle;

/**
 * A figure that is being edited: its draft, the page as it will be printed, and what was undone.
 */
public final class FigureEditorViewModel {

  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final FilePicker files;
  private final String name;
  private final ReadOnlyObjectWrapper<FigureDraft> draft;
  private final PagePreview preview;
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper(false);
  private final IntegerProperty panel = new SimpleIntegerProperty(0);
  private final BooleanProperty alike = new SimpleBooleanProperty(true);
  private final UndoStack<FigureDraft> undo = new UndoStack<>();
  private final StringBinding title;
  private BiConsumer<Path, Path> drawn = (stored, out) -> {};
  private @Nullable FigureDraft saved;
  private @Nullable Path folder;

  /**
   * Edits a draft.
   *
   * @param name of its files, without extension
   * @param folder where it was saved; null if it was not
   */
  public FigureEditorViewModel(
      TaskRunner tasks,
      Dialogs dialogs,
      FilePicker files,
      String name,
      FigureDraft opened,
      @Nullable Path folder) {
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.files = files;
    this.name = name;
    this.folder = folder;
    draft = new ReadOnlyObjectWrapper<>(opened);
    saved = opened;
    preview = new PagePreview(tasks, draft, problem::set);
    title =
        Bindings.createStringBinding(
            () -> (dirty.get() ? "• " : "") + name + " – Figure – Lambdascope", dirty);
  }

  /** The figure as it is now. */
  public ReadOnlyObjectProperty<FigureDraft> draftProperty() {
    return draft.getReadOnlyProperty();
  }

  /** The figure as it is now. */
  public FigureDraft draft() {
    return draft.get();
  }

  /** The page, drawn as exports draw it. */
  public PagePreview preview() {
    return preview;
  }

  /** What stands in the way of the last change; empty if nothing does. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Whether there are changes that are not saved. */
  public ReadOnlyBooleanProperty dirtyProperty() {
    return dirty.getReadOnlyProperty();
  }

  /** The panel whose properties are shown, from 0. */
  public IntegerProperty panelProperty() {
    return panel;
  }

  /** Whether a change of an axis is one of all panels. */
  public BooleanProperty alikeProperty() {
    return alike;
  }

  /** The window's title. */
  public StringBinding titleProperty() {
    return title;
  }

  /** What can be taken back. */
  public UndoStack<FigureDraft> history() {
    return undo;
  }

  /** Is to be called with the stored figure and the file whenever what is stored can be drawn. */
  void onDrawn(BiConsumer<Path, Path> listener) {
    drawn = listener;
  }

  /** Where it was saved; null if it was not. */
  @Nullable Path folder() {
    return folder;
  }

  /** Takes the draft for one that is not saved, as it was when it was kept. */
  void restored() {
    saved = null;
    dirty.set(true);
  }

  /** Of its files, without extension. */
  public String name() {
    return name;
  }

  /** The page's size in words. */
  public String pageWords() {
    try {
      FigureSize size = draft().size();
      return String.format(Locale.ROOT, "%.1f × %.1f mm", size.widthMm(), size.heightMm());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /**
   * Changes the draft, unless it could not be drawn then.
   *
   * @param what changes, for the history
   */
  public void edit(String what, UnaryOperator<FigureDraft> change) {
    FigureDraft before = draft.get();
    FigureDraft after;
    try {
      after = change.apply(before);
      Objects.requireNonNull(after.size(), "a page");
    } catch (IllegalArgumentException e) {
      problem.set(String.valueOf(e.getMessage()));
      return;
    }
    problem.set("");
    if (!after.equals(before)) {
      undo.changed(what, before);
      show(after);
    }
  }

  /** Changes the figure; nothing if a table is edited. */
  public void editFigure(String what, UnaryOperator<Figure> change) {
    edit(what, d -> d.drawing() instanceof Figure f ? d.withDrawing(change.apply(f)) : d);
  }

  /** Says what is wrong with what was typed; nothing is changed. */
  public void refuse(String why) {
    problem.set(why);
  }

  /** Moves a panel; the others close up, and the letters follow. */
  public void movePanel(int from, int to) {
    undo.seal();
    editFigure("move panel", f -> FigureEdits.moved(f, from, to));
    panel.set(figure().map(f -> Math.clamp(to, 0, f.panels().size() - 1)).orElse(0));
  }

  /** Sets how many panels stand in a row. */
  public void setColumns(int columns) {
    undo.seal();
    editFigure("rows", f -> FigureEdits.withColumns(f, columns));
  }

  /** Takes a panel out. */
  public void removePanel(int index) {
    undo.seal();
    panel.set(
        Math.max(0, Math.min(panel.get(), figure().map(f -> f.panels().size()).orElse(1) - 2)));
    editFigure("remove panel", f -> FigureEdits.without(f, index));
  }

  /** Puts the panels of another figure behind those that are there. */
  public void append(Figure more) {
    undo.seal();
    editFigure("add panels", f -> FigureEdits.with(f, more.panels()));
  }

  /** Asks for a stored figure and puts its panels behind those that are there. */
  public void appendStored() {
    files
        .file("Add the panels of a figure", "Figures (figure.json)", List.of("json"))
        .ifPresent(
            file ->
                tasks.start(
                    "open " + file.getFileName(),
                    c -> FigureDraft.read(file),
                    read -> {
                      if (read.drawing() instanceof Figure more) {
                        append(more);
                      } else {
                        fail("Cannot add its panels", new IOException(file + ": holds a table"));
                      }
                    },
                    failure -> fail("Cannot add its panels", failure)));
  }

  /** The figure; empty if it is a table. */
  public Optional<Figure> figure() {
    return draft().drawing() instanceof Figure figure ? Optional.of(figure) : Optional.empty();
  }

  /** Takes the last step back. */
  public void undo() {
    undo.undo(draft()).ifPresent(this::show);
  }

  /** Does again what was taken back. */
  public void redo() {
    undo.redo(draft()).ifPresent(this::show);
  }

  private void show(FigureDraft now) {
    int panels = now.drawing() instanceof Figure f ? f.panels().size() : 1;
    if (panel.get() >= panels) {
      panel.set(panels - 1);
    }
    draft.set(now);
    dirty.set(!now.equals(saved));
  }

  /** Asks for a file and writes the figure there, as the command {@code figure} does. */
  public void export(FigureFormat format) {
    FigureDraft now = draft();
    String extension = format.extension();
    files
        .output(name + "." + extension, extension)
        .ifPresent(
            chosen -> {
              Path file = FileNames.withExtension(chosen, extension);
              start(
                  "export",
                  () -> FigureExporter.write(now.drawing(), format, file, now.options()),
                  nothing -> {
                    Path stored = folder;
                    if (stored != null && now.equals(saved)) {
                      drawn.accept(stored, file);
                    }
                    dialogs.notice("Exported", FileNames.shown(file));
                  });
            });
  }

  /** Asks for a file and writes LaTeX there: a table, or the environment of a figure. */
  public void exportLatex() {
    FigureDraft now = draft();
    files
        .output(name + ".tex", "tex")
        .ifPresent(
            chosen -> {
              Path file = FileNames.withExtension(chosen, "tex");
              String pictured = FileNames.base(file) + ".pdf";
              start(
                  "export",
                  () -> FigureExporter.writeText(now.latex(pictured), file),
                  nothing -> dialogs.notice("Exported", FileNames.shown(file)));
            });
  }

  /**
   * Saves the specification with its data where it was saved before; asks for a folder at first.
   */
  public void save() {
    Path where = folder;
    if (where == null) {
      saveAs();
    } else {
      save(where);
    }
  }

  /** Asks for a folder and saves the specification with its data in one of the figure's name. */
  public void saveAs() {
    files
        .folder("Save the figure in a folder of its own in")
        .ifPresent(in -> save(in.resolve(name)));
  }

  private void save(Path where) {
    FigureDraft now = draft();
    start(
        "save",
        () -> {
          if (Files.exists(where) && !Files.isDirectory(where)) {
            throw new IOException(where + ": expected a folder to write into, found a file");
          }
          now.save(where);
        },
        nothing -> {
          folder = where;
          saved = now;
          dirty.set(!draft().equals(saved));
          drawn.accept(where, where.resolve(name + ".pdf"));
          dialogs.notice(
              "Saved",
              "%s; 'lambdascope figure' draws it again"
                  .formatted(FileNames.shown(where.resolve(FigureBundle.SPEC))));
        });
  }

  /** Work that writes. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void start(String what, Writing work, Consumer<Boolean> done) {
    tasks.start(
        what + " " + name,
        c -> {
          work.run();
          return true;
        },
        done,
        failure -> fail("Cannot " + what + " the figure", failure));
  }

  private void fail(String what, Throwable failure) {
    dialogs.error(ErrorReport.of(what, failure, "The figure in the editor is as it was."));
  }
}
