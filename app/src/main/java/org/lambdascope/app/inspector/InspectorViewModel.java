package org.lambdascope.app.inspector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
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
import org.lambdascope.app.common.SeenKeys;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.common.TokenText;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.workbench.ArmFollower;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.ParameterNames;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmMask;
import org.lambdascope.engine.experiment.AttentionTile;
import org.lambdascope.engine.experiment.MaskRun;
import org.lambdascope.engine.model.LanguageModel;

/** The selected token in every arm: what it is, what it sees, and its attention row. */
public final class InspectorViewModel {

  /** How long a selection must rest before attention is recomputed: arrow keys repeat fast. */
  static final Duration REST = Duration.ofMillis(150);

  private static final String CLICK =
      "Click a token in any column to see its negative log-likelihood, its visible keys with raw"
          + " and effective distances, and its attention row. Arrow keys walk from token to token.";

  private static final String MISSING =
      "Tokens can be selected once the session’s model is found: without it there is no text.";

  private final WorkbenchViewModel workbench;
  private final TaskRunner tasks;
  private final AttentionLoader loader;
  private final Coalescer coalescer;
  private final IntegerProperty layer = new SimpleIntegerProperty(0);
  private final IntegerProperty head = new SimpleIntegerProperty(0);
  private final BooleanProperty probabilities = new SimpleBooleanProperty(true);
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper(CLICK);
  private final ObservableList<ArmAtToken> arms = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<@Nullable Panel> attention = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper attentionState = new ReadOnlyStringWrapper("");
  private final List<AttentionPanels.Row> rows = new ArrayList<>();
  private TaskRunner.Handle resting = () -> {};
  private TaskRunner.Handle loading = () -> {};

  /** Rows that are still to be loaded. */
  private int coming;

  /** What went wrong with one of the rows; empty if nothing did. */
  private String problem = "";

  /** Counts selections: rows of an earlier one are never shown. */
  private int revision;

  /** What the rows that are shown or loading belong to. */
  private @Nullable Key key;

  private record Key(
      int position,
      int layer,
      int head,
      List<ArmSnapshot.ReadAs> arms,
      @Nullable SharedModel model) {}

  /** Follows the workbench's selected position. */
  public InspectorViewModel(
      WorkbenchViewModel workbench, TaskRunner tasks, AttentionLoader loader) {
    this.workbench = workbench;
    this.tasks = tasks;
    this.loader = loader;
    this.coalescer = new Coalescer(tasks, Coalescer.INTERVAL);
    workbench.positionProperty().subscribe(p -> refresh());
    workbench.models().sourceProperty().subscribe(s -> fit());
    layer.subscribe(l -> refresh());
    head.subscribe(h -> refresh());
    probabilities.subscribe(p -> draw());
    ArmFollower.follow(
        workbench.arms(),
        arm ->
            Subscription.combine(
                arm.shownProperty().subscribe((a, b) -> soon()),
                arm.staleProperty().subscribe((a, b) -> soon())),
        this::refresh);
  }

  /** Decoder layer of the attention row, from 0. */
  public IntegerProperty layerProperty() {
    return layer;
  }

  /** Query head of the attention row, from 0. */
  public IntegerProperty headProperty() {
    return head;
  }

  /** Whether attention is shown after the softmax, else before. */
  public BooleanProperty probabilitiesProperty() {
    return probabilities;
  }

  /** The token, in one line; empty when none is selected. */
  public ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /** What to do to see a token; shown while none is selected. */
  public ReadOnlyStringProperty hintProperty() {
    return hint.getReadOnlyProperty();
  }

  /** The selected token in each arm. */
  public ObservableList<ArmAtToken> arms() {
    return arms;
  }

  /** The attention rows; null while there are none. */
  public ReadOnlyObjectProperty<@Nullable Panel> attentionProperty() {
    return attention.getReadOnlyProperty();
  }

  /** What the attention chart is waiting for; empty when it is whole. */
  public ReadOnlyStringProperty attentionStateProperty() {
    return attentionState.getReadOnlyProperty();
  }

  /** The tokens that were brushed in a plot. */
  public ObjectProperty<PositionSet> brushedProperty() {
    return workbench.comparison().brushedProperty();
  }

  /** Tokens in the longest column. */
  public int tokenCount() {
    return workbench.tokenCount();
  }

  private void fit() {
    SharedModel model = workbench.models().source().model();
    if (model != null) {
      layer.set(Math.min(layer.get(), model.model().config().layers() - 1));
      head.set(Math.min(head.get(), model.model().config().heads() - 1));
    }
    refresh();
  }

  /** Names the token where all arms have the same: what they generate may differ. */
  private static String title(int position, List<ArmAtToken> arms) {
    if (arms.isEmpty()) {
      return "";
    }
    ArmAtToken first = arms.getFirst();
    String place = "position " + Formats.count(position);
    return arms.stream().allMatch(at -> at.id() == first.id())
        ? "%s · %s · id%s%d".formatted(first.token(), place, Formats.TOGETHER, first.id())
        : place + " · the arms differ here";
  }

  private void soon() {
    coalescer.offer(this::refresh);
  }

