package org.lambdascope.app.shell;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.experiment.ExperimentJobViewModel;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.ModelsViewModel.Source;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.settings.Settings;
import org.lambdascope.app.settings.Theme;
import org.lambdascope.app.settings.ThemeChoice;
import org.lambdascope.app.settings.WindowLayout;
import org.lambdascope.app.workbench.RunStatus;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** The window as a whole: title, status bar, colours, and what can be done now. */
final class ShellViewModel {

  /** Which page is about the selected token. */
  static final int TOKEN_PAGE = 2;

  private final ModelsViewModel models;
  private final WorkbenchViewModel workbench;
  private final ReadOnlyStringProperty underWay;
  private final BooleanProperty experimentRuns = new SimpleBooleanProperty(false);
  private final StringProperty experimentLine = new SimpleStringProperty("");
  private final DoubleProperty experimentProgress = new SimpleDoubleProperty(0);
  private final ObjectProperty<ThemeChoice> themeChoice;
  private final ObjectProperty<Theme> systemTheme = new SimpleObjectProperty<>(Theme.LIGHT);
  private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>(Theme.LIGHT);
  private final IntegerProperty page = new SimpleIntegerProperty(0);
  private final BooleanProperty library;
  private final BooleanProperty side;
  private final BooleanProperty bottom;
  private final BooleanProperty welcome = new SimpleBooleanProperty(false);
  private final BooleanBinding welcomeShown;
  private final BooleanBinding experimentShown;
  private final BooleanBinding sideUsed;
  private final ObservableSet<ShellPanel> detachedPanels = FXCollections.observableSet();
  private final Map<ShellPanel, BooleanBinding> docked = new EnumMap<>(ShellPanel.class);
  private final ObservableSet<Integer> detached = FXCollections.observableSet();
  private final StringBinding title;
  private final ObservableValue<String> armTitle;
  private final StringBinding status;
  private final DoubleBinding progress;
  private final BooleanBinding busy;
  private final BooleanBinding complete;
  private final StringBinding opened;
  private final BooleanProperty restored = new SimpleBooleanProperty(false);

  /**
   * Follows what there is.
   *
   * @param underWay what else is computed in the background; empty for nothing
   */
  ShellViewModel(
      ModelsViewModel models,
      WorkbenchViewModel workbench,
      ReadOnlyStringProperty underWay,
      Settings settings) {
    this.models = models;
    this.workbench = workbench;
    this.underWay = underWay;
    themeChoice = new SimpleObjectProperty<>(settings.theme());
    themeChoice.subscribe((before, now) -> settings.setTheme(now));
    theme.bind(
        Bindings.createObjectBinding(
            () -> themeChoice.get().theme(systemTheme.get()), themeChoice, systemTheme));
    WindowLayout layout = settings.layout();
    library = new SimpleBooleanProperty(layout.library());
    side = new SimpleBooleanProperty(layout.side());
    bottom = new SimpleBooleanProperty(layout.bottom());
    title = Bindings.createStringBinding(this::titleText, models.sourceProperty());
    armTitle =
        workbench
            .selectedArmProperty()
            .map(
                arm -> "Arm · " + arm.arm().kind().id()) // "Selected" leaves no room for long kinds
            .orElse(ShellPanel.ARM.title());
    opened =
        Bindings.createStringBinding(
            this::openedText, models.sourceProperty(), models.pretrainLengthProperty());
    status =
        Bindings.createStringBinding(
            this::statusText,
            models.openingProperty(),
            workbench.statusProperty(),
            experimentRuns,
            experimentLine,
            underWay,
            models.sourceProperty(),
            workbench.lengthProperty(),
            workbench.newTokensProperty(),
            workbench.arms(),
            workbench.forecastProperty());
    progress =
        Bindings.createDoubleBinding(
            this::progressNow,
            workbench.statusProperty(),
            models.openingProperty(),
            experimentRuns,
            experimentProgress);
    busy =
        Bindings.createBooleanBinding(
            () -> workbench.statusProperty().get() != null || experimentRuns.get(),
            workbench.statusProperty(),
            experimentRuns);
    complete =
        Bindings.createBooleanBinding(() -> models.source().complete(), models.sourceProperty());
    BooleanBinding alone = Bindings.createBooleanBinding(() -> RunPages.has(page.get()), page);
    welcomeShown = complete.or(restored).or(alone).not().or(welcome);
    experimentShown = welcomeShown.not().and(page.isEqualTo(RunPages.EXPERIMENT));
    // Arms and tokens have nothing to say about stored runs.
    for (ShellPanel panel : ShellPanel.values()) {
      BooleanBinding inWindow =
          Bindings.createBooleanBinding(() -> detachedPanels.contains(panel), detachedPanels);
      docked.put(panel, shownProperty(panel).and(inWindow.not()));
    }
    sideUsed = dockedProperty(ShellPanel.ARM).or(dockedProperty(ShellPanel.TOKEN)).and(alone.not());
    // What was opened or started is to be seen.
    models.sourceProperty().subscribe((before, now) -> welcome.set(false));
    workbench.statusProperty().subscribe((before, now) -> welcome.set(false));
    // Bindings recompute when read; the status bar reads them as they become invalid.
    InvalidationListener keep = o -> {};
    status.addListener(keep);
  }

