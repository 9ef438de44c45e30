package org.lambdascope.app.workbench;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Formats;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.Equivalence;
import org.lambdascope.engine.experiment.ScoreMemory;
import org.lambdascope.engine.experiment.ScoreResult;

/** One arm's column: its settings, its state, and the last results, stale or not. */
public final class ArmViewModel {

  private final ObjectProperty<Arm> arm;
  private final ReadOnlyObjectWrapper<ArmKind> kind;
  private final ObjectProperty<ArmState> state = new SimpleObjectProperty<>(ArmState.IDLE);
  private final ObjectProperty<@Nullable ArmSnapshot> shown = new SimpleObjectProperty<>();
  private final ReadOnlyBooleanWrapper stale = new ReadOnlyBooleanWrapper(false);
  private final DoubleProperty progress = new SimpleDoubleProperty(0);

  private final ObjectProperty<@Nullable Equivalence> equivalence = new SimpleObjectProperty<>();

  /** The last whole results of earlier settings, until there are such of the present ones. */
  private @Nullable ArmSnapshot earlier;

  /** What its runs leave for the next; null until one is kept. */
  private @Nullable ScoreMemory memory;

  // The badge is asked for at every step of a run; the answer may take a walk over the whole text.
  private @Nullable Asked lastAsked;
  private int lastFirst;

  private record Asked(Arm arm, int slidingWindow, int length) {}

  /** Why its last run failed; empty where that is not known, or it did not. */
  private String failure = "";

  /** Counts settings: results that were computed for another revision are never shown. */
  private int revision;

  /** A column that was never run. */
  public ArmViewModel(Arm arm) {
    this.arm = new SimpleObjectProperty<>(arm);
    kind = new ReadOnlyObjectWrapper<>(arm.kind());
    kind.bind(this.arm.map(Arm::kind));
  }

  /** A column as it was; what ran then was broken off. */
  static ArmViewModel restored(WorkbenchContent.Column column) {
    ArmViewModel arm = new ArmViewModel(column.arm());
    arm.shown.set(column.shown());
    arm.stale.set(column.stale());
    arm.equivalence.set(column.equivalence());
    boolean ran = column.state() == ArmState.RUNNING || column.state() == ArmState.WAITING;
    arm.state.set(ran ? ArmState.CANCELLED : column.state());
    arm.progress.set(column.state() == ArmState.DONE ? 1 : 0);
    return arm;
  }

  /** The settings. Changing them here runs nothing; see {@link WorkbenchViewModel#setArm}. */
  public ObjectProperty<Arm> armProperty() {
    return arm;
  }

  /** The settings. */
  public Arm arm() {
    return arm.get();
  }

  /** The kind of arm that it is, which seldom changes. */
  public ReadOnlyObjectProperty<ArmKind> kindProperty() {
    return kind.getReadOnlyProperty();
  }

  /** Where it stands. */
  public ObjectProperty<ArmState> stateProperty() {
    return state;
  }

  /** Where it stands. */
  public ArmState state() {
    return state.get();
  }

  /** The results to show; null when there are none. */
  public ObjectProperty<@Nullable ArmSnapshot> shownProperty() {
    return shown;
  }

  /** The results to show; null when there are none. */
  public @Nullable ArmSnapshot shown() {
    return shown.get();
  }

  /** Whether what is shown belongs to earlier settings. */
  public ReadOnlyBooleanProperty staleProperty() {
    return stale.getReadOnlyProperty();
  }

  /** Whether what is shown belongs to earlier settings. */
  public boolean stale() {
    return stale.get();
  }

  /** How far the run is, 0 to 1. */
  public DoubleProperty progressProperty() {
    return progress;
  }

  /** How far it was measured to give vanilla's logits; null while it was not. */
  public ObjectProperty<@Nullable Equivalence> equivalenceProperty() {
    return equivalence;
  }

  /** Why its last run failed; empty where that is not known. */
  public String failure() {
    return state() == ArmState.FAILED ? failure : "";
  }

  /** Its run failed. */
  void fail(String why) {
    failure = why;
    state.set(ArmState.FAILED);
  }

  int revision() {
    return revision;
  }

