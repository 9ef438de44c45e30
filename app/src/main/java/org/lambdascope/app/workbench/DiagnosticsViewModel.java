package org.lambdascope.app.workbench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Coalescer;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.common.TokenPlaces;
import org.lambdascope.app.figure.AxisRange;
import org.lambdascope.app.figure.CrossAttentionFigures;
import org.lambdascope.app.figure.DiagnosticFigures;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.Marker;
import org.lambdascope.app.figure.NllFigures;
import org.lambdascope.app.figure.NllView;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.probe.Diagnostics;
import org.lambdascope.engine.probe.HiddenPca;

/** The charts: one curve for all arms, three diagnostics for each, axes shared between arms. */
public final class DiagnosticsViewModel {

  /** News within it is drawn together. */
  private static final Duration INTERVAL = Duration.ofMillis(30);

  /**
   * All charts of one moment.
   *
   * @param nll negative log-likelihood by position, all arms; null when nothing is scored
   * @param arms diagnostics by arm
   */
  public record Charts(@Nullable Panel nll, Map<ArmViewModel, ArmPanels> arms) {

    /** The diagnostics of an arm. */
    public ArmPanels of(ArmViewModel arm) {
      return arms.getOrDefault(arm, ArmPanels.NONE);
    }
  }

  private final WorkbenchViewModel workbench;
  private final Coalescer coalescer;
  private final ReadOnlyObjectWrapper<Charts> charts =
      new ReadOnlyObjectWrapper<>(new Charts(null, Map.of()));
  private @Nullable Drawn drawn;
  private Map<ArmViewModel, ArmPanels> panels = Map.of();

  /** Follows the workbench. */
  public DiagnosticsViewModel(WorkbenchViewModel workbench, TaskRunner tasks) {
    this.workbench = workbench;
    this.coalescer = Coalescer.prompt(tasks, INTERVAL);
    ArmFollower.follow(
        workbench.arms(),
        arm ->
            Subscription.combine(
                arm.shownProperty().subscribe((before, now) -> follow(now)),
                arm.staleProperty().subscribe((before, now) -> soon()),
                arm.stateProperty().subscribe((before, now) -> soon())),
        this::soon);
    workbench.positionProperty().subscribe(p -> soon());
    workbench.models().pretrainLengthProperty().subscribe(p -> soon());
    ChartSelection selection = workbench.charts();
    selection.layerProperty().subscribe(l -> soon());
    selection.headProperty().subscribe(h -> soon());
    selection.statisticProperty().subscribe(s -> soon());
  }

  /** The charts. */
  public ReadOnlyObjectProperty<Charts> chartsProperty() {
    return charts.getReadOnlyProperty();
  }

