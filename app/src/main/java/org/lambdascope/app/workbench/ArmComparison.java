package org.lambdascope.app.workbench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.PositionSet;
import org.lambdascope.app.common.TokenDocument;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.common.TokenText;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.tokenizer.Tokenizer;

/**
 * What the texts of arms are compared by: the reference arm, how tokens are shaded, and the tokens
 * that were brushed in a plot.
 */
public final class ArmComparison {

  /** Stands for texts that nowhere differ. */
  public static final int NOWHERE = -1;

  private final ObservableList<ArmViewModel> arms;
  private final ObjectProperty<@Nullable ArmViewModel> pinned = new SimpleObjectProperty<>();
  private final ObjectProperty<TokenShading> shading = new SimpleObjectProperty<>(TokenShading.NLL);
  private final ObjectProperty<PositionSet> brushed = new SimpleObjectProperty<>(PositionSet.NONE);
  private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper();
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private final Map<ArmViewModel, Entropies> entropies = new HashMap<>();
  private Map<ArmViewModel, AttentionTile> attention = Map.of();
  private int attentionComing;
  private String entropyState = "";

  /** Entropies of a result; another result has others. */
  private record Entropies(ArmSnapshot of, float[] values) {}

  ArmComparison(ObservableList<ArmViewModel> arms) {
    this.arms = arms;
    ArmFollower.follow(
        arms,
        arm ->
            Subscription.combine(
                arm.stateProperty().subscribe((before, now) -> changed()),
                arm.staleProperty().subscribe((before, now) -> changed())),
        this::armsChanged);
    pinned.subscribe((before, now) -> changed());
    shading.subscribe((before, now) -> changed());
  }

  /** The arm that was pinned as the reference; null for none. */
  public ObjectProperty<@Nullable ArmViewModel> pinnedProperty() {
    return pinned;
  }

  /** What shades tokens. */
  public ObjectProperty<TokenShading> shadingProperty() {
    return shading;
  }

  /** The tokens that were brushed in a plot. */
  public ObjectProperty<PositionSet> brushedProperty() {
    return brushed;
  }

  /** What the shades are of, or what they wait for; empty where nothing is to be said. */
  public ReadOnlyStringProperty noteProperty() {
    return note.getReadOnlyProperty();
  }

  /**
   * Sets the attention of the selected token.
   *
   * @param tiles by arm, all of one layer and head; arms may be missing
   * @param coming how many of those that are missing are being computed
   */
  public void setAttention(Map<ArmViewModel, AttentionTile> tiles, int coming) {
    attention = Map.copyOf(tiles);
    attentionComing = coming;
    if (shading.get() == TokenShading.ATTENTION) {
      changed();
    }
  }

  /** Sets the entropies of the predictions of what an arm shows, one per token, in nats. */
  void setEntropies(ArmViewModel arm, ArmSnapshot of, float[] values) {
    entropies.put(arm, new Entropies(of, values));
    changed();
  }

  /** Nothing is shaded by them any more. */
  void forgetEntropies() {
    entropies.clear();
    entropyState = "";
    say();
  }

  /** Sets what entropies wait for; empty when they are there. */
  void setEntropyState(String words) {
    entropyState = words;
    changed();
  }

  /** What the shades of an arm's text wait for; empty where they wait for nothing. */
  public String awaited(ArmViewModel arm) {
    boolean waits =
        switch (shading.get()) {
          case NLL, PROBABILITY, DIFFERENCE -> false; // the column's head says how far it is read
          case ENTROPY ->
              arm.state() == ArmState.DONE && entropyState.endsWith("…") && !hasEntropies(arm);
          case ATTENTION -> attentionComing > 0 && !attention.containsKey(arm);
        };
    return waits && arm.shown() != null ? "computing …" : "";
  }

  private boolean hasEntropies(ArmViewModel arm) {
    Entropies known = entropies.get(arm);
    return known != null && known.of().equals(arm.shown());
  }

  /** Counts changes of what texts are compared with. */
  public ReadOnlyIntegerProperty changesProperty() {
    return changes.getReadOnlyProperty();
  }

  /** The arm that others are compared with: the pinned one, else the first; null without arms. */
  public @Nullable ArmViewModel reference() {
    ArmViewModel chosen = pinned.get();
    if (chosen != null && arms.contains(chosen)) {
      return chosen;
    }
    return arms.isEmpty() ? null : arms.getFirst();
  }

  /**
   * The first position at which what an arm generated differs from what the reference did; for the
   * reference itself, from any other arm. {@link #NOWHERE} where none does, texts differ, or only
   * the other result is stale.
   */
  public int divergesAt(ArmViewModel arm) {
    ArmViewModel reference = reference();
    if (reference == null) {
      return NOWHERE;
    }
    if (arm != reference) {
      return divergesAt(arm, reference);
    }
    int first = NOWHERE;
    for (ArmViewModel other : arms) {
      int at = divergesAt(reference, other);
      first = first == NOWHERE || (at != NOWHERE && at < first) ? at : first;
    }
    return first;
  }

  private static int divergesAt(ArmViewModel arm, ArmViewModel other) {
    ArmSnapshot a = arm.shown();
    ArmSnapshot b = comparable(arm, other);
    if (a == null || b == null || !Arrays.equals(a.tokens(), b.tokens())) {
      return NOWHERE;
    }
    for (int i = a.tokens().length; i < Math.min(a.size(), b.size()); i++) {
      if (a.idAt(i) != b.idAt(i)) {
        return i;
      }
    }
    return NOWHERE;
  }

