package org.lambdascope.app.workbench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.FreeMemory;
import org.lambdascope.app.common.PositionSet;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.ModelsViewModel.Source;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.probe.CaptureOptions;

/** Arms side by side on one text. */
public final class WorkbenchViewModel {

  /** Stands for no selected position. */
  public static final int NONE = -1;

  /**
   * What every run captures: the paper's, with wider bins of positions. In a column of the window
   * entropy of single queries would hide its trend.
   */
  public static final CaptureOptions CAPTURES =
      new CaptureOptions(
          true,
          true,
          true,
          CaptureOptions.PAPER.distanceBins(),
          192,
          CaptureOptions.PAPER.hiddenLayer(),
          CaptureOptions.PAPER.hiddenPositions());

  private final ModelsViewModel models;
  private final RunQueue queue;
  private final RunForecasts forecasts;
  private final RunAdmission admission;
  private final ReadOnlyObjectWrapper<RunForecast> forecast =
      new ReadOnlyObjectWrapper<>(RunForecast.NONE);
  private final ObjectProperty<CacheType> cacheType = new SimpleObjectProperty<>(CacheType.F32);
  private final ArmColumns columns;
  private final ObservableList<ArmViewModel> arms;
  private final ObjectProperty<@Nullable ArmViewModel> selectedArm;
  private final IntegerProperty length = new SimpleIntegerProperty(0);
  private final IntegerProperty newTokens = new SimpleIntegerProperty(64);
  private final IntegerProperty position = new SimpleIntegerProperty(NONE);
  private final ChartSelection charts = new ChartSelection();
  private final ArmComparison comparison;
  private int knownPretrainLength;
  private final ReadTokens read = new ReadTokens();

  /** True while a new source resets properties, which then must not start runs one by one. */
  private boolean resetting;

  /**
   * An empty workbench.
   *
   * @param clock nanoseconds, as {@link System#nanoTime}
   * @param memory what a run may still take
   */
  public WorkbenchViewModel(
      ModelsViewModel models,
      TaskRunner tasks,
      ArmRunner runner,
      Dialogs dialogs,
      LongSupplier clock,
      FreeMemory memory) {
    this.models = models;
    this.admission = new RunAdmission(this, runner, tasks, dialogs, memory);
    this.forecasts = new RunForecasts(tasks, runner, this::updateForecast);
    this.queue = new RunQueue(tasks, runner, dialogs, clock, new Plan());
    this.columns = new ArmColumns(queue);
    this.arms = columns.arms();
    this.selectedArm = columns.selectedProperty();
    this.comparison = new ArmComparison(arms);
    models.sourceProperty().subscribe((before, now) -> sourceChanged(before, now));
    models
        .pretrainLengthProperty()
        .subscribe((before, now) -> pretrainLengthChanged(now.intValue()));
    length.subscribe((before, now) -> settingsOfAllChanged());
    newTokens.subscribe((before, now) -> settingsOfAllChanged());
    cacheType.subscribe((before, now) -> settingsOfAllChanged());
    arms.addListener((ListChangeListener<ArmViewModel>) c -> updateForecast());
  }

  /** The columns, left to right. */
  public ObservableList<ArmViewModel> arms() {
    return arms;
  }

  /** The column whose parameters are shown; null when there is none. */
  public ObjectProperty<@Nullable ArmViewModel> selectedArmProperty() {
    return selectedArm;
  }

  /** Tokens read from the text. */
  public IntegerProperty lengthProperty() {
    return length;
  }

  /** Tokens generated after it. */
  public IntegerProperty newTokensProperty() {
    return newTokens;
  }

  /** How keys and values are stored. */
  public ObjectProperty<CacheType> cacheTypeProperty() {
    return cacheType;
  }

  /** What running all arms will take. */
  public ReadOnlyObjectProperty<RunForecast> forecastProperty() {
    return forecast.getReadOnlyProperty();
  }

  /** The position that was clicked, or {@link #NONE}. */
  public IntegerProperty positionProperty() {
    return position;
  }

  /** Which layer, head and statistic the diagnostics show. */
  public ChartSelection charts() {
    return charts;
  }

