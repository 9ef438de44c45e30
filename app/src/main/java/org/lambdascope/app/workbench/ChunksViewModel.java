package org.lambdascope.app.workbench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.common.TokenText;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ContextTile;
import org.lambdascope.engine.kernels.CacheType;

/** The encoder's chunks of one arm's text, and what the selected token takes from each. */
public final class ChunksViewModel {

  /** Stands for no selected chunk. */
  public static final int NONE = -1;

  /** How long a selection must rest before attention is recomputed: arrow keys repeat fast. */
  static final Duration REST = Duration.ofMillis(150);

  private final ArmViewModel column;
  private final WorkbenchViewModel workbench;
  private final TaskRunner tasks;
  private final ContextTileLoader loader;
  private final ObservableList<EncoderChunk> chunks = FXCollections.observableArrayList();
  private final IntegerProperty selected = new SimpleIntegerProperty(NONE);
  private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
  private final Subscription following;
  private TaskRunner.Handle resting = () -> {};
  private TaskRunner.Handle loading = () -> {};

  /** Counts selections: what was computed for an earlier one is never shown. */
  private int revision;

  private @Nullable Key key;
  private @Nullable ContextTile tile;

  private record Key(
      int position, Arm arm, CacheType cache, int size, @Nullable SharedModel model) {}

  /** Follows a column whose arm has an encoder, until {@link #dispose}. */
  public ChunksViewModel(
      ArmViewModel column,
      WorkbenchViewModel workbench,
      TaskRunner tasks,
      ContextTileLoader loader) {
    this.column = column;
    this.workbench = workbench;
    this.tasks = tasks;
    this.loader = loader;
    this.following =
        Subscription.combine(
            column.shownProperty().subscribe(s -> refresh()),
            column.armProperty().subscribe(a -> refresh()),
            workbench.positionProperty().subscribe(p -> refresh()),
            workbench.lengthProperty().subscribe(n -> refresh()),
            workbench.models().sourceProperty().subscribe(s -> refresh()),
            workbench.charts().layerProperty().subscribe(l -> show()),
            workbench.charts().headProperty().subscribe(h -> show()),
            selected.subscribe(c -> describe()));
  }

  /** The chunks of the text, in order. */
  public ObservableList<EncoderChunk> chunks() {
    return chunks;
  }

  /** Index of the selected chunk, or {@link #NONE}. */
  public IntegerProperty selectedProperty() {
    return selected;
  }

  /** The text of the selected chunk, headed by what it is; empty when none is selected. */
  public ReadOnlyStringProperty textProperty() {
    return text.getReadOnlyProperty();
  }

  /** What the shares belong to, or are waiting for. */
  public ReadOnlyStringProperty stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** The chunk that a token lies in. */
  public int chunkOf(int position) {
    return position / arm().get("chunk");
  }

  /** Index of the chunk that the selected token looks at most; {@link #NONE} if there is none. */
  public int heaviest() {
    int best = NONE;
    for (EncoderChunk chunk : chunks) {
      if (chunk.mass() > (best == NONE ? 0 : chunks.get(best).mass())) {
        best = chunk.index();
      }
    }
    return best;
  }

  /** The text of a chunk on one line; empty for an index that is none. */
  public String textOf(int chunk) {
    SharedModel model = workbench.models().source().model();
    if (model == null || chunk < 0 || chunk >= chunks.size()) {
      return "";
    }
    int[] tokens = workbench.tokens();
    StringBuilder out = new StringBuilder();
    for (int t = chunks.get(chunk).from();
        t < Math.min(chunks.get(chunk).to(), tokens.length);
        t++) {
      out.append(TokenText.of(model.model().tokenizer(), tokens[t]));
    }
    return out.toString().replaceAll("\\s+", " ").strip();
  }

  /** Ends following. */
  void dispose() {
    revision++;
    following.unsubscribe();
    resting.cancel();
    loading.cancel();
  }

  private Arm arm() {
    ArmSnapshot shown = column.shown();
    return shown == null ? column.arm() : shown.arm();
  }

  private void refresh() {
    if (!arm().kind().needsEncoder()) {
      return; // another kind of arm took its place, and another column will take this one's
    }
    ArmSnapshot shown = column.shown();
    SharedModel model = workbench.models().source().model();
    int position = workbench.positionProperty().get();
    int size = shown == null || shown.score() == null ? 0 : shown.size();
    Key wanted =
        new Key(position, arm(), shown == null ? CacheType.F32 : shown.cache(), size, model);
    if (wanted.equals(key)) {
      return;
    }
    key = wanted;
    revision++;
    resting.cancel();
    loading.cancel();
    tile = null;
    boolean computable = model != null && shown != null && position >= 0 && position < size;
    state.set(
        computable
            ? "computing …"
            : position == WorkbenchViewModel.NONE
                ? "Click a token to see how much attention it gives to each chunk."
                : "run the arm to see its cross-attention");
    show();
    if (model != null && shown != null && computable) {
      int mine = revision;
      resting = tasks.after(REST, () -> load(mine, model, shown, position));
    }
  }

  private void load(int mine, SharedModel model, ArmSnapshot shown, int position) {
    if (mine != revision) {
      return;
    }
    loading =
        tasks.start(
            "cross-attention of " + shown.arm(),
            cancellation -> loader.load(model, shown, position, cancellation),
            found -> {
              if (mine == revision) {
                tile = found;
                show();
              }
            },
            failure -> {
              if (mine == revision && !(failure instanceof CancellationException)) {
                state.set("Cannot compute cross-attention: " + failure.getMessage());
              }
            });
  }

  private void show() {
    if (!arm().kind().needsEncoder()) {
      return;
    }
    ContextTile found = tile;
    int chunk = arm().get("chunk");
    int tokens = workbench.tokens().length;
    ChartSelection charts = workbench.charts();
    List<EncoderChunk> now = new ArrayList<>();
    for (int from = 0; from < tokens; from += chunk) {
      int index = from / chunk;
      boolean reached =
          found != null
              && index >= found.firstChunk()
              && index < found.firstChunk() + found.chunks();
      now.add(
          new EncoderChunk(
              index,
              from,
              Math.min(from + chunk, tokens),
              reached && found != null
                  ? found.mass(charts.layerProperty().get(), charts.headProperty().get(), index)
                  : Double.NaN));
    }
    if (!chunks.equals(now)) {
      chunks.setAll(now);
    }
    if (found != null) {
      state.set(
          found.chunks() == 0
              ? "token %s is in the first window, which has no context"
                  .formatted(Formats.count(found.query()))
              : "cross-attention of token %s, %s"
                  .formatted(
                      Formats.count(found.query()),
                      which(charts.layerProperty().get(), charts.headProperty().get())));
    }
    if (selected.get() >= now.size()) {
      selected.set(NONE);
    }
    describe();
  }

  private static String which(int layer, int head) {
    return (layer == ChartSelection.ALL ? "mean over layers" : "layer " + layer)
        + (head == ChartSelection.ALL ? " and heads" : ", head " + head);
  }

  private void describe() {
    int index = selected.get();
    text.set(
        index < 0 || index >= chunks.size()
            ? ""
            : "%s · %s\n%s"
                .formatted(chunks.get(index).title(), chunks.get(index).share(), textOf(index)));
  }
}