  private void refresh() {
    int position = workbench.positionProperty().get();
    SharedModel model = workbench.models().source().model();
    List<ArmAtToken> now = new ArrayList<>();
    if (model != null && position != WorkbenchViewModel.NONE) {
      LanguageModel opened = model.model();
      for (int c = 0; c < workbench.arms().size(); c++) {
        ArmAtToken at = at(c, position, opened);
        if (at != null) {
          now.add(at);
        }
      }
    }
    boolean missing =
        model == null && workbench.arms().stream().anyMatch(arm -> arm.shown() != null);
    hint.set(missing ? MISSING : CLICK);
    title.set(title(position, now));
    if (!arms.equals(now)) {
      arms.setAll(now);
    }
    loadSoon(position, model);
  }

  private @Nullable ArmAtToken at(int column, int position, LanguageModel model) {
    ArmViewModel arm = workbench.arms().get(column);
    ArmSnapshot shown = arm.shown();
    int[] text = workbench.tokens();
    int size = shown == null ? text.length : shown.size();
    if (position >= size) {
      return null;
    }
    int id = shown == null ? text[position] : shown.idAt(position);
    Arm settings = shown == null ? arm.arm() : shown.arm();
    int scored = shown == null ? Edge.UNBOUNDED : shown.scoredTokens();
    ArmMask mask = ArmMask.of(settings, model.config()).generatingAfter(scored);
    List<MaskRun> row = mask.row(position);
    return new ArmAtToken(
        column,
        settings.kind().id(),
        ParameterNames.summary(settings),
        arm.stale(),
        TokenText.quoted(model.tokenizer(), id),
        id,
        position,
        shown == null ? Double.NaN : shown.nllAt(position),
        SeenKeys.certain(row),
        SeenKeys.besides(settings, row),
        VisibleKeys.of(mask, position));
  }

  private void loadSoon(int position, @Nullable SharedModel model) {
    List<Request> requests = new ArrayList<>();
    for (int c = 0; c < workbench.arms().size(); c++) {
      ArmSnapshot shown = workbench.arms().get(c).shown();
      if (shown == null || position < 0 || position >= shown.size()) {
        continue;
      }
      if (shown.score() != null || position <= shown.scored()) {
        requests.add(new Request(c, shown));
      }
    }
    Key wanted =
        new Key(
            position,
            layer.get(),
            head.get(),
            requests.stream().map(request -> request.run().readAs(position)).toList(),
            model);
    if (wanted.equals(key)) {
      markStale();
      return;
    }
    key = wanted;
    revision++;
    resting.cancel();
    loading.cancel();
    rows.clear();
    coming = model == null ? 0 : requests.size();
    problem = "";
    draw();
    if (model == null || requests.isEmpty()) {
      attentionState.set(
          position == WorkbenchViewModel.NONE ? "" : "Run the arms to see this token’s attention.");
      return;
    }
    attentionState.set("computing attention …");
    int mine = revision;
    resting = tasks.after(REST, () -> load(mine, model, wanted, requests, 0));
  }

  /** Rows stay as they are when settings move on; only their look changes. */
  private void markStale() {
    boolean changed = false;
    for (int r = 0; r < rows.size(); r++) {
      AttentionPanels.Row row = rows.get(r);
      if (row.stale() != stale(row.column())) {
        rows.set(r, row.marked(!row.stale()));
        changed = true;
      }
    }
    if (changed) {
      draw();
    }
  }

  private boolean stale(int column) {
    return column < workbench.arms().size() && workbench.arms().get(column).stale();
  }

  private record Request(int column, ArmSnapshot run) {
    Arm arm() {
      return run.arm();
    }
  }

  private void load(int mine, SharedModel model, Key wanted, List<Request> requests, int index) {
    if (mine != revision) {
      return;
    }
    if (index == requests.size()) {
      attentionState.set(problem);
      return;
    }
    Request request = requests.get(index);
    if (request.arm().kind() == ArmKind.REPLUG) {
      refuse(
          "replug: a query has an attention per passage; there is no single row to show",
          () -> load(mine, model, wanted, requests, index + 1));
      return;
    }
    loading =
        tasks.start(
            "attention row of " + request.arm(),
            cancellation ->
                loader.load(
                    model,
                    request.run(),
                    wanted.layer(),
                    wanted.head(),
                    wanted.position(),
                    cancellation),
            tile ->
                loaded(mine, request, tile, () -> load(mine, model, wanted, requests, index + 1)),
            failure -> failed(mine, failure, () -> load(mine, model, wanted, requests, index + 1)));
  }

  private void loaded(int mine, Request request, AttentionTile tile, Runnable next) {
    if (mine == revision) {
      rows.add(
          new AttentionPanels.Row(
              request.column(), request.arm().toString(), tile, stale(request.column())));
      coming--;
      draw();
      next.run();
    }
  }

  private void failed(int mine, Throwable failure, Runnable next) {
    if (mine == revision && !(failure instanceof CancellationException)) {
      refuse("Cannot compute attention: " + failure.getMessage(), next);
    }
  }

  private void refuse(String why, Runnable next) {
    problem = why;
    attentionState.set(why);
    coming--;
    draw();
    next.run(); // other arms may do
  }

  private void draw() {
    Map<ArmViewModel, AttentionTile> tiles = new HashMap<>();
    for (AttentionPanels.Row row : rows) {
      if (row.column() < workbench.arms().size()) {
        tiles.put(workbench.arms().get(row.column()), row.tile());
      }
    }
    workbench.comparison().setAttention(tiles, coming);
    Key now = key;
    attention.set(
        rows.isEmpty() || now == null
            ? null
            : AttentionPanels.of(
                rows, probabilities.get(), now.layer(), now.head(), now.position()));
  }
}