  /** The position whose hidden state lies nearest to a place in the PCA chart of an arm. */
  public int nearestPosition(ArmViewModel arm, double x, double y) {
    HiddenPca pca = diagnostic(arm, Diagnostics::hiddenPca);
    Panel panel = charts.get().of(arm).pca();
    if (pca == null || panel == null || panel.x().range() == null || panel.y().range() == null) {
      return WorkbenchViewModel.NONE;
    }
    double width = panel.x().range().max() - panel.x().range().min();
    double height = panel.y().range().max() - panel.y().range().min();
    int best = WorkbenchViewModel.NONE;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < pca.points().length; i++) {
      double d = Math.hypot((pca.points()[i][0] - x) / width, (pca.points()[i][1] - y) / height);
      if (d < least) {
        least = d;
        best = i;
      }
    }
    return best;
  }

  /** Where the tokens lie among an arm's hidden states; null while there are none. */
  public @Nullable TokenPlaces points(ArmViewModel arm) {
    HiddenPca pca = diagnostic(arm, Diagnostics::hiddenPca);
    return pca == null ? null : TokenPlaces.byPoint(pca.points());
  }

  /** Everything that is shown, as figures with a panel per arm, by file name. */
  public Map<String, Figure> figures() {
    Charts now = charts.get();
    Map<String, Figure> figures = new LinkedHashMap<>();
    Panel nll = now.nll();
    if (nll != null) {
      figures.put("nll-by-position", Figure.of(nll));
    }
    put(figures, "logits-by-distance", now, ArmPanels::logits);
    put(figures, "entropy", now, ArmPanels::entropy);
    put(figures, "pca", now, ArmPanels::pca);
    put(figures, "cross-attention", now, ArmPanels::crossMass);
    put(figures, "cross-norm", now, ArmPanels::crossNorm);
    return figures;
  }

  private void put(
      Map<String, Figure> figures,
      String name,
      Charts now,
      Function<ArmPanels, @Nullable Panel> part) {
    List<Panel> panels = new ArrayList<>();
    for (ArmViewModel arm : workbench.arms()) {
      Panel panel = part.apply(now.of(arm));
      if (panel != null) {
        panels.add(panel);
      }
    }
    if (!panels.isEmpty()) {
      figures.put(name, Figure.sideBySide("", panels));
    }
  }

  /** A finished score is what is waited for: it does not wait for the end of an interval. */
  private void follow(@Nullable ArmSnapshot shown) {
    if (shown != null && shown.score() != null && shown.newCount() == 0) {
      coalescer.now(this::refresh);
    } else {
      soon();
    }
  }

  private void soon() {
    coalescer.offer(this::refresh);
  }

  private void refresh() {
    int pretrain = workbench.models().pretrainLengthProperty().get();
    List<Marker> marker = pretrain > 0 ? List.of(Marker.pretrainLength(pretrain)) : List.of();
    Drawn wanted = Drawn.now(workbench);
    // While a run is under way only its curve changes, many times a second.
    if (!wanted.equals(drawn)) {
      drawn = wanted;
      panels = diagnosticsOf(marker);
    }
    Map<ArmViewModel, ArmPanels> arms = new HashMap<>();
    panels.forEach((arm, its) -> arms.put(arm, its.marked(arm.diagnosticsStale())));
    charts.set(new Charts(nll(marker), arms));
  }

  /** All that the diagnostics are drawn from; results are told by their identity. */
  private record Drawn(
      List<ArmViewModel> arms,
      List<Optional<ArmSnapshot>> results,
      int position,
      int pretrainLength,
      int layer,
      int head,
      Object statistic) {

    static Drawn now(WorkbenchViewModel workbench) {
      List<ArmViewModel> arms = List.copyOf(workbench.arms());
      ChartSelection selection = workbench.charts();
      return new Drawn(
          arms,
          arms.stream().map(arm -> whole(arm.diagnosed())).toList(),
          workbench.positionProperty().get(),
          workbench.models().pretrainLengthProperty().get(),
          selection.layerProperty().get(),
          selection.headProperty().get(),
          selection.statisticProperty().get());
    }

    /** What is generated does not change diagnostics. */
    private static Optional<ArmSnapshot> whole(@Nullable ArmSnapshot shown) {
      ScoreResult score = shown == null ? null : shown.score();
      return shown == null || score == null
          ? Optional.empty()
          : Optional.of(ArmSnapshot.scored(shown.tokens(), shown.cache(), score));
    }
  }

  private Map<ArmViewModel, ArmPanels> diagnosticsOf(List<Marker> marker) {
    ChartSelection selection = workbench.charts();
    Map<ArmViewModel, Panel> logits =
        shared(
            Diagnostics::logitsByDistance,
            (name, d) ->
                DiagnosticFigures.logits(name, d, selection.logits(), within(marker, d.tokens())));
    Map<ArmViewModel, Panel> entropy =
        shared(
            Diagnostics::entropy,
            (name, d) ->
                atToken(
                    DiagnosticFigures.entropy(
                        name, d, selection.entropy(), within(marker, d.tokens())),
                    d.tokens()));
    Map<ArmViewModel, Panel> pca =
        shared(Diagnostics::hiddenPca, (name, d) -> atPoint(DiagnosticFigures.pca(name, d), d));
    int layer = selection.layerProperty().get();
    Map<ArmViewModel, Panel> crossMass =
        shared(
            Diagnostics::crossAttention,
            (name, d) -> atToken(CrossAttentionFigures.mass(name, d, layer), d.tokens()));
    Map<ArmViewModel, Panel> crossNorm =
        shared(
            Diagnostics::crossAttention,
            (name, d) ->
                atToken(
                    CrossAttentionFigures.norm(name, d, layer, within(marker, d.tokens())),
                    d.tokens()));
    Map<ArmViewModel, ArmPanels> arms = new HashMap<>();
    for (ArmViewModel arm : workbench.arms()) {
      arms.put(
          arm,
          new ArmPanels(
              logits.get(arm),
              entropy.get(arm),
              pca.get(arm),
              crossMass.get(arm),
              crossNorm.get(arm),
              false));
    }
    return arms;
  }

  private @Nullable Panel nll(List<Marker> markers) {
    List<NllFigures.Curve> curves = new ArrayList<>();
    int tokens = 0;
    for (ArmViewModel arm : workbench.arms()) {
      ArmSnapshot shown = arm.shown();
      if (shown == null || shown.scored() == 0) {
        curves.add(new NllFigures.Curve(arm.arm().toString(), new float[0], 0));
      } else {
        curves.add(
            new NllFigures.Curve(
                nameOf(arm, shown), shown.nll(), shown.scored(), arm.stale(), curves.size()));
        tokens = Math.max(tokens, shown.tokens().length);
      }
    }
    // What a growing curve is about to replace, after all others: colours follow the order.
    for (int i = 0; i < workbench.arms().size(); i++) {
      ArmViewModel arm = workbench.arms().get(i);
      ArmSnapshot earlier = arm.diagnosed();
      if (earlier != null && !earlier.equals(arm.shown())) {
        curves.add(
            new NllFigures.Curve(
                earlier.arm() + " (stale)", earlier.nll(), earlier.scored(), true, i));
      }
    }
    if (tokens == 0) {
      return null;
    }
    // The whole text from the start, so that a growing curve does not shrink under the eye.
    Panel panel =
        NllFigures.curves(curves, NllView.forLength(tokens), within(markers, tokens))
            .withRanges(new AxisRange(0, tokens), null);
    return atToken(panel, tokens);
  }

  private static String nameOf(ArmViewModel arm, ArmSnapshot shown) {
    return arm.stale() ? shown.arm() + " (stale)" : shown.arm().toString();
  }

  private Panel atToken(Panel panel, int tokens) {
    int position = workbench.positionProperty().get();
    return position == WorkbenchViewModel.NONE || position >= tokens
        ? panel
        : panel.withMarker(Marker.vertical(position, "token " + Formats.count(position)));
  }

  private Panel atPoint(Panel panel, HiddenPca pca) {
    int position = workbench.positionProperty().get();
    if (position == WorkbenchViewModel.NONE || position >= pca.points().length) {
      return panel;
    }
    double[] point = pca.points()[position];
    return panel
        .withMarker(Marker.vertical(point[0], "token " + Formats.count(position)))
        .withMarker(Marker.horizontal(point[1], ""));
  }

  /** A marker beyond the data would only shrink it. */
  private static List<Marker> within(List<Marker> markers, int tokens) {
    return markers.stream().filter(m -> m.at() <= tokens).toList();
  }

  private <D> Map<ArmViewModel, Panel> shared(
      Function<Diagnostics, @Nullable D> part, BiFunction<String, D, Panel> draw) {
    List<ArmViewModel> arms = new ArrayList<>();
    List<Panel> panels = new ArrayList<>();
    for (ArmViewModel arm : workbench.arms()) {
      D data = diagnostic(arm, part);
      ArmSnapshot shown = arm.diagnosed();
      if (data != null && shown != null) {
        arms.add(arm);
        panels.add(draw.apply(shown.arm().toString(), data));
      }
    }
    Map<ArmViewModel, Panel> result = new HashMap<>();
    List<Panel> sharing = panels.isEmpty() ? panels : Figure.share(panels);
    for (int i = 0; i < arms.size(); i++) {
      result.put(arms.get(i), sharing.get(i));
    }
    return result;
  }

  private static <D> @Nullable D diagnostic(
      ArmViewModel arm, Function<Diagnostics, @Nullable D> part) {
    ArmSnapshot shown = arm.diagnosed();
    ScoreResult score = shown == null ? null : shown.score();
    return score == null ? null : part.apply(score.diagnostics());
  }
}