  /** The colours that the user wants. */
  ObjectProperty<ThemeChoice> themeChoiceProperty() {
    return themeChoice;
  }

  /** The desktop's colours. */
  ObjectProperty<Theme> systemThemeProperty() {
    return systemTheme;
  }

  /** The colours that follow from both. */
  ReadOnlyObjectProperty<Theme> themeProperty() {
    return theme.getReadOnlyProperty();
  }

  /** Which page the middle of the window shows, from 0. */
  IntegerProperty pageProperty() {
    return page;
  }

  /** Whether the tree of models, documents and runs is shown. */
  BooleanProperty libraryShownProperty() {
    return library;
  }

  /** Whether the settings of the selected arm and the selected token are shown. */
  BooleanProperty sideShownProperty() {
    return side;
  }

  /** Whether a panel is shown, in the window or in one of its own. */
  BooleanProperty shownProperty(ShellPanel panel) {
    return switch (panel) {
      case LIBRARY -> library;
      case ARM, TOKEN -> side;
      case BOTTOM -> bottom;
    };
  }

  /** Whether a panel is shown at its place in the window. */
  BooleanBinding dockedProperty(ShellPanel panel) {
    return Objects.requireNonNull(docked.get(panel), "every panel has a place");
  }

  /** Panels that are in windows of their own. */
  ObservableSet<ShellPanel> detachedPanels() {
    return detachedPanels;
  }

  /** Whether any of them is shown beside this page. */
  BooleanBinding sideUsedProperty() {
    return sideUsed;
  }

  /** Whether jobs and the log are shown. */
  BooleanProperty bottomShownProperty() {
    return bottom;
  }

  /** Whether the welcome page was asked for. */
  BooleanProperty welcomeProperty() {
    return welcome;
  }

  /** Whether the welcome page is shown: it was asked for, or there is nothing else. */
  BooleanBinding welcomeShownProperty() {
    return welcomeShown;
  }

  /** Whether the page of the experiment file is shown: keys that run, cancel and undo are its. */
  BooleanBinding experimentShownProperty() {
    return experimentShown;
  }

  /** Shows the run of an experiment where that of arms is shown, while no arms run. */
  void follow(ExperimentJobViewModel job) {
    experimentRuns.bind(job.runningProperty());
    experimentLine.bind(Bindings.concat(job.nameProperty(), " · ", job.lineProperty()));
    experimentProgress.bind(job.progressProperty());
  }

  /**
   * Whether to cancel now means the experiment: where both run, each page ends its own, so that who
   * cancels a column does not end a run of hours.
   */
  boolean cancelsExperiment() {
    return experimentRuns.get()
        && (experimentShown.get() || workbench.statusProperty().get() == null);
  }

  /** Pages that are in windows of their own. */
  ObservableSet<Integer> detachedPages() {
    return detached;
  }

  /** The window's title. */
  StringBinding titleProperty() {
    return title;
  }

  /** What the settings at the side are of. */
  ObservableValue<String> armTitle() {
    return armTitle;
  }

  /** One line about what runs, or what a run will take. */
  StringBinding statusProperty() {
    return status;
  }

  /** Progress for the status bar, 0 to 1; −1 when it cannot be known. */
  DoubleBinding progressProperty() {
    return progress;
  }

  /** Whether arms run, or an experiment. */
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

  /** What is open, in one line. */
  StringBinding openedProperty() {
    return opened;
  }

  void toggleTheme() {
    themeChoice.set(ThemeChoice.always(theme.get().other()));
  }

  /** Whether the page about one token is shown. */
  boolean showsToken() {
    return page.get() == TOKEN_PAGE || detached.contains(TOKEN_PAGE);
  }

  /** Layers of the open model; 0 with none. */
  int layers() {
    SharedModel model = models.source().model();
    return model == null ? 0 : model.model().config().layers();
  }

  /** Query heads of the open model; 0 with none. */
  int heads() {
    SharedModel model = models.source().model();
    return model == null ? 0 : model.model().config().heads();
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
    if (experimentRuns.get()) {
      return experimentLine.get();
    }
    if (!underWay.get().isEmpty()) {
      return "Busy · " + underWay.get();
    }
    Source source = models.source();
    if (source.model() == null && workbench.arms().stream().anyMatch(a -> a.shown() != null)) {
      return "The model of these results is missing";
    }
    if (!source.complete()) {
      return source.model() == null && source.text() == null
          ? "Open a model and a text to begin"
          : source.model() == null ? "Open a model to begin" : "Open a text to begin";
    }
    return "Ready · %d arms × %s of %s tokens · %s"
        .formatted(
            workbench.arms().size(),
            Formats.count(workbench.lengthProperty().get()),
            Formats.count(workbench.availableTokens()),
            workbench.forecastProperty().get().line());
  }

  private double progressNow() {
    if (!models.openingProperty().get().isEmpty()) {
      return -1;
    }
    RunStatus run = workbench.statusProperty().get();
    if (run != null) {
      return run.fraction();
    }
    return experimentRuns.get() ? experimentProgress.get() : 0;
  }
}
