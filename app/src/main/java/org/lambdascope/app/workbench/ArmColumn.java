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
import org.lambdascope.engine.tokenizer.Tokenizer;

/** The nodes of one arm's column, one per row of the workbench. */
final class ArmColumn {

  /** Four columns fit a window of 1280 with all its parts. */
  static final double LEAST_WIDTH = 182;

  private static final double CHART_HEIGHT = 225;

  final ArmViewModel arm;
  final ArmHeaderView header;
  final TokenCanvas tokens = new TokenCanvas();
  final FigureView logits;
  final FigureView entropy;
  final FigureView pca;
  final FigureView crossMass;
  final FigureView crossNorm;
  private final @Nullable ChunksView chunks;
  private final WorkbenchViewModel workbench;
  private final Subscription following;
  private ArmPanels panels = ArmPanels.NONE;

  ArmColumn(
      ArmViewModel arm,
      WorkbenchViewModel workbench,
      DiagnosticsViewModel diagnostics,
      @Nullable ChunksViewModel chunks,
      ChartActions actions) {
    this.arm = arm;
    this.workbench = workbench;
    header = new ArmHeaderView(arm, workbench);
    String name = arm.arm().kind().id();
    logits = figure("logits-by-distance-" + name, actions);
    entropy = figure("entropy-" + name, actions);
    pca = figure("pca-" + name, actions);
    crossMass = figure("cross-attention-" + name, actions);
    crossNorm = figure("cross-norm-" + name, actions);
    entropy.setOnPick((x, y) -> pick((int) Math.round(x)));
    pca.setOnPick((x, y) -> pick(diagnostics.nearestPosition(arm, x, y)));
    header.setMinWidth(LEAST_WIDTH);
    tokens.setMinWidth(LEAST_WIDTH);
    tokens.setPrefWidth(LEAST_WIDTH);
    tokens.selectedProperty().bindBidirectional(workbench.positionProperty());
    tokens.setOnMousePressed(e -> workbench.selectedArmProperty().set(arm));
    this.chunks = chunks == null ? null : new ChunksView(chunks, tokens);
    crossNorm.setOnPick((x, y) -> pick((int) Math.round(x)));
    if (chunks != null) {
      tokens.setMinWidth(90);
      crossMass.setOnPick(
          (x, y) -> {
            pick((int) Math.round(x));
            chunks.selectedProperty().set((int) Math.round(y));
          });
      crossMass.setDescriber((x, y) -> describe(chunks, (int) Math.round(y)));
    }
    ObjectProperty<PositionSet> brushed = workbench.comparison().brushedProperty();
    TokenPlaces positions = TokenPlaces.byPosition(workbench::tokenCount);
    following =
        Subscription.combine(
            entropy.setBrushing(() -> positions, brushed),
            crossMass.setBrushing(() -> positions, brushed),
            crossNorm.setBrushing(() -> positions, brushed),
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

  List<Node> nodes() {
    return List.of(
        header, chunks == null ? tokens : chunks, logits, entropy, pca, crossMass, crossNorm);
  }

  /** Whether it was made for an arm with an encoder. */
  boolean showsChunks() {
    return chunks != null;
  }

  /** Ends listening, when the column is taken away. */
  void dispose() {
    following.unsubscribe();
    header.dispose();
    if (chunks != null) {
      chunks.dispose();
    }
    tokens.selectedProperty().unbindBidirectional(workbench.positionProperty());
  }

  void setTheme(FigureTheme theme) {
    logits.setTheme(theme);
    entropy.setTheme(theme);
    pca.setTheme(theme);
    crossMass.setTheme(theme);
    crossNorm.setTheme(theme);
    tokens.setDark(theme == FigureTheme.DARK);
  }

  void show(ArmPanels newPanels) {
    panels = newPanels;
    show(logits, newPanels.logits());
    show(entropy, newPanels.entropy());
    show(pca, newPanels.pca());
    show(crossMass, newPanels.crossMass());
    show(crossNorm, newPanels.crossNorm());
    showStale();
  }

  private void show(FigureView view, @Nullable Panel panel) {
    boolean cross = view == crossMass || view == crossNorm;
    if (cross && !arm.arm().kind().needsEncoder()) {
      view.setPanel(null, "no encoder, so no cross-attention");
      return;
    }
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
    boolean stale = arm.stale() || panels.stale();
    logits.setStale(stale);
    entropy.setStale(stale);
    pca.setStale(stale);
    crossMass.setStale(stale);
    crossNorm.setStale(stale);
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
