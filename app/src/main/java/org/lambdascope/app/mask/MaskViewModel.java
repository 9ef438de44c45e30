package org.lambdascope.app.mask;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.SeenKeys;
import org.lambdascope.app.common.TokenText;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.experiment.ArmMask;
import org.lambdascope.engine.experiment.MaskRun;
import org.lambdascope.engine.experiment.Reach;

/** The mask of the selected arm: what is shown of it, the cell that is looked at, its edges. */
public final class MaskViewModel {

  /** A cell of a mask. */
  public record Cell(int query, int key) {}

  private final WorkbenchViewModel workbench;
  private final ReadOnlyObjectWrapper<@Nullable ArmMask> mask = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<MaskSpan> span =
      new ReadOnlyObjectWrapper<>(MaskSpan.whole(MaskSpan.LEAST));
  private final ReadOnlyObjectWrapper<@Nullable Cell> cell = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<MaskReadout> readout =
      new ReadOnlyObjectWrapper<>(MaskReadout.NONE);
  private final ReadOnlyStringWrapper facts = new ReadOnlyStringWrapper("");
  private final ObservableList<MaskEdge> edges = FXCollections.observableArrayList();
  private final IntegerProperty queryFrom = new SimpleIntegerProperty();
  private final IntegerProperty queryTo = new SimpleIntegerProperty();
  private final IntegerProperty keyFrom = new SimpleIntegerProperty();
  private final IntegerProperty keyTo = new SimpleIntegerProperty();
  private final Map<ArmViewModel, Subscription> following = new HashMap<>();
  private boolean mirroring;

  private @Nullable SharedModel shownModel;
  private int shownText;

  /** The number of tokens that the span was cut for. */
  private int knownSize = MaskSpan.LEAST;

  /** Follows the workbench's selected arm. */
  public MaskViewModel(WorkbenchViewModel workbench) {
    this.workbench = workbench;
    for (IntegerProperty end : List.of(queryFrom, queryTo, keyFrom, keyTo)) {
      end.subscribe((before, now) -> fromFields());
    }
    workbench.arms().addListener((ListChangeListener<ArmViewModel>) c -> follow());
    workbench.selectedArmProperty().subscribe(a -> refresh());
    workbench.models().sourceProperty().subscribe(s -> refresh());
    workbench.models().pretrainLengthProperty().subscribe(p -> refresh());
    workbench.lengthProperty().subscribe(n -> refresh());
    workbench.newTokensProperty().subscribe(n -> refresh());
    follow();
  }

  /** The mask; null with no model or arm. */
  public ReadOnlyObjectProperty<@Nullable ArmMask> maskProperty() {
    return mask.getReadOnlyProperty();
  }

  /** What is shown of it. */
  public ReadOnlyObjectProperty<MaskSpan> spanProperty() {
    return span.getReadOnlyProperty();
  }

  /** The cell that is looked at; null for none. */
  public ReadOnlyObjectProperty<@Nullable Cell> cellProperty() {
    return cell.getReadOnlyProperty();
  }

  /** What is to be said of it. */
  public ReadOnlyObjectProperty<MaskReadout> readoutProperty() {
    return readout.getReadOnlyProperty();
  }

  /** How the arm does, in one line. */
  public ReadOnlyStringProperty factsProperty() {
    return facts.getReadOnlyProperty();
  }

  /** The edges that can be dragged. */
  public ObservableList<MaskEdge> edges() {
    return edges;
  }

  /** First query that is shown; likewise the other three ends. */
  public IntegerProperty queryFromProperty() {
    return queryFrom;
  }

  /** Last query that is shown. */
  public IntegerProperty queryToProperty() {
    return queryTo;
  }

  /** First key that is shown. */
  public IntegerProperty keyFromProperty() {
    return keyFrom;
  }

  /** Last key that is shown. */
  public IntegerProperty keyToProperty() {
    return keyTo;
  }

  /** The workbench, whose selected arm and token this shares. */
  public WorkbenchViewModel workbench() {
    return workbench;
  }

