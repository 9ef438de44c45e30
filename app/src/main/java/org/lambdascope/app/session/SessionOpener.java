package org.lambdascope.app.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.TextReader;
import org.lambdascope.app.samples.Samples;

/**
 * Opens sessions. What a session refers to is looked for; what is nowhere is asked for, while its
 * settings and results are shown without it. When a session cannot be read nothing is lost.
 */
final class SessionOpener {

  private final ModelsViewModel models;
  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final FilePicker files;
  private final Samples samples;
  private final Consumer<Session> show;
  private final ObjectProperty<@Nullable SessionNotice> notice;
  private final ReadOnlyBooleanWrapper incomplete = new ReadOnlyBooleanWrapper(false);
  private @Nullable Session missing;

  /**
   * An opener.
   *
   * @param show puts settings and results in place, once what can be opened is open
   * @param notice asks for what is missing
   */
  SessionOpener(
      ModelsViewModel models,
      TaskRunner tasks,
      Dialogs dialogs,
      FilePicker files,
      Samples samples,
      Consumer<Session> show,
      ObjectProperty<@Nullable SessionNotice> notice) {
    this.models = models;
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.files = files;
    this.samples = samples;
    this.show = show;
    this.notice = notice;
    models.sourceProperty().subscribe((before, now) -> complete());
  }

  /** Whether a session is shown whose model or text is missing. */
  ReadOnlyBooleanProperty incompleteProperty() {
    return incomplete.getReadOnlyProperty();
  }

  /** The session that is shown without its model or text; null for none. */
  @Nullable Session missing() {
    return missing;
  }

  /** Something else was opened, or the rest of it. */
  private void complete() {
    if (missing != null) {
      missing = null;
      incomplete.set(false);
      notice.set(null);
    }
  }

  private record Read(Session session, SessionSources sources) {}

  /**
   * Opens a session.
   *
   * @param opened called when it is shown
   */
  void open(Path file, Runnable opened) {
    tasks.start(
        "open " + file.getFileName(),
        cancellation -> {
          Session session = SessionFile.read(file);
          return new Read(session, SessionSources.find(session, file, samples));
        },
        read -> open(read, opened),
        failure -> report("Cannot open the session", failure));
  }

  private void open(Read read, Runnable opened) {
    SessionSources found = read.sources();
    Session session = read.session();
    models.openTogether(
        found.model(),
        found.text(),
        () -> {
          show(session, found.model(), found.text(), found.missing());
          LoadedText text = found.text();
          if (found.kept() && text != null) {
            dialogs.notice(
                "The text is the session’s own copy",
                "%s is not at %s any more, or was changed."
                    .formatted(text.name(), FileNames.shown(text.path())));
          }
          opened.run();
        },
        failure -> {
          report("Cannot open the session’s model", failure);
          if (found.model() != null) {
            List<String> all = new ArrayList<>(found.missing());
            all.add(
                "The session’s model at %s cannot be opened."
                    .formatted(FileNames.shown(found.model())));
            SessionSources rest = new SessionSources(null, found.text(), found.kept(), all);
            open(new Read(session, rest), opened);
          }
        });
  }

  private void show(
      Session session, @Nullable Path model, @Nullable LoadedText text, List<String> lacking) {
    show.accept(session);
    if (lacking.isEmpty()) {
      return;
    }
    missing = session;
    incomplete.set(true);
    List<SessionNotice.Choice> choices = new ArrayList<>();
    if (model == null && session.model() != null) {
      choices.add(
          new SessionNotice.Choice(
              "Find model folder …",
              () -> files.modelFolder().ifPresent(m -> supplyModel(session, m, text))));
      choices.add(
          new SessionNotice.Choice(
              "Find GGUF model …",
              () -> files.modelFile().ifPresent(m -> supplyModel(session, m, text))));
    }
    if (text == null && session.document() != null) {
      choices.add(
          new SessionNotice.Choice(
              "Find text …", () -> files.text().ifPresent(t -> supplyText(session, model, t))));
    }
    notice.set(
        new SessionNotice(
            String.join(" ", lacking)
                + (model == null
                    ? " Results and charts are shown without it; settings can be changed once it is found."
                    : " Settings and charts are shown without it."),
            choices,
            () -> notice.set(null)));
  }

  private void supplyModel(Session session, Path path, @Nullable LoadedText text) {
    ModelReference wanted = session.model();
    tasks.start(
        "look at " + path,
        cancellation -> wanted == null || SessionSources.isSame(wanted, path),
        same -> supply(session, path, text, same),
        failure -> report("Cannot open the model", failure));
  }

  private void supplyText(Session session, @Nullable Path model, Path path) {
    DocumentReference wanted = session.document();
    tasks.start(
        "read " + path,
        cancellation -> TextReader.read(path),
        text -> supply(session, model, text, wanted == null || SessionSources.isSame(wanted, text)),
        failure -> report("Cannot open the text", failure));
  }

  /** Results stay only with what they are results of. */
  private void supply(
      Session session, @Nullable Path model, @Nullable LoadedText text, boolean same) {
    Session kept =
        same
            ? session
            : new Session(
                session.model(),
                session.document(),
                session.content().withoutResults(),
                session.view(),
                session.windows(),
                session.pages(),
                session.history());
    models.openTogether(
        model,
        text,
        () -> {
          List<String> lacking = new ArrayList<>();
          Optional.ofNullable(session.model())
              .filter(m -> model == null)
              .ifPresent(
                  m -> lacking.add("The session’s model %s is missing.".formatted(m.name())));
          Optional.ofNullable(session.document())
              .filter(d -> text == null)
              .ifPresent(d -> lacking.add("The session’s text %s is missing.".formatted(d.name())));
          show(kept, model, text, lacking);
          if (!same) {
            dialogs.notice(
                "Another model or text than the session’s",
                "Its settings are kept; its results were left out, as they belong to another model or text.");
          }
        },
        failure -> report("Cannot open the model", failure));
  }

  private void report(String title, Throwable failure) {
    if (!(failure instanceof CancellationException)) {
      dialogs.error(ErrorReport.of(title, failure, "What was open before is still open."));
    }
  }
}
