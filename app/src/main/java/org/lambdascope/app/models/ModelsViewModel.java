package org.lambdascope.app.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.settings.Settings;

/**
 * The open model and the open text. Opening happens in the background; when it fails, or a later
 * one overtakes it, what was open stays open.
 */
public final class ModelsViewModel {

  private static final int MOST_RECENT = 8;

  /** The model and text of this moment, together: tokens belong to exactly this model. */
  public record Source(
      @Nullable SharedModel model, @Nullable LoadedText text, int @Nullable [] tokens) {

    /** Nothing is open. */
    public static final Source NONE = new Source(null, null, null);

    /** Whether there is something to run. */
    public boolean complete() {
      return model != null && tokens != null;
    }
  }

  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final Settings settings;
  private final ModelOpener opener;
  private final ReadOnlyObjectWrapper<Source> source = new ReadOnlyObjectWrapper<>(Source.NONE);
  private final IntegerProperty pretrainLength = new SimpleIntegerProperty(0);
  private final ReadOnlyStringWrapper opening = new ReadOnlyStringWrapper("");
  private final ObservableList<Path> recentModels = FXCollections.observableArrayList();
  private final ObservableList<Path> recentTexts = FXCollections.observableArrayList();
  private int latestModel;
  private int latestText;

  /** Nothing is open at first. */
  public ModelsViewModel(TaskRunner tasks, Dialogs dialogs, Settings settings, ModelOpener opener) {
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.settings = settings;
    this.opener = opener;
    recentModels.setAll(settings.recentModels());
    recentTexts.setAll(settings.recentTexts());
  }

  /** What is open. */
  public ReadOnlyObjectProperty<Source> sourceProperty() {
    return source.getReadOnlyProperty();
  }

  /** What is open. */
  public Source source() {
    return source.get();
  }

  /** {@code L_pretrain}: from the model's file until the user knows better; 0 with no model. */
  public IntegerProperty pretrainLengthProperty() {
    return pretrainLength;
  }

  /** What is being opened, for a person; empty when nothing is. */
  public ReadOnlyStringProperty openingProperty() {
    return opening.getReadOnlyProperty();
  }

  /** Models opened before, the latest first. */
  public ObservableList<Path> recentModels() {
    return recentModels;
  }

  /** Texts opened before, the latest first. */
  public ObservableList<Path> recentTexts() {
    return recentTexts;
  }

  /** Opens files that were dropped or named on the command line: models by shape, else texts. */
  public void open(List<Path> paths) {
    for (Path path : paths) {
      String name = path.toString().toLowerCase(Locale.ROOT);
      Path folder = path.toAbsolutePath().getParent();
      if (Files.isDirectory(path) || name.endsWith(".gguf")) {
        openModel(path);
      } else if (folder != null
          && (name.endsWith(".safetensors") || name.endsWith("config.json"))) {
        openModel(folder);
      } else {
        openText(path);
      }
    }
  }

  /** Opens a model folder or GGUF file and tokenises the open text with it. */
  public void openModel(Path path) {
    int mine = ++latestModel;
    opening.set("Opening model " + path.getFileName() + " …");
    LoadedText text = source.get().text();
    tasks.start(
        "open " + path.getFileName(),
        cancellation -> {
          SharedModel model = new SharedModel(opener.open(path));
          try {
            return new Source(model, text, text == null ? null : tokens(model, text));
          } catch (RuntimeException | Error e) {
            model.retire();
            throw e;
          }
        },
        opened -> {
          if (mine != latestModel) {
            retire(opened);
            return;
          }
          opening.set("");
          modelOpened(path, opened);
        },
        failure -> {
          if (mine == latestModel) {
            opening.set("");
          }
          report(
              "Cannot open the model",
              failure,
              "A model is a Hugging Face folder (config.json, model.safetensors and a tokenizer)"
                  + " or a .gguf file. What was open before is still open.");
        });
  }

  private void modelOpened(Path path, Source opened) {
    Source before = source.get();
    SharedModel model = opened.model();
    if (model == null) {
      return;
    }
    pretrainLength.set(model.model().config().pretrainLength());
    remember(recentModels, path, settings::setRecentModels);
    if (Objects.equals(before.text(), opened.text())) {
      source.set(opened);
    } else {
      // Another text was opened meanwhile.
      source.set(new Source(model, before.text(), null));
      tokenise();
    }
    retire(before);
  }