  /** Tokens of the text. */
  public int size() {
    return Math.max(MaskSpan.LEAST, workbench.tokenCount());
  }

  /** {@code L_pretrain}. */
  public int pretrainLength() {
    return Math.max(1, workbench.models().pretrainLengthProperty().get());
  }

  /** Which ways of reaching a key the picture may show. */
  public List<Reach> reaches() {
    ArmMask now = mask.get();
    if (now == null) {
      return List.of();
    }
    List<Reach> found = new ArrayList<>();
    for (MaskRun run : now.row(size() - 1)) {
      if (!found.contains(run.reach())) {
        found.add(run.reach());
      }
    }
    return found;
  }

  /** Shows a span, cut to the text. */
  public void show(MaskSpan wanted) {
    MaskSpan now = wanted.within(size());
    span.set(now);
    mirroring = true;
    try {
      queryFrom.set(now.queryFrom());
      queryTo.set(now.queryTo() - 1);
      keyFrom.set(now.keyFrom());
      keyTo.set(now.keyTo() - 1);
    } finally {
      mirroring = false;
    }
  }

  /** Shows the whole text. */
  public void showWhole() {
    show(MaskSpan.whole(size()));
  }

  /** Shows the cells around the selected token's own, as many as fit a look from near. */
  public void showAround() {
    int position = workbench.positionProperty().get();
    if (position != WorkbenchViewModel.NONE) {
      int half = 16;
      show(new MaskSpan(position - half, position + half, position - half, position + half));
      look(position, position);
    }
  }

  /** Shows more or fewer cells, the given one staying where it is. */
  public void zoom(double factor, double query, double key) {
    show(span.get().zoomed(factor, query, key));
  }

  /** Looks at a cell; cut to what is there. */
  public void look(int query, int key) {
    int last = size() - 1;
    cell.set(new Cell(Math.clamp(query, 0, last), Math.clamp(key, 0, last)));
    read();
  }

  /** Moves the look, and what is shown if need be. */
  public void moveLook(int queries, int keys) {
    Cell from = cell.get();
    MaskSpan shown = span.get();
    if (from == null || !shown.contains(from.query(), from.key())) {
      look(shown.queryFrom() + shown.queries() / 2, shown.keyFrom() + shown.keys() / 2);
      return;
    }
    look(from.query() + queries, from.key() + keys);
    Cell to = cell.get();
    if (to != null) {
      int down = outside(to.query(), shown.queryFrom(), shown.queryTo());
      int across = outside(to.key(), shown.keyFrom(), shown.keyTo());
      if (down != 0 || across != 0) {
        show(shown.moved(down, across));
      }
    }
  }

  private static int outside(int at, int from, int to) {
    return at < from ? at - from : at >= to ? at - to + 1 : 0;
  }

  /** Selects a token everywhere. */
  public void select(int position) {
    if (position >= 0 && position < workbench.tokenCount()) {
      workbench.positionProperty().set(position);
    }
  }

  /** Sets the parameter that an edge stands for; the arm runs again when it rests. */
  public void setEdge(MaskEdge edge, int value) {
    ArmViewModel arm = workbench.selectedArmProperty().get();
    if (arm != null && arm.arm().parameters().containsKey(edge.key())) {
      workbench.setParameter(arm, edge.key(), Math.clamp(value, 0, Math.max(size(), edge.value())));
    }
  }

  private void fromFields() {
    if (!mirroring) {
      show(
          new MaskSpan(
              queryFrom.get(),
              Math.max(queryTo.get() + 1, queryFrom.get() + MaskSpan.LEAST),
              keyFrom.get(),
              Math.max(keyTo.get() + 1, keyFrom.get() + MaskSpan.LEAST)));
    }
  }