  /** What the texts of arms are compared by. */
  public ArmComparison comparison() {
    return comparison;
  }

  /** What runs now; null when nothing does. */
  public ReadOnlyObjectProperty<@Nullable RunStatus> statusProperty() {
    return queue.statusProperty();
  }

  /** The model and text. */
  public ModelsViewModel models() {
    return models;
  }

  /** The most tokens that can be read: the whole text; 0 with no text. */
  public int availableTokens() {
    int[] all = models.source().tokens();
    return all == null ? 0 : all.length;
  }

  /** Runs every arm anew, if all fit the memory. */
  public void run() {
    // What goes on now is stopped: what it holds says nothing of what will be free then.
    if (queue.running() || admission.fit(requests())) {
      runAll();
    } else {
      admission.makeRoom(
          () -> {
            if (admission.admits(List.copyOf(arms), requests())) {
              runAll();
            }
          });
    }
  }

  private void runAll() {
    if (!models.source().complete()) {
      return;
    }
    forecasts.stopCalibrating();
    for (ArmViewModel arm : arms) {
      queue.request(arm, Duration.ZERO);
    }
  }

  /**
   * The open model's own sliding window; {@link Edge#UNBOUNDED} if it has none, or none is open.
   */
  public int slidingWindow() {
    SharedModel model = models.source().model();
    return model == null ? Edge.UNBOUNDED : model.model().config().slidingWindow();
  }

  /** Stops everything; what is shown stays. */
  public void cancel() {
    queue.cancelAll();
  }

  /** Stops one arm; what it shows stays. */
  public void cancel(ArmViewModel arm) {
    queue.cancel(arm);
  }

  /** Replaces all columns by arms at their defaults and selects the last. */
  public void setArms(List<ArmKind> kinds) {
    columns.set(kinds, models.pretrainLengthProperty().get());
  }

  /** Adds a column with an arm at its defaults and selects it. */
  public void addArm(ArmKind kind) {
    columns.add(ArmColumns.withDefaults(kind, models.pretrainLengthProperty().get()));
  }

  /** Adds a copy beside a column and selects it. */
  public void duplicateArm(ArmViewModel arm) {
    columns.duplicate(arm);
  }

  /** Removes a column; the last one stays. */
  public void removeArm(ArmViewModel arm) {
    columns.remove(arm);
  }

  /**
   * Puts these columns in place of all. Those that leave lose their results; those that come are
   * run if others were.
   */
  public void setColumns(List<ArmViewModel> wanted) {
    columns.replace(wanted);
  }

  /** Moves a column by {@code by} places. */
  public void moveArm(ArmViewModel arm, int by) {
    columns.move(arm, by);
  }

  /** What is there now. */
  public WorkbenchContent content() {
    return WorkbenchContent.of(this);
  }

  /** Puts a picture in place of all that is there. Nothing is run. */
  public void restore(WorkbenchContent content) {
    resetting = true;
    try {
      columns.endAll();
      selectedArm.set(null);
      comparison.pinnedProperty().set(null);
      comparison.brushedProperty().set(PositionSet.NONE);
      arms.clear();
      models.pretrainLengthProperty().set(content.pretrainLength());
      length.set(content.length());
      newTokens.set(content.newTokens());
      cacheType.set(content.cacheType());
      arms.setAll(content.columns().stream().map(ArmViewModel::restored).toList());
      selectedArm.set(columns.at(content.selected()));
      comparison.pinnedProperty().set(columns.at(content.pinned()));
      position.set(content.position());
    } finally {
      resetting = false;
    }
  }

  /** Changes one parameter; others that depend on it are kept in range. */
  public void setParameter(ArmViewModel arm, String key, int value) {
    setArm(arm, ArmDefaults.with(arm.arm(), Map.of(key, value)));
  }

  /** Changes a column's settings and, if it was run, runs it again once they rest. */
  public void setArm(ArmViewModel column, Arm arm) {
    if (column.arm().equals(arm)) {
      return;
    }
    boolean live = column.wasRun();
    column.armProperty().set(arm);
    updateForecast();
    if (live) {
      queue.request(column, forecasts.rest(request(column)));
    }
  }