  /**
   * What another arm shows, for a comparison that is shown with an arm's own text; null where that
   * text would not look stale though the comparison is.
   */
  private static @Nullable ArmSnapshot comparable(ArmViewModel arm, ArmViewModel other) {
    return other.stale() && !arm.stale() ? null : other.shown();
  }

  /**
   * The tokens of an arm as they are to be shown.
   *
   * @param text {@code [N]}: what would be read, for an arm that was not run
   */
  public TokenDocument document(ArmViewModel arm, Tokenizer tokenizer, int[] text) {
    ArmSnapshot shown = arm.shown();
    if (shown == null) {
      return new TokenDocument(
          text.length,
          text.length,
          i -> text[i],
          id -> TokenText.of(tokenizer, id),
          i -> Double.NaN,
          shading.get(),
          attended(arm),
          NOWHERE,
          new Tokens(tokenizer, text, text, 0));
    }
    return new TokenDocument(
        shown.size(),
        shown.tokens().length,
        shown::idAt,
        id -> TokenText.of(tokenizer, id),
        shown::nllAt,
        shading.get(),
        values(arm, shown),
        divergesAt(arm),
        new Tokens(tokenizer, shown.tokens(), shown.newIds(), shown.newCount()));
  }

  /** Arrays are never modified but for what is generated, so that their identity tells. */
  private record Tokens(Tokenizer tokenizer, int[] text, int[] generated, int count) {}

  private IntToDoubleFunction values(ArmViewModel arm, ArmSnapshot shown) {
    return switch (shading.get()) {
      case NLL -> shown::nllAt;
      case PROBABILITY -> i -> Math.exp(-shown.nllAt(i));
      case ENTROPY -> entropy(arm, shown);
      case ATTENTION -> attended(arm);
      case DIFFERENCE -> difference(arm, shown);
    };
  }

  private IntToDoubleFunction entropy(ArmViewModel arm, ArmSnapshot shown) {
    Entropies known = entropies.get(arm);
    float[] values = known != null && known.of().equals(shown) ? known.values() : new float[0];
    return i -> i < values.length ? values[i] : Double.NaN;
  }

  /** 0 where the selected token sees nothing; NaN after it, and where nothing is known. */
  private IntToDoubleFunction attended(ArmViewModel arm) {
    AttentionTile tile = attention.get(arm);
    if (tile == null) {
      return i -> Double.NaN;
    }
    int[] keys = tile.keys();
    return i -> {
      int at = Arrays.binarySearch(keys, i);
      return i > tile.query() ? Double.NaN : at < 0 ? 0 : tile.probabilities()[at];
    };
  }

  /**
   * NaN where the two arms do not predict the same token after the same tokens, and everywhere
   * while only the reference is stale.
   */
  private IntToDoubleFunction difference(ArmViewModel arm, ArmSnapshot shown) {
    ArmViewModel reference = reference();
    ArmSnapshot other = reference == null ? null : comparable(arm, reference);
    if (other == null || !Arrays.equals(other.tokens(), shown.tokens())) {
      return i -> Double.NaN;
    }
    int same = shown.tokens().length;
    while (same < Math.min(shown.size(), other.size()) && shown.idAt(same) == other.idAt(same)) {
      same++;
    }
    int end = same;
    return i -> i < end ? shown.nllAt(i) - other.nllAt(i) : Double.NaN;
  }

  /**
   * The greatest difference in negative log-likelihood between an arm and vanilla, over the tokens
   * that both predict from the same keys at the same distances: 0 but for rounding.
   *
   * @param slidingWindow the model's own
   * @return in nats; NaN while either has no results, or only vanilla's are stale
   */
  public double deviationFromVanilla(ArmViewModel arm, int slidingWindow) {
    for (ArmViewModel other : arms) {
      ArmSnapshot vanilla = comparable(arm, other);
      ArmSnapshot shown = arm.shown();
      if (vanilla != null
          && shown != null
          && vanilla.arm().kind() == ArmKind.VANILLA
          && Arrays.equals(vanilla.tokens(), shown.tokens())) {
        int same = ArmViewModel.firstDifference(shown.arm(), slidingWindow, shown.tokens().length);
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

  private void armsChanged() {
    entropies.keySet().retainAll(arms);
    changed();
  }

  private void changed() {
    say();
    changes.set(changes.get() + 1);
  }

  private void say() {
    note.set(
        switch (shading.get()) {
          case NLL, PROBABILITY -> "";
          case DIFFERENCE -> referenceStale() ? "the reference is stale" : "negative: lower NLL";
          case ENTROPY -> entropyState;
          case ATTENTION -> attentionNote();
        });
  }

  private boolean referenceStale() {
    ArmViewModel reference = reference();
    return reference != null && reference.stale();
  }

  /** Columns are shaded one after another: what is not shaded yet must not pass for unattended. */
  private String attentionNote() {
    if (attention.isEmpty() && attentionComing == 0) {
      return "click a token";
    }
    String of =
        attention.values().stream()
            .findFirst()
            .map(t -> "layer %d · head %d".formatted(t.layer(), t.head()))
            .orElse("");
    if (attentionComing == 0) {
      return of;
    }
    String reading =
        "reading, %d of %d arms".formatted(attention.size(), attention.size() + attentionComing);
    return of.isEmpty() ? reading : of + " · " + reading;
  }
}