  private void follow() {
    following.values().forEach(Subscription::unsubscribe);
    following.clear();
    for (ArmViewModel arm : workbench.arms()) {
      following.put(
          arm,
          Subscription.combine(
              arm.armProperty().subscribe(a -> refresh(arm)),
              arm.shownProperty().subscribe(s -> refresh(arm)),
              arm.staleProperty().subscribe(s -> refresh(arm)),
              arm.stateProperty().subscribe(s -> refresh(arm))));
    }
    refresh();
  }

  private void refresh(ArmViewModel changed) {
    if (changed == workbench.selectedArmProperty().get()) {
      refresh();
    }
  }

  private void refresh() {
    ArmViewModel arm = workbench.selectedArmProperty().get();
    SharedModel model = workbench.models().source().model();
    int size = size();
    if (size != knownSize) {
      MaskSpan shown = span.get();
      boolean whole = shown.equals(MaskSpan.whole(knownSize));
      knownSize = size;
      show(whole ? MaskSpan.whole(size) : shown);
    }
    if (arm == null || model == null) {
      mask.set(null);
      edges.clear();
      facts.set("");
      readout.set(MaskReadout.NONE);
      return;
    }
    ArmMask before = mask.get();
    boolean generates = workbench.newTokensProperty().get() > 0;
    int text = generates ? workbench.tokens().length : Edge.UNBOUNDED;
    if (before == null
        || model != shownModel
        || text != shownText
        || !before.arm().equals(arm.arm())) {
      shownModel = model;
      shownText = text;
      mask.set(ArmMask.of(arm.arm(), model.model().config()).generatingAfter(text));
    }
    List<MaskEdge> now = MaskEdge.of(arm.arm());
    if (!edges.equals(now)) {
      edges.setAll(now);
    }
    facts.set(facts(arm));
    read();
  }

  private String facts(ArmViewModel arm) {
    List<String> said = new ArrayList<>();
    ArmSnapshot shown = arm.shown();
    if (shown != null && shown.scored() > 0) {
      said.add("mean NLL " + Formats.nats(shown.meanNll()) + (arm.stale() ? " (stale)" : ""));
    }
    if (arm.state() == ArmState.WAITING || arm.state() == ArmState.RUNNING) {
      said.add(arm.stale() ? "updating …" : "running …");
    }
    String badge =
        arm.vanillaBadge(
            workbench.lengthProperty().get() + workbench.newTokensProperty().get(),
            workbench.slidingWindow());
    if (!badge.isEmpty()) {
      said.add(badge);
    }
    return String.join(" · ", said);
  }

  private void read() {
    ArmMask now = mask.get();
    Cell at = cell.get();
    if (now == null || at == null || at.query() >= size()) {
      readout.set(MaskReadout.NONE);
      return;
    }
    MaskRun run = at.key() > at.query() ? null : now.run(at.query(), at.key());
    MaskWords words = new MaskWords(now, workbench.slidingWindow(), pretrainLength());
    readout.set(
        new MaskReadout(
            "query %s %s (sees %s) → key %s %s"
                .formatted(
                    Formats.count(at.query()),
                    token(at.query()),
                    seen(now, at.query()),
                    Formats.count(at.key()),
                    token(at.key())),
            words.distances(at.query(), at.key(), run),
            words.reason(at.query(), at.key(), run),
            run != null));
  }

  private static String seen(ArmMask mask, int query) {
    List<MaskRun> row = mask.row(query);
    return "%s of %s keys%s"
        .formatted(
            Formats.count(SeenKeys.certain(row)),
            Formats.count(query + 1L),
            SeenKeys.besides(mask.arm(), row));
  }

  private String token(int position) {
    SharedModel model = workbench.models().source().model();
    ArmViewModel arm = workbench.selectedArmProperty().get();
    ArmSnapshot shown = arm == null ? null : arm.shown();
    int[] text = workbench.tokens();
    if (model == null) {
      return "";
    }
    if (shown != null && position < shown.size()) {
      return TokenText.quoted(model.model().tokenizer(), shown.idAt(position));
    }
    return position < text.length
        ? TokenText.quoted(model.model().tokenizer(), text[position])
        : "";
  }
}
