package org.lambdascope.app.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.models.ModelsViewModel.Source;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.workbench.ChartSelection;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** The session in the window: saved, opened, saved by itself, and restored after a crash. */
public final class SessionsViewModel {

  private static final Logger LOG = Logger.getLogger(SessionsViewModel.class.getName());

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH);

  private final WorkbenchViewModel workbench;
  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final FilePicker files;
  private final SessionLayout layout;
  private final References references = new References();
  private final SessionChanges changes;
  private final UndoHistory undo;
  private final ActionLog log;
  private final SessionOpener opener;
  private final ReadOnlyObjectWrapper<@Nullable Path> file = new ReadOnlyObjectWrapper<>();
  private final SimpleIntegerProperty savedRevision = new SimpleIntegerProperty();
  private final ObjectProperty<@Nullable SessionNotice> notice = new SimpleObjectProperty<>();
  private final StringBinding name;
  private Drafts drafts = Drafts.NONE;
  private int savedWork;
  private @Nullable WorkbenchSettings example;
  private @Nullable AutosaveFiles autosaves;
  private @Nullable Autosaver autosaver;

  /** Sessions of a workbench; nothing is saved by itself until {@link #startAutosave}. */
  public SessionsViewModel(
      WorkbenchViewModel workbench,
      TaskRunner tasks,
      Dialogs dialogs,
      FilePicker files,
      Samples samples,
      SessionLayout layout) {
    this.workbench = workbench;
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.files = files;
    this.layout = layout;
    undo = new UndoHistory(workbench, tasks);
    log = new ActionLog(workbench, undo, samples, Clock.systemUTC());
    changes = new SessionChanges(workbench, layout);
    opener =
        new SessionOpener(workbench.models(), tasks, dialogs, files, samples, this::show, notice);
    name =
        Bindings.createStringBinding(
            this::nameNow, file, savedRevision, changes.revisionProperty());
  }

  /** Undo and redo. */
  public UndoHistory undo() {
    return undo;
  }

  /** What was done. */
  public ActionLog log() {
    return log;
  }

  /** Where the session was saved, or opened; null for nowhere. */
  public ReadOnlyObjectProperty<@Nullable Path> fileProperty() {
    return file.getReadOnlyProperty();
  }

  /** The session's name, with a dot while it has changes that are not saved; empty for none. */
  public StringBinding nameBinding() {
    return name;
  }

  /** What the user may want to do about a session; null for nothing. */
  public ObjectProperty<@Nullable SessionNotice> noticeProperty() {
    return notice;
  }

  /** Whether a session is shown whose model or text is missing. */
  public ReadOnlyBooleanProperty incompleteProperty() {
    return opener.incompleteProperty();
  }

  /** Asks for a session and opens it. */
  public void open() {
    files.file("Open a session", "Sessions", List.of(SessionFile.EXTENSION)).ifPresent(this::open);
  }

  /** Opens a session, with its results; nothing is run. */
  public void open(Path session) {
    opener.open(
        session,
        () -> {
          file.set(session.toAbsolutePath().normalize());
          savedRevision.set(changes.revisionProperty().get());
          savedWork = changes.work();
        });
  }

  /** What is edited beside the session; to be set before anything is autosaved. */
  public void setDrafts(Drafts edited) {
    drafts = edited;
  }

  /** What the window shows now is an example: nobody would miss it. */
  public void isExample() {
    example = WorkbenchSettings.of(workbench);
  }

  /** Whether somebody would miss what was not saved. */
  private boolean unsaved(SessionCapture now) {
    if (file.get() != null) {
      return savedWork != changes.work();
    }
    return now.holdsWork() && !WorkbenchSettings.of(workbench).equals(example);
  }

  /** Saves the session where it was saved before, or asks where. */
  public void save() {
    Path known = file.get();
    if (known == null) {
      saveAs();
    } else {
      save(known);
    }
  }

  /** Asks where, and saves the session there. */
  public void saveAs() {
    Path known = file.get();
    String suggested =
        known == null ? "session" + SessionFile.SUFFIX : String.valueOf(known.getFileName());
    files
        .output(suggested, SessionFile.EXTENSION)
        .map(SessionsViewModel::withExtension)
        .ifPresent(this::save);
  }

  private static Path withExtension(Path chosen) {
    return SessionFile.isSession(chosen)
        ? chosen
        : chosen.resolveSibling(chosen.getFileName() + SessionFile.SUFFIX);
  }

  private void save(Path target) {
    SessionCapture now = capture();
    int revision = changes.revisionProperty().get();
    int work = changes.work();
    tasks.start(
        "save " + target.getFileName(),
        cancellation -> {
          SessionFile.write(target, now.describe(references));
          return target;
        },
        written -> {
          file.set(written.toAbsolutePath().normalize());
          savedRevision.set(revision);
          savedWork = work;
          dialogs.notice("Saved", FileNames.shown(written));
        },
        failure -> report("Cannot save the session", failure));
  }

  /**
   * Saves the window by itself from now on, and offers what windows left that crashed, or were
   * closed with changes that were not saved.
   *
   * @param state the user's state folder
   * @param nothingLeft called if no window crashed
   */
  public void startAutosave(Path state, Runnable nothingLeft) {
    tasks.start(
        "begin autosaves",
        cancellation -> {
          AutosaveFiles begun = AutosaveFiles.open(state.resolve("autosave"));
          return new Begun(begun, begun.left());
        },
        begun -> {
          autosaves = begun.files();
          autosaver =
              new Autosaver(changes, tasks, dialogs, this::capture, references, begun.files());
          drafts.keepIn(begun.files().drafts());
          if (begun.left().stream().noneMatch(AutosaveFiles.Left::crashed)) {
            nothingLeft.run();
          }
          offer(begun.left());
        },
        failure -> {
          ErrorReport report = ErrorReport.of("Autosave is not possible", failure, "");
          dialogs.notice(report.title(), report.message());
          nothingLeft.run();
        });
  }

  private record Begun(AutosaveFiles files, List<AutosaveFiles.Left> left) {}

  private void offer(List<AutosaveFiles.Left> left) {
    if (left.isEmpty()) {
      return;
    }
    AutosaveFiles.Left latest = left.getFirst();
    List<AutosaveFiles.Left> others = left.subList(1, left.size());
    String at = TIME.format(latest.modified().toInstant().atZone(ZoneId.systemDefault()));
    notice.set(
        new SessionNotice(
            words(latest, at),
            List.of(
                new SessionNotice.Choice("Restore", () -> restore(latest)),
                new SessionNotice.Choice(
                    "Discard",
                    () -> {
                      notice.set(null);
                      discard(latest);
                      offer(others);
                    })),
            () -> notice.set(null)));
  }

  private static String words(AutosaveFiles.Left left, String at) {
    if (left.session() == null) {
      return "Figures or an experiment file were edited on %s and not saved.".formatted(at);
    }
    String session =
        left.crashed()
            ? "Lambdascope ended before this session was closed. It was autosaved on %s."
            : "The session that was closed on %s was not saved.";
    return session.formatted(at)
        + (left.drafts() == null
            ? ""
            : " Figures and experiment files that were not saved come back with it.");
  }

  private void restore(AutosaveFiles.Left left) {
    notice.set(null);
    Path edited = left.drafts();
    if (edited != null) {
      drafts.open(edited, () -> discard(left.withoutSession()));
    }
    Path session = left.session();
    if (session == null) {
      return;
    }
    opener.open(
        session,
        () -> {
          file.set(null); // of the session that was open; this one goes where the user says
          Autosaver saver = autosaver;
          if (saver != null) {
            saver.saveThen(() -> discard(left.withoutDrafts())); // not before it is safe elsewhere
          }
        });
  }

  private void discard(AutosaveFiles.Left left) {
    tasks.start(
        "discard an autosave",
        cancellation -> {
          AutosaveFiles.discard(left);
          return left;
        },
        done -> {},
        failure -> report("Cannot delete the autosave", failure));
  }

  /**
   * A clean end: what was not saved is kept, to be offered at the next start.
   *
   * @return what is left to do, which may take a while, on another thread
   */
  public Runnable ending() {
    AutosaveFiles begun = autosaves;
    if (begun == null) {
      return () -> {};
    }
    SessionCapture now = capture();
    SessionCapture kept = unsaved(now) ? now : null;
    Runnable edited = drafts.ending();
    return () -> {
      edited.run();
      try {
        begun.close(kept == null ? null : kept.describe(references));
      } catch (IOException | UncheckedIOException e) {
        LOG.log(Level.INFO, "the last autosave", e);
      }
    };
  }

  private SessionCapture capture() {
    Source source = workbench.models().source();
    ChartSelection charts = workbench.charts();
    return new SessionCapture(
        source.model(),
        source.text(),
        opener.missing(),
        workbench.content(),
        new ViewState(
            layout.pageProperty().get(),
            charts.layerProperty().get(),
            charts.headProperty().get(),
            charts.statisticProperty().get(),
            workbench.comparison().shadingProperty().get(),
            layout.dividers()),
        layout.windows(),
        layout.pages(),
        List.copyOf(log.actions()));
  }

  private void show(Session session) {
    workbench.restore(session.content());
    ViewState view = session.view();
    ChartSelection charts = workbench.charts();
    charts.layerProperty().set(view.layer());
    charts.headProperty().set(view.head());
    charts.statisticProperty().set(view.statistic());
    workbench.comparison().shadingProperty().set(view.shading());
    layout.pageProperty().set(view.page());
    PageState pages = session.pages();
    if (pages != null) {
      layout.setPages(pages); // before windows: a part that has one is shown
    }
    Map<String, WindowBounds> windows = session.windows();
    if (windows != null) {
      layout.setWindows(windows); // before dividers: where parts leave, there are fewer
    }
    layout.setDividers(view.dividers());
    log.replace(session.history());
    undo.clear();
  }

  private String nameNow() {
    return Optional.ofNullable(file.get())
        .map(
            f ->
                f.getFileName()
                    + (savedRevision.get() == changes.revisionProperty().get() ? "" : " •"))
        .orElse("");
  }

  private void report(String title, Throwable failure) {
    if (!(failure instanceof CancellationException)) {
      dialogs.error(ErrorReport.of(title, failure, ""));
    }
  }
}
