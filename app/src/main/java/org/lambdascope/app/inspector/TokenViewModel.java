package org.lambdascope.app.inspector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Coalescer;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.PositionSet;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.common.TokenText;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.workbench.ArmFollower;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.Prediction;
import org.lambdascope.engine.experiment.TokenReading;
import org.lambdascope.engine.experiment.TokenReadings;

/**
 * Everything about the selected token, arm by arm: what may come next, what each layer would say,
 * what each head looks at, and where its hidden state lies. Computed only while it is looked at.
 */
public final class TokenViewModel {

  /** No token, as the selected candidate. */
  public static final int NONE = -1;

  private static final Duration REST = Duration.ofMillis(200);
  private static final int CANDIDATES = 20;
  private static final int NEIGHBOURS = 20;

  private final WorkbenchViewModel workbench;
  private final InspectorViewModel inspector;
  private final TaskRunner tasks;
  private final ReadingLoader loader;
  private final Coalescer coalescer;
  private final BooleanProperty active = new SimpleBooleanProperty(false);
  private final IntegerProperty stateLayer = new SimpleIntegerProperty(0);
  private final IntegerProperty candidate = new SimpleIntegerProperty(NONE);
  private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
  private final ObservableList<ArmReading> readings = FXCollections.observableArrayList();
  private TaskRunner.Handle resting = () -> {};
  private TaskRunner.Handle loading = () -> {};
  private int revision;
  private @Nullable Key key;

  private record Key(
      int position, int stateLayer, List<Wanted> arms, @Nullable SharedModel model) {}

  /** The snapshot's length is part of the key: the next token may only just be known. */
  private record Wanted(ArmViewModel column, ArmSnapshot.ReadAs read, int size) {}

  /** Follows the workbench's selected position. */
  public TokenViewModel(
      WorkbenchViewModel workbench,
      InspectorViewModel inspector,
      TaskRunner tasks,
      ReadingLoader loader) {
    this.workbench = workbench;
    this.inspector = inspector;
    this.tasks = tasks;
    this.loader = loader;
    this.coalescer = new Coalescer(tasks, Coalescer.INTERVAL);
    workbench.positionProperty().subscribe(p -> refresh());
    workbench.models().sourceProperty().subscribe(s -> fit());
    active.subscribe(a -> refresh());
    stateLayer.subscribe(l -> refresh());
    ArmFollower.follow(
        workbench.arms(),
        arm ->
            Subscription.combine(
                arm.shownProperty().subscribe((a, b) -> soon()),
                arm.staleProperty().subscribe((a, b) -> soon())),
        this::refresh);
  }

  /** Whether it is looked at; else nothing is computed. */
  public BooleanProperty activeProperty() {
    return active;
  }

  /** The layer whose output hidden states are of, from 0. */
  public IntegerProperty stateLayerProperty() {
    return stateLayer;
  }

  /** The id of the next token that is looked at in all arms, or {@link #NONE}. */
  public IntegerProperty candidateProperty() {
    return candidate;
  }

  /** What is being waited for, or what to do; empty when all is there. */
  public ReadOnlyStringProperty stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** The arms, in the order of columns. */
  public ObservableList<ArmReading> readings() {
    return readings;
  }

  /** The workbench, whose selected arm, token and brush this shares. */
  public WorkbenchViewModel workbench() {
    return workbench;
  }

  /** The layer and head that the attention row is of. */
  public InspectorViewModel inspector() {
    return inspector;
  }

  /** The reading of the selected arm; else the first there is. Null for none. */
  public @Nullable ArmReading selected() {
    for (ArmReading reading : readings) {
      if (reading.arm() == workbench.selectedArmProperty().get()) {
        return reading;
      }
    }
    return readings.isEmpty() ? null : readings.getFirst();
  }

  /**
   * What may come next under an arm, most probable first; the token that does come next is the last
   * where it is not among them.
   */
  public List<Candidate> candidates(ArmReading of) {
    TokenReading reading = of.reading();
    if (reading == null) {
      return List.of();
    }
    double highest = 0;
    for (ArmReading each : readings) {
      TokenReading other = each.reading();
      highest = Math.max(highest, other == null ? 0 : other.next().probabilities()[0]);
    }
    Prediction next = reading.next();
    int actual = nextId(of.arm(), reading.query());
    List<Candidate> found = new ArrayList<>();
    for (int k = 0; k < next.ids().length; k++) {
      found.add(candidate(k + 1, next.ids()[k], next.probabilities()[k], highest, actual));
    }
    if (actual != NONE && next.targetRank() > next.ids().length) {
      found.add(candidate(next.targetRank(), actual, next.target(), highest, actual));
    }
    return found;
  }

  private Candidate candidate(int rank, int id, double probability, double highest, int actual) {
    double share = highest > 0 ? probability / highest : 0;
    return new Candidate(rank, id, text(id), probability, share, id == actual);
  }

  private static int nextId(ArmViewModel arm, int query) {
    ArmSnapshot shown = arm.shown();
    return shown == null || query + 1 >= shown.size() ? NONE : shown.idAt(query + 1);
  }

