package org.lambdascope.app.workbench;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.PositionSet;
import org.lambdascope.app.common.TokenCanvas;
import org.lambdascope.app.common.TokenDocument;
import org.lambdascope.app.common.TokenPlaces;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.tokenizer.Tokenizer;

/** The nodes of one arm's column, one per row of the workbench. */
final class ArmColumn {

  /** Four columns fit a window of 1280 with all its parts. */
  static final double LEAST_WIDTH = 182;

  private static final double CHART_HEIGHT = 225;

  final ArmViewModel arm;

  /** The kind of arm that it was made for. */
  private final ArmKind kind;

  final ArmHeaderView header;
  final TokenCanvas tokens = new TokenCanvas();
  final FigureView logits;
  final FigureView entropy;
  final FigureView pca;
  private final @Nullable ChunksViewModel encoded;
  private final @Nullable ChunksView chunks;
  private final WorkbenchViewModel workbench;
  private final ChartActions actions;
  private final Subscription following;
  private ArmPanels panels = ArmPanels.NONE;
  private FigureTheme theme = FigureTheme.LIGHT;

  /** Made when they are first to be seen, which most never are. */
  private @Nullable CrossCharts cross;

  /** The charts of cross-attention, which stand in all columns if one arm has an encoder. */
  private record CrossCharts(FigureView mass, FigureView norm, Subscription following) {}

  ArmColumn(
      ArmViewModel arm,
      WorkbenchViewModel workbench,
      DiagnosticsViewModel diagnostics,
      @Nullable ChunksViewModel chunks,
      ChartActions actions) {
    this.arm = arm;
    kind = arm.arm().kind();
    this.workbench = workbench;
    this.actions = actions;
    encoded = chunks;
    header = new ArmHeaderView(arm, workbench);
    String name = kind.id();
    logits = figure("logits-by-distance-" + name, actions);
    entropy = figure("entropy-" + name, actions);
    pca = figure("pca-" + name, actions);
    entropy.setOnPick((x, y) -> pick((int) Math.round(x)));
    pca.setOnPick((x, y) -> pick(diagnostics.nearestPosition(arm, x, y)));
    header.setMinWidth(LEAST_WIDTH);
    tokens.setMinWidth(LEAST_WIDTH);
    tokens.setPrefWidth(LEAST_WIDTH);
    tokens.selectedProperty().bindBidirectional(workbench.positionProperty());
    tokens.setOnMousePressed(e -> workbench.selectedArmProperty().set(arm));
    this.chunks = chunks == null ? null : new ChunksView(chunks, tokens);
    if (chunks != null) {
      tokens.setMinWidth(90);
    }
    ObjectProperty<PositionSet> brushed = workbench.comparison().brushedProperty();
    TokenPlaces positions = TokenPlaces.byPosition(workbench::tokenCount);
    following =
        Subscription.combine(
            entropy.setBrushing(() -> positions, brushed),
            pca.setBrushing(() -> diagnostics.points(arm), brushed),
            arm.shownProperty().subscribe(s -> showTokens()),
            arm.staleProperty().subscribe(s -> showStale()),
            arm.stateProperty().subscribe(s -> show(panels)),
            workbench.models().sourceProperty().subscribe(s -> showTokens()),
            workbench.lengthProperty().subscribe(n -> showTokens()),
            workbench.comparison().changesProperty().subscribe(c -> showTokens()),
            brushed.subscribe(tokens::setBrushed));
  }

  private static FigureView figure(String name, ChartActions actions) {
    FigureView view = new FigureView(name, actions);
    view.setCompact(ArmColumn::unsaid);
    view.setMinSize(LEAST_WIDTH, CHART_HEIGHT);
    view.setPrefSize(LEAST_WIDTH, CHART_HEIGHT);
    return view;
  }

  /**
   * Layers and statistic stand in the boxes above; in a narrow column there is no room for both.
   */
  private static String unsaid(String subtitle) {
    return subtitle
        .replaceFirst("^(all layers|layer \\d+), ", "")
        .replaceFirst("(over heads|head \\d+), .*(queries|distance)$", "$1");
  }

  /**
   * What stands in the rows, in their order.
   *
   * @param encoders whether any arm has an encoder: two more charts
   */
  List<Node> nodes(boolean encoders) {
    Node text = chunks == null ? tokens : chunks;
    if (!encoders) {
      return List.of(header, text, logits, entropy, pca);
    }
    CrossCharts charts = cross();
    return List.of(header, text, logits, entropy, pca, charts.mass(), charts.norm());
  }