  /** Opens a text file. */
  public void openText(Path path) {
    int mine = ++latestText;
    opening.set("Opening text " + path.getFileName() + " …");
    SharedModel model = source.get().model();
    tasks.start(
        "open " + path.getFileName(),
        cancellation -> {
          LoadedText text = TextReader.read(path);
          return new Source(model, text, model == null ? null : tokens(model, text));
        },
        opened -> {
          if (mine != latestText) {
            return;
          }
          opening.set("");
          remember(recentTexts, path, settings::setRecentTexts);
          Source before = source.get();
          if (before.model() == opened.model()) {
            if (before.tokens() == null || !Objects.equals(before.text(), opened.text())) {
              source.set(opened); // what is open as it is keeps its results
            }
          } else {
            source.set(new Source(before.model(), opened.text(), null));
            tokenise();
          }
        },
        failure -> {
          if (mine == latestText) {
            opening.set("");
          }
          report(
              "Cannot open the text",
              failure,
              "A text is a plain file in UTF-8. What was open before is still open.");
        });
  }

  /** Takes a model off the recent ones. */
  public void forgetModel(Path path) {
    if (recentModels.remove(path)) {
      settings.setRecentModels(List.copyOf(recentModels));
    }
  }

  /** Takes a text off the recent ones. */
  public void forgetText(Path path) {
    if (recentTexts.remove(path)) {
      settings.setRecentTexts(List.copyOf(recentTexts));
    }
  }

  /**
   * Opens a model and a text as one, in place of what is open; either may be left out.
   *
   * @param path of the model; null for none
   * @param text what was read; null for none
   * @param opened called when both are open, after everybody has taken notice
   * @param failed takes why the model could not be opened; what was open is still open
   */
  public void openTogether(
      @Nullable Path path, @Nullable LoadedText text, Runnable opened, Consumer<Throwable> failed) {
    int mine = ++latestModel;
    latestText++;
    opening.set("Opening the session …");
    tasks.start(
        path == null ? "open the session" : "open " + path.getFileName(),
        cancellation -> {
          SharedModel model = path == null ? null : new SharedModel(opener.open(path));
          try {
            return new Source(
                model, text, model == null || text == null ? null : tokens(model, text));
          } catch (RuntimeException | Error e) {
            if (model != null) {
              model.retire();
            }
            throw e;
          }
        },
        source -> {
          if (mine != latestModel) {
            retire(source);
            return;
          }
          opening.set("");
          replace(source);
          opened.run();
        },
        failure -> {
          if (mine == latestModel) {
            opening.set("");
            failed.accept(failure);
          }
        });
  }

  private void replace(Source now) {
    Source before = source.get();
    SharedModel model = now.model();
    LoadedText text = now.text();
    if (model != null) {
      pretrainLength.set(model.model().config().pretrainLength());
      remember(recentModels, model.model().path(), settings::setRecentModels);
    }
    if (text != null) {
      remember(recentTexts, text.path(), settings::setRecentTexts);
    }
    source.set(now);
    retire(before);
  }

  /** Closes the model when the window ends. */
  public void close() {
    latestModel++;
    latestText++;
    retire(source.get());
    source.set(Source.NONE);
  }

  private void tokenise() {
    Source now = source.get();
    SharedModel model = now.model();
    LoadedText text = now.text();
    if (model == null || text == null) {
      return;
    }
    tasks.start(
        "tokenise",
        cancellation -> new Source(model, text, tokens(model, text)),
        read -> {
          if (source.get().equals(now)) {
            source.set(read);
          }
        },
        failure -> report("Cannot tokenise the text", failure, ""));
  }

  /** The tokens of a text; null if the model is closed: then another one is there to ask. */
  private static int @Nullable [] tokens(SharedModel model, LoadedText text) {
    if (!model.tryAcquire()) {
      return null;
    }
    try {
      var tokenizer = model.model().tokenizer();
      int[] tokens = tokenizer.encode(text.content(), tokenizer.addsBosByDefault());
      if (tokens.length < 2) {
        throw new IllegalArgumentException(
            "%s: expected at least 2 tokens, found %d".formatted(text.path(), tokens.length));
      }
      return tokens;
    } finally {
      model.release();
    }
  }

  private void report(String title, Throwable failure, String hint) {
    if (!(failure instanceof CancellationException)) {
      dialogs.error(ErrorReport.of(title, failure, hint));
    }
  }

  private static void retire(Source old) {
    SharedModel model = old.model();
    if (model != null) {
      model.retire();
    }
  }

  private static void remember(ObservableList<Path> recent, Path path, Consumer<List<Path>> store) {
    List<Path> paths = new ArrayList<>(recent);
    Path absolute = path.toAbsolutePath().normalize();
    paths.remove(absolute);
    paths.addFirst(absolute);
    recent.setAll(paths.subList(0, Math.min(MOST_RECENT, paths.size())));
    store.accept(List.copyOf(recent));
  }
}
