package org.lambdascope.app.workbench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Coalescer;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.TaskRunner;
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

  private static final Duration INTERVAL = Duration.ofMillis(80);

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
  private final Map<ArmViewModel, Subscription> following = new HashMap<>();

  /** Follows the workbench. */
  public DiagnosticsViewModel(WorkbenchViewModel workbench, TaskRunner tasks) {
    this.workbench = workbench;
    this.coalescer = new Coalescer(tasks, INTERVAL);
    workbench.arms().addListener((ListChangeListener<ArmViewModel>) c -> armsChanged());
    workbench.positionProperty().subscribe(p -> soon());
    workbench.models().pretrainLengthProperty().subscribe(p -> soon());
    ChartSelection selection = workbench.charts();
    selection.layerProperty().subscribe(l -> soon());
    selection.headProperty().subscribe(h -> soon());
    selection.statisticProperty().subscribe(s -> soon());
    armsChanged();
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

  private void soon() {
    coalescer.offer(this::refresh);
  }

  private void armsChanged() {
    following.values().forEach(Subscription::unsubscribe);
    following.clear();
    for (ArmViewModel arm : workbench.arms()) {
      following.put(
          arm,
          Subscription.combine(
              arm.shownProperty().subscribe(s -> soon()),
              arm.stateProperty().subscribe(s -> soon())));
    }
    soon();
  }

  private void refresh() {
    int pretrain = workbench.models().pretrainLengthProperty().get();
    List<Marker> marker = pretrain > 0 ? List.of(Marker.pretrainLength(pretrain)) : List.of();
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
              crossNorm.get(arm)));
    }
    charts.set(new Charts(nll(marker), arms));
  }

  private @Nullable Panel nll(List<Marker> markers) {
    List<NllFigures.Curve> curves = new ArrayList<>();
    int tokens = 0;
    for (ArmViewModel arm : workbench.arms()) {
      ArmSnapshot shown = arm.shown();
      if (shown == null || shown.scored() == 0) {
        curves.add(new NllFigures.Curve(arm.arm().toString(), new float[0], 0));
      } else {
        curves.add(new NllFigures.Curve(nameOf(arm, shown), shown.nll(), shown.scored()));
        tokens = Math.max(tokens, shown.tokens().length);
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
      ArmSnapshot shown = arm.shown();
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
    ArmSnapshot shown = arm.shown();
    ScoreResult score = shown == null ? null : shown.score();
    return score == null ? null : part.apply(score.diagnostics());
  }
}