  private CrossCharts cross() {
    CrossCharts made = cross;
    if (made == null) {
      made = makeCross();
      cross = made;
      show(panels);
    }
    return made;
  }

  private CrossCharts makeCross() {
    String name = kind.id();
    FigureView mass = figure("cross-attention-" + name, actions);
    FigureView norm = figure("cross-norm-" + name, actions);
    mass.setTheme(theme);
    norm.setTheme(theme);
    norm.setOnPick((x, y) -> pick((int) Math.round(x)));
    ChunksViewModel ofArm = encoded;
    if (ofArm != null) {
      mass.setOnPick(
          (x, y) -> {
            pick((int) Math.round(x));
            ofArm.selectedProperty().set((int) Math.round(y));
          });
      mass.setDescriber((x, y) -> describe(ofArm, (int) Math.round(y)));
    }
    ObjectProperty<PositionSet> brushed = workbench.comparison().brushedProperty();
    TokenPlaces positions = TokenPlaces.byPosition(workbench::tokenCount);
    return new CrossCharts(
        mass,
        norm,
        Subscription.combine(
            mass.setBrushing(() -> positions, brushed),
            norm.setBrushing(() -> positions, brushed)));
  }

  /** Whether it was made for an arm, of the kind that it is now. */
  boolean isOf(ArmViewModel other) {
    return arm == other && kind == other.arm().kind();
  }

  /** Ends listening, when the column is taken away. */
  void dispose() {
    following.unsubscribe();
    header.dispose();
    CrossCharts charts = cross;
    if (charts != null) {
      charts.following().unsubscribe();
    }
    if (chunks != null) {
      chunks.dispose();
    }
    tokens.selectedProperty().unbindBidirectional(workbench.positionProperty());
  }

  void setTheme(FigureTheme newTheme) {
    theme = newTheme;
    logits.setTheme(theme);
    entropy.setTheme(theme);
    pca.setTheme(theme);
    CrossCharts charts = cross;
    if (charts != null) {
      charts.mass().setTheme(theme);
      charts.norm().setTheme(theme);
    }
    tokens.setDark(theme == FigureTheme.DARK);
  }

  void show(ArmPanels newPanels) {
    panels = newPanels;
    show(logits, newPanels.logits());
    show(entropy, newPanels.entropy());
    show(pca, newPanels.pca());
    CrossCharts charts = cross;
    if (charts != null) {
      showCross(charts.mass(), newPanels.crossMass());
      showCross(charts.norm(), newPanels.crossNorm());
    }
    showStale();
  }

  private void showCross(FigureView view, @Nullable Panel panel) {
    if (arm.arm().kind().needsEncoder()) {
      show(view, panel);
    } else {
      view.setPanel(null, "no encoder, so no cross-attention");
    }
  }

  private void show(FigureView view, @Nullable Panel panel) {
    view.setPanel(
        panel,
        switch (arm.state()) {
          case IDLE, DONE -> "Press Run (Ctrl+Enter) to measure this arm";
          case WAITING, RUNNING -> "shown when the whole text is read …";
          case CANCELLED -> "cancelled before the whole text was read";
          case FAILED -> "this arm could not be run";
        });
  }

  private static String describe(ChunksViewModel chunks, int index) {
    return index < 0 || index >= chunks.chunks().size()
        ? ""
        : chunks.chunks().get(index).title() + "\n" + chunks.textOf(index);
  }

  private void pick(int position) {
    if (position >= 0 && position < workbench.tokenCount()) {
      workbench.positionProperty().set(position);
    }
  }

  private void showStale() {
    tokens.setOpacity(arm.stale() ? 0.4 : 1);
    if (chunks != null) {
      chunks.setStale(arm.stale());
    }
    boolean stale = arm.stale() || panels.stale();
    logits.setStale(stale);
    entropy.setStale(stale);
    pca.setStale(stale);
    CrossCharts charts = cross;
    if (charts != null) {
      charts.mass().setStale(stale);
      charts.norm().setStale(stale);
    }
  }

  private void showTokens() {
    SharedModel model = workbench.models().source().model();
    if (model == null) {
      tokens.setPlaceholder(arm.shown() == null ? "" : "The text is shown once its model is found");
      tokens.setDocument(TokenDocument.EMPTY, TokenDocument.EMPTY);
      return;
    }
    Tokenizer tokenizer = model.model().tokenizer();
    tokens.setDocument(
        workbench.comparison().document(arm, tokenizer, workbench.tokens()), tokenizer);
    tokens.setNote(workbench.comparison().awaited(arm));
  }
}