  /**
   * The diagnostics to show; null when there are none. While a run is under way they are those of
   * earlier settings: see {@link #diagnosticsStale}.
   */
  public @Nullable ArmSnapshot diagnosed() {
    ArmSnapshot now = shown.get();
    return now == null || now.score() != null ? now : earlier;
  }

  /** Whether the diagnostics to show belong to earlier settings. */
  public boolean diagnosticsStale() {
    ArmSnapshot diagnosed = diagnosed();
    return diagnosed != null && (stale() || !diagnosed.equals(shown.get()));
  }

  /**
   * What its runs leave for the next; used by one run at a time.
   *
   * @param mostBytes what they may leave, if nothing is there yet
   */
  ScoreMemory memory(long mostBytes) {
    ScoreMemory now = memory;
    if (now == null) {
      now = new ScoreMemory(mostBytes);
      memory = now;
    }
    return now;
  }

  /**
   * Forgets what runs have left. One that is being stopped may still use it.
   *
   * @return bytes that are no longer held
   */
  long forget() {
    long bytes = memory == null ? 0 : memory.bytes();
    memory = null;
    return bytes;
  }

  /** Whether it has results, or will have. */
  boolean wasRun() {
    return shown.get() != null || state() == ArmState.WAITING || state() == ArmState.RUNNING;
  }

  /** The settings changed: what is shown is stale, and running results no longer count. */
  int invalidate() {
    stale.set(shown.get() != null);
    return ++revision;
  }

  /** Forgets results: another text or model. */
  void clear() {
    revision++;
    forget();
    earlier = null;
    shown.set(null);
    stale.set(false);
    equivalence.set(null);
    progress.set(0);
    state.set(ArmState.IDLE);
  }

  /** Shows results of the current settings. */
  void show(ArmSnapshot snapshot) {
    ArmSnapshot before = shown.get();
    if (snapshot.score() != null) {
      earlier = null;
    } else if (before != null && before.score() != null) {
      earlier = before;
    }
    stale.set(false);
    shown.set(snapshot);
  }

  /** Parameters for people: {@code n_global 10 · n_local 512}. */
  public String parameterSummary() {
    String text = ParameterNames.summary(arm());
    return text.isEmpty() ? "no parameters" : text;
  }

  /**
   * The first position at which the arm differs from vanilla.
   *
   * @param slidingWindow the model's own window, which vanilla has too
   * @return {@link Edge#UNBOUNDED} if it never does before {@code limit}
   */
  public static int firstDifference(Arm arm, int slidingWindow, int limit) {
    if (arm.kind() == ArmKind.TRUNCATE) {
      // Its policy within one window is vanilla's; the window itself is what differs. The last row
      // of the first window predicts a token outside it, so it is scored in the second.
      int first = arm.get("local") - 1;
      return first < limit ? first : Edge.UNBOUNDED;
    }
    if (arm.kind().needsEncoder() || arm.kind() == ArmKind.REPLUG) {
      int first = arm.get("window") - 1; // predicts the second window's first token
      return first < limit ? first : Edge.UNBOUNDED;
    }
    ContextPolicy vanilla = ContextPolicies.vanilla(slidingWindow);
    return arm.policy(slidingWindow).firstDifferenceFrom(vanilla, limit);
  }

  /**
   * The badge that says how long the arm is vanilla; empty for vanilla itself.
   *
   * @param length tokens that are read
   * @param slidingWindow the model's own window
   */
  public String vanillaBadge(int length, int slidingWindow) {
    if (arm().kind() == ArmKind.VANILLA || length < 1) {
      return "";
    }
    Asked asked = new Asked(arm(), slidingWindow, length);
    if (!asked.equals(lastAsked)) {
      lastAsked = asked;
      lastFirst = firstDifference(arm(), slidingWindow, length);
    }
    int first = lastFirst;
    if (first == Edge.UNBOUNDED) {
      return "identical to vanilla so far";
    }
    return first == 0
        ? "differs from vanilla everywhere"
        : "= vanilla up to " + Formats.count(first - 1);
  }

  /** Tokens scored per second; NaN before the score is there. */
  public double tokensPerSecond() {
    ArmSnapshot snapshot = shown.get();
    ScoreResult score = snapshot == null ? null : snapshot.score();
    return score == null || score.seconds() <= 0 ? Double.NaN : score.scored() / score.seconds();
  }
}
