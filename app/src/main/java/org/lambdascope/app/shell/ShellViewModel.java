package org.lambdascope.app.shell;

import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.ModelsViewModel.Source;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.settings.Settings;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.workbench.RunStatus;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** The window as a whole: title, status bar, colours, and what can be done now. */
final class ShellViewModel {

  private final ModelsViewModel models;
  private final WorkbenchViewModel workbench;
  private final ObjectProperty<Theme> theme;
  private final IntegerProperty page = new SimpleIntegerProperty(0);
  private final StringBinding title;
  private final StringBinding status;
  private final DoubleBinding progress;
  private final BooleanBinding busy;
  private final BooleanBinding complete;
  private final StringBinding opened;
  private final BooleanProperty restored = new SimpleBooleanProperty(false);
  private final BooleanBinding content;

  ShellViewModel(ModelsViewModel models, WorkbenchViewModel workbench, Settings settings) {
    this.models = models;
    this.workbench = workbench;
    theme = new SimpleObjectProperty<>(settings.theme());
    theme.subscribe((before, now) -> settings.setTheme(now));
    title = Bindings.createStringBinding(this::titleText, models.sourceProperty());
    opened =
        Bindings.createStringBinding(
            this::openedText, models.sourceProperty(), models.pretrainLengthProperty());
    status =
        Bindings.createStringBinding(
            this::statusText,
            models.openingProperty(),
            workbench.statusProperty(),
            models.sourceProperty(),
            workbench.lengthProperty(),
            workbench.newTokensProperty(),
            workbench.arms());
    progress =
        Bindings.createDoubleBinding(
            this::progressNow, workbench.statusProperty(), models.openingProperty());
    busy =
        Bindings.createBooleanBinding(
            () -> workbench.statusProperty().get() != null, workbench.statusProperty());
    complete =
        Bindings.createBooleanBinding(() -> models.source().complete(), models.sourceProperty());
    content = complete.or(restored);
    // Bindings recompute when read; the status bar reads them as they become invalid.
    InvalidationListener keep = o -> {};
    status.addListener(keep);
  }

  ObjectProperty<Theme> themeProperty() {
    return theme;
  }

  /** Which page the middle of the window shows, from 0. */
  IntegerProperty pageProperty() {
    return page;
  }

  /** The window's title. */
  StringBinding titleProperty() {
    return title;
  }

  /** One line about what runs, or what a run will take. */
  StringBinding statusProperty() {
    return status;
  }

  /** Progress for the status bar, 0 to 1; −1 when it cannot be known. */
  DoubleBinding progressProperty() {
    return progress;
  }

  /** Whether arms run. */
  BooleanBinding busyProperty() {
    return busy;
  }

  /** Whether a model and a text are open. */
  BooleanBinding completeProperty() {
    return complete;
  }

  /** Whether there are results to look at although the model or the text is missing. */
  BooleanProperty restoredProperty() {
    return restored;
  }

  /** Whether there is something to look at. */
  BooleanBinding contentProperty() {
    return content;
  }

  /** What is open, in one line. */
  StringBinding openedProperty() {
    return opened;
  }

  void toggleTheme() {
    theme.set(theme.get().other());
  }

  private String titleText() {
    Source source = models.source();
    SharedModel model = source.model();
    LoadedText text = source.text();
    return (model == null ? "" : model.model().name() + " – ")
        + (text == null ? "" : text.name() + " – ")
        + "Lambdascope";
  }

  private String openedText() {
    SharedModel model = models.source().model();
    if (model == null) {
      return "";
    }
    var config = model.model().config();
    return "%s · %d layers × %d heads · L_pretrain %s"
        .formatted(
            model.model().name(),
            config.layers(),
            config.heads(),
            Formats.count(models.pretrainLengthProperty().get()));
  }

  private String statusText() {
    String opening = models.openingProperty().get();
    if (!opening.isEmpty()) {
      return opening;
    }
    RunStatus run = workbench.statusProperty().get();
    if (run != null) {
      return run.line();
    }
    Source source = models.source();
    if (!source.complete()) {
      return source.model() == null && source.text() == null
          ? "Open a model and a text to begin"
          : source.model() == null ? "Open a model to begin" : "Open a text to begin";
    }
    return "Ready · %d arms × %s of %s tokens · at most %s per arm for cache and captures"
        .formatted(
            workbench.arms().size(),
            Formats.count(workbench.lengthProperty().get()),
            Formats.count(workbench.availableTokens()),
            Formats.bytes(workbench.forecastBytes()));
  }

  private double progressNow() {
    if (!models.openingProperty().get().isEmpty()) {
      return -1;
    }
    RunStatus run = workbench.statusProperty().get();
    return run == null ? 0 : run.fraction();
  }
}
