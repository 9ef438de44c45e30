package org.lambdascope.app.workbench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Dialogs;
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

  /** Runs that take no longer begin at once when a setting moves. */
  private static final double LIVE_SECONDS = 5;

  private static final int MOST_FIRST_LENGTH = 8192;
  private static final int LEAST_FIRST_LENGTH = 1024;

  private final ModelsViewModel models;
  private final ArmRunner runner;
  private final RunQueue queue;
  private final RunForecasts forecasts;
  private final RunAdmission admission;
  private final ReadOnlyObjectWrapper<RunForecast> forecast =
      new ReadOnlyObjectWrapper<>(RunForecast.NONE);
  private final ObjectProperty<CacheType> cacheType = new SimpleObjectProperty<>(CacheType.F32);
  private final ObservableList<ArmViewModel> arms = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable ArmViewModel> selectedArm = new SimpleObjectProperty<>();
  private final IntegerProperty length = new SimpleIntegerProperty(0);
  private final IntegerProperty newTokens = new SimpleIntegerProperty(64);
  private final IntegerProperty position = new SimpleIntegerProperty(NONE);
  private final ChartSelection charts = new ChartSelection();
  private final ArmComparison comparison = new ArmComparison(arms);
  private int knownPretrainLength;
  private int[] tokens = {};
  private int @Nullable [] tokensOf;

  /** True while a new source resets properties, which then must not start runs one by one. */
  private boolean resetting;

  /**
   * An empty workbench.
   *
   * @param clock nanoseconds, as {@link System#nanoTime}
   * @param freeBytes bytes of heap that a run may still take
   */
  public WorkbenchViewModel(
      ModelsViewModel models,
      TaskRunner tasks,
      ArmRunner runner,
      Dialogs dialogs,
      LongSupplier clock,
      LongSupplier freeBytes) {
    this.models = models;
    this.runner = runner;
    this.admission = new RunAdmission(this, runner, dialogs, freeBytes);
    this.forecasts = new RunForecasts(tasks, runner, this::updateForecast);
    this.queue = new RunQueue(tasks, runner, dialogs, clock, new Plan());
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

  /** Runs every arm anew. */
  public void run() {
    if (!models.source().complete() || !allAdmitted()) {
      return;
    }
    forecasts.stopCalibrating();
    for (ArmViewModel arm : arms) {
      queue.request(arm, Duration.ZERO);
    }
  }

  /** The most bytes that any one run will take for its cache and captures; 0 with nothing open. */
  public long forecastBytes() {
    long most = 0;
    for (ArmViewModel arm : arms) {
      RunRequest request = request(arm);
      most = Math.max(most, request == null ? 0 : runner.predictedBytes(request));
    }
    return most;
  }

  /**
   * The greatest difference in negative log-likelihood between an arm and vanilla, over the tokens
   * that both predict from the same keys at the same distances: 0 but for rounding.
   *
   * @return in nats; NaN while either has no results
   */
  public double deviationFromVanilla(ArmViewModel arm) {
    for (ArmViewModel other : arms) {
      ArmSnapshot vanilla = other.shown();
      ArmSnapshot shown = arm.shown();
      if (vanilla != null
          && shown != null
          && vanilla.arm().kind() == ArmKind.VANILLA
          && Arrays.equals(vanilla.tokens(), shown.tokens())) {
        int same =
            ArmViewModel.firstDifference(shown.arm(), slidingWindow(), shown.tokens().length);
        int to = Math.min(same, Math.min(vanilla.scored(), shown.scored()));
        double most = Double.NaN;
        for (int i = 0; i < to; i++) {
          double delta = Math.abs(vanilla.nll()[i] - shown.nll()[i]);
          most = most >= delta ? most : delta;
        }
        return most;
      }
    }
    return Double.NaN;
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
    for (ArmViewModel arm : arms) {
      queue.drop(arm);
      arm.clear();
    }
    int length = Math.max(1, models.pretrainLengthProperty().get());
    arms.setAll(
        kinds.stream().map(kind -> new ArmViewModel(Arm.withDefaults(kind, length))).toList());
    selectedArm.set(arms.isEmpty() ? null : arms.getLast());
  }

  /** Adds a column with an arm at its defaults and selects it. */
  public void addArm(ArmKind kind) {
    add(Arm.withDefaults(kind, Math.max(1, models.pretrainLengthProperty().get())), arms.size());
  }

  /** Adds a copy beside a column and selects it. */
  public void duplicateArm(ArmViewModel arm) {
    add(arm.arm(), arms.indexOf(arm) + 1);
  }

  private void add(Arm arm, int index) {
    ArmViewModel column = new ArmViewModel(arm);
    boolean live = arms.stream().anyMatch(ArmViewModel::wasRun);
    arms.add(index, column);
    selectedArm.set(column);
    if (live) {
      queue.request(column, Duration.ZERO);
    }
  }

  /** Removes a column; the last one stays. */
  public void removeArm(ArmViewModel arm) {
    int index = arms.indexOf(arm);
    if (index < 0 || arms.size() == 1) {
      return;
    }
    queue.drop(arm);
    arm.clear();
    arms.remove(index);
    if (selectedArm.get() == arm) {
      selectedArm.set(arms.get(Math.min(index, arms.size() - 1)));
    }
  }

  /**
   * Puts these columns in place of all. Those that leave lose their results; those that come are
   * run if others were.
   */
  public void setColumns(List<ArmViewModel> columns) {
    boolean live = arms.stream().anyMatch(ArmViewModel::wasRun);
    List<ArmViewModel> coming = columns.stream().filter(c -> !arms.contains(c)).toList();
    for (ArmViewModel arm : arms) {
      if (!columns.contains(arm)) {
        queue.drop(arm);
        arm.clear();
      }
    }
    arms.setAll(columns);
    if (!arms.contains(selectedArm.get())) {
      selectedArm.set(arms.isEmpty() ? null : arms.getLast());
    }
    for (ArmViewModel arm : coming) {
      if (live) {
        queue.request(arm, Duration.ZERO);
      }
    }
  }

  /** What is there now. */
  public WorkbenchContent content() {
    return WorkbenchContent.of(this);
  }

  /** Puts a picture in place of all that is there. Nothing is run. */
  public void restore(WorkbenchContent content) {
    resetting = true;
    try {
      for (ArmViewModel arm : arms) {
        queue.drop(arm);
        arm.clear();
      }
      selectedArm.set(null);
      comparison.pinnedProperty().set(null);
      comparison.brushedProperty().set(PositionSet.NONE);
      arms.clear();
      models.pretrainLengthProperty().set(content.pretrainLength());
      length.set(content.length());
      newTokens.set(content.newTokens());
      cacheType.set(content.cacheType());
      arms.setAll(content.columns().stream().map(ArmViewModel::restored).toList());
      selectedArm.set(column(content.selected()));
      comparison.pinnedProperty().set(column(content.pinned()));
      position.set(content.position());
    } finally {
      resetting = false;
    }
  }

  private @Nullable ArmViewModel column(int index) {
    return index >= 0 && index < arms.size() ? arms.get(index) : null;
  }

  /** Moves a column by {@code by} places. */
  public void moveArm(ArmViewModel arm, int by) {
    int from = arms.indexOf(arm);
    int to = from + by;
    if (from >= 0 && to >= 0 && to < arms.size()) {
      arms.remove(from);
      arms.add(to, arm);
      selectedArm.set(arm);
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
      queue.request(column, restOf(column));
    }
  }

  /** A run that is soon over may follow every move of a slider; another waits for its rest. */
  private Duration restOf(ArmViewModel column) {
    RunRequest request = request(column);
    double seconds = request == null ? Double.NaN : forecasts.seconds(request);
    return seconds <= LIVE_SECONDS ? Duration.ZERO : RunQueue.REST;
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
    int[] all = models.source().tokens();
    int wanted = all == null ? 0 : Math.clamp(length.get(), 0, all.length);
    if (all != tokensOf || tokens.length != wanted) {
      // All arms share one array, read when it is asked for: listeners come in no fixed order.
      tokensOf = all;
      tokens = all == null ? new int[0] : Arrays.copyOf(all, wanted);
    }
    return tokens;
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
    public boolean admits(ArmViewModel arm, RunRequest request) {
      return admission.admits(List.of(arm), List.of(request));
    }

    @Override
    public void finished(RunRequest request, RunOutcome outcome) {
      forecasts.learn(request, outcome);
    }
  }

  private boolean allAdmitted() {
    List<ArmViewModel> columns = new ArrayList<>();
    List<RunRequest> requests = new ArrayList<>();
    for (ArmViewModel arm : arms) {
      RunRequest request = request(arm);
      if (request != null) {
        columns.add(arm);
        requests.add(request);
      }
    }
    return admission.admits(columns, requests);
  }

  private void updateForecast() {
    if (resetting) {
      return;
    }
    double seconds = 0;
    for (ArmViewModel arm : arms) {
      RunRequest request = request(arm);
      seconds += request == null ? Double.NaN : forecasts.seconds(request);
    }
    forecast.set(new RunForecast(forecastBytes(), arms.isEmpty() ? Double.NaN : seconds));
  }

  private void sourceChanged(Source before, Source now) {
    resetting = true;
    try {
      for (ArmViewModel arm : arms) {
        queue.drop(arm);
        arm.clear();
      }
      position.set(NONE);
      comparison.brushedProperty().set(PositionSet.NONE);
      SharedModel model = now.model();
      if (model != before.model()) {
        forecasts.stopCalibrating(); // the earlier model is about to be closed
      }
      if (model != null && model != before.model()) {
        ModelConfig config = model.model().config();
        charts.fit(config.layers(), config.heads());
        if (arms.isEmpty()) {
          ArmDefaults.first(models.pretrainLengthProperty().get())
              .forEach(a -> arms.add(new ArmViewModel(a)));
          selectedArm.set(arms.getLast());
        }
      }
      int available = availableTokens();
      boolean keep = length.get() >= 2 && length.get() <= available && before.tokens() != null;
      if (!keep) {
        int wanted =
            Math.clamp(
                4L * models.pretrainLengthProperty().get(), LEAST_FIRST_LENGTH, MOST_FIRST_LENGTH);
        length.set(Math.min(available, wanted));
      }
    } finally {
      resetting = false;
    }
    RunRequest first = arms.isEmpty() ? null : request(arms.getFirst());
    if (first != null) {
      forecasts.calibrate(first);
    }
    updateForecast();
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