  /** Moves the selected position by {@code by} tokens, within what is there. */
  public void walk(int by) {
    int size = tokenCount();
    if (size > 0) {
      int from = position.get() == NONE ? size - 1 - by : position.get();
      position.set(Math.clamp((long) from + by, 0, size - 1));
    }
  }

  /** Tokens in the longest column, or those that would be read. */
  public int tokenCount() {
    int size = tokens().length;
    for (ArmViewModel arm : arms) {
      ArmSnapshot shown = arm.shown();
      size = Math.max(size, shown == null ? 0 : shown.size());
    }
    return size;
  }

  /** {@code [N]}: the tokens that are read. Do not modify. */
  public int[] tokens() {
    return read.first(length.get(), models.source().tokens());
  }

  /** Stops everything and closes the model. */
  public void close() {
    queue.cancelAll();
    forecasts.stopCalibrating();
    models.close();
  }

  private @Nullable RunRequest request(ArmViewModel arm) {
    SharedModel model = models.source().model();
    int[] read = tokens();
    if (model == null || read.length < 2) {
      return null;
    }
    return new RunRequest(
        model,
        arm.arm(),
        read,
        newTokens.get(),
        CAPTURES,
        cacheType.get(),
        arm.memory(admission.mostRemembered()));
  }

  /** What the queue asks. */
  private final class Plan implements RunQueue.Plan {

    @Override
    public @Nullable RunRequest request(ArmViewModel arm) {
      return WorkbenchViewModel.this.request(arm);
    }

    @Override
    public boolean fits(RunRequest request) {
      return admission.fit(List.of(request));
    }

    @Override
    public void makeRoom(Runnable then) {
      admission.makeRoom(then);
    }

    @Override
    public boolean admits(ArmViewModel arm, RunRequest request) {
      return admission.admits(List.of(arm), List.of(request));
    }

    @Override
    public void finished(RunRequest request, RunOutcome outcome) {
      forecasts.learn(request, outcome);
    }
  }

  /** What running all arms would be; nothing while there is no model or no text. */
  private List<RunRequest> requests() {
    return arms.stream().map(this::request).flatMap(Stream::ofNullable).toList();
  }

  private void updateForecast() {
    if (!resetting) {
      forecast.set(forecasts.of(requests()));
    }
  }

  private void sourceChanged(Source before, Source now) {
    resetting = true;
    try {
      columns.endAll();
      position.set(NONE);
      comparison.brushedProperty().set(PositionSet.NONE);
      SharedModel model = now.model();
      if (model != before.model()) {
        forecasts.stopCalibrating(); // the earlier model is about to be closed
      }
      if (model != null && model != before.model()) {
        ModelConfig config = model.model().config();
        charts.fit(config.layers(), config.heads());
        columns.begin(models.pretrainLengthProperty().get());
      }
      fitLength(before, now);
    } finally {
      resetting = false;
    }
    RunRequest first = arms.isEmpty() ? null : request(arms.getFirst());
    if (first != null) {
      forecasts.calibrate(first);
    }
    updateForecast();
  }

  /** Keeps how many tokens are read, unless there are fewer, or it was all of another text. */
  private void fitLength(Source before, Source now) {
    int available = availableTokens();
    int[] former = before.tokens();
    boolean allOfAnother =
        former != null
            && length.get() == former.length
            && !Objects.equals(before.text(), now.text());
    if (former == null || length.get() < 2 || length.get() > available || allOfAnother) {
      length.set(Math.min(available, ArmDefaults.length(models.pretrainLengthProperty().get())));
    }
  }

  private void pretrainLengthChanged(int now) {
    int before = knownPretrainLength;
    knownPretrainLength = now;
    if (now >= 1) {
      for (ArmViewModel arm : arms) {
        setArm(arm, ArmDefaults.follow(arm.arm(), before, now));
      }
    }
  }

  private void settingsOfAllChanged() {
    if (resetting) {
      return;
    }
    updateForecast();
    if (position.get() >= tokens().length + newTokens.get()) {
      position.set(NONE);
    }
    for (ArmViewModel arm : arms) {
      if (arm.wasRun()) {
        queue.request(arm, RunQueue.REST);
      }
    }
  }
}