  /** A token in quotes. */
  public String text(int id) {
    SharedModel model = workbench.models().source().model();
    return model == null ? "" : TokenText.quoted(model.model().tokenizer(), id);
  }

  /** The token at a position under an arm, with a few before and after it. */
  public String around(ArmViewModel arm, int position) {
    SharedModel model = workbench.models().source().model();
    ArmSnapshot shown = arm.shown();
    if (model == null || shown == null || position >= shown.size()) {
      return "";
    }
    StringBuilder words = new StringBuilder(position > 6 ? "…" : "");
    for (int i = Math.max(0, position - 6); i < Math.min(shown.size(), position + 4); i++) {
      String text = TokenText.of(model.model().tokenizer(), shown.idAt(i)).replaceAll("\\s", " ");
      words.append(i == position ? "[" + text + "]" : text);
    }
    return words.append(position + 4 < shown.size() ? "…" : "").toString();
  }

  /** Selects a token everywhere. */
  public void select(int position) {
    if (position >= 0 && position < workbench.tokenCount()) {
      workbench.positionProperty().set(position);
    }
  }

  /** Marks tokens in all plots and texts. */
  public void brush(IntStream positions) {
    workbench.comparison().brushedProperty().set(PositionSet.of(positions));
  }

  private void fit() {
    SharedModel model = workbench.models().source().model();
    if (model != null) {
      stateLayer.set(Math.min(stateLayer.get(), model.model().config().layers() - 1));
    }
    refresh();
  }

  private void soon() {
    coalescer.offer(this::refresh);
  }

  private void refresh() {
    if (!active.get()) {
      return;
    }
    int position = workbench.positionProperty().get();
    SharedModel model = workbench.models().source().model();
    List<Wanted> wanted = new ArrayList<>();
    for (ArmViewModel arm : workbench.arms()) {
      ArmSnapshot shown = arm.shown();
      if (shown != null && position >= 0 && position < shown.size() && readable(shown, position)) {
        wanted.add(new Wanted(arm, shown.readAs(position), Math.min(shown.size(), position + 2)));
      }
    }
    Key now = new Key(position, stateLayer.get(), wanted, model);
    if (now.equals(key)) {
      markStale();
      return;
    }
    key = now;
    revision++;
    resting.cancel();
    loading.cancel();
    if (model == null || wanted.isEmpty()) {
      readings.clear();
      state.set(
          position == WorkbenchViewModel.NONE
              ? "Click a token in the text to see what the model makes of it."
              : "Run the arms (Ctrl+Enter) to see what they make of this token.");
      return;
    }
    List<ArmReading> waiting = new ArrayList<>();
    for (Wanted each : wanted) {
      int column = workbench.arms().indexOf(each.column());
      waiting.add(
          new ArmReading(
              column,
              each.column(),
              each.read().arm(),
              before(each),
              "computing …",
              each.column().stale()));
    }
    readings.setAll(waiting);
    state.set("reading up to token %s …".formatted(Formats.count(position)));
    int mine = revision;
    resting = tasks.after(REST, () -> load(mine, model, position, 0));
  }

  /** What was read stays as it is when settings move on; only its look changes. */
  private void markStale() {
    for (int i = 0; i < readings.size(); i++) {
      ArmReading reading = readings.get(i);
      if (reading.stale() != reading.arm().stale()) {
        readings.set(i, reading.marked(reading.arm().stale()));
      }
    }
  }

  private static boolean readable(ArmSnapshot shown, int position) {
    return shown.score() != null || position <= shown.scored();
  }

  /** What was shown for an arm, so that plots do not blink; it is marked as being computed. */
  private @Nullable TokenReading before(Wanted wanted) {
    for (ArmReading reading : readings) {
      if (reading.arm() == wanted.column() && reading.settings().equals(wanted.read().arm())) {
        TokenReading old = reading.reading();
        boolean same = old != null && old.query() == workbench.positionProperty().get();
        return same ? old : null;
      }
    }
    return null;
  }

  private void load(int mine, SharedModel model, int position, int index) {
    if (mine != revision) {
      return;
    }
    if (index == readings.size()) {
      state.set("");
      return;
    }
    ArmReading reading = readings.get(index);
    if (reading.settings().kind() == ArmKind.REPLUG) {
      readings.set(
          index, reading.failing("replug reads a token once per passage: there is no one reading"));
      load(mine, model, position, index + 1);
      return;
    }
    ArmSnapshot shown = reading.arm().shown();
    if (shown == null || !shown.arm().equals(reading.settings())) {
      return; // the window closes, or something else is about to be read
    }
    TokenReadings.Options options =
        new TokenReadings.Options(CANDIDATES, stateLayer.get(), NEIGHBOURS);
    loading =
        tasks.start(
            "selected token under " + reading.settings(),
            cancellation -> loader.load(model, shown, position, options, cancellation),
            found -> {
              if (mine == revision) {
                readings.set(index, readings.get(index).with(found));
                load(mine, model, position, index + 1);
              }
            },
            failure -> {
              if (mine == revision && !(failure instanceof CancellationException)) {
                readings.set(
                    index, readings.get(index).failing(String.valueOf(failure.getMessage())));
                load(mine, model, position, index + 1);
              }
            });
  }
}
