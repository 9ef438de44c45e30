package org.lambdascope.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.SectionHeading;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.common.TokenPlaces;
import org.lambdascope.app.common.TokenShading;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.LogitsView;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.words.Word;
import org.lambdascope.app.words.Words;

/** Arms in columns; each kind of result is one row, so that arms can be compared by eye. */
public final class WorkbenchView extends ScrollPane {

  private static final double GAP = 10;

  /** Headings of rows that there always are; those of cross-attention follow. */
  private static final int ROWS = 4;

  private static final double CURVE_HEIGHT = 190;

  private final WorkbenchViewModel viewModel;
  private final DiagnosticsViewModel diagnostics;
  private final ChartActions actions;
  private final Function<ArmViewModel, ChunksViewModel> chunks;
  private final FigureView curve;
  private final GridPane grid = new GridPane();
  private final TokenLegend legend;
  private final List<ArmColumn> columns = new ArrayList<>();
  private final List<SectionHeading> headings;
  private final ChoiceBox<Integer> layer = indices("layer", "All layers");
  private final ChoiceBox<Integer> head = indices("head", "All heads");
  private final ChoiceBox<LogitsView.Statistic> statistic = new ChoiceBox<>();
  private final ChoiceBox<TokenShading> shading = new ChoiceBox<>();

  /**
   * How much of the columns' width can be seen. Set where it changes: a scroll pane makes its
   * bounds anew in each layout, and what is bound to them asks for another layout, and so for ever.
   */
  private final DoubleProperty sightWidth = new SimpleDoubleProperty();

  /** How far the columns are scrolled to the right. */
  private final DoubleProperty sightX = new SimpleDoubleProperty();

  private FigureTheme theme = FigureTheme.LIGHT;

  /**
   * Shows a view-model.
   *
   * @param chunks makes the chunks of a column whose arm has an encoder
   */
  public WorkbenchView(
      WorkbenchViewModel viewModel,
      DiagnosticsViewModel diagnostics,
      Function<ArmViewModel, ChunksViewModel> chunks,
      ChartActions actions) {
    this.chunks = chunks;
    this.viewModel = viewModel;
    this.diagnostics = diagnostics;
    this.actions = actions;
    legend = new TokenLegend(viewModel.comparison());
    curve = new FigureView("nll-by-position", actions);
    curve.setId("nll-curve");
    curve.setCompact(UnaryOperator.identity());
    curve.setBrushing(
        () -> TokenPlaces.byPosition(viewModel::tokenCount),
        viewModel.comparison().brushedProperty());
    curve.setMinHeight(CURVE_HEIGHT);
    curve.setPrefHeight(CURVE_HEIGHT);
    curve.setOnPick((x, y) -> pick((int) Math.round(x)));
    grid.setHgap(GAP);
    grid.setVgap(6);
    VBox.setVgrow(grid, Priority.ALWAYS);
    SectionHeading nll =
        section(
            "Negative log-likelihood by position",
            "How surprised each arm is by each token of the text, in nats: lower is better. Click to select a position; drag with Shift to brush tokens, which are then marked in every plot and text.",
            Words.NLL);
    VBox content = new VBox(6, nll, curve, grid);
    content.setPadding(new Insets(GAP));
    setContent(content);
    viewportBoundsProperty().subscribe(bounds -> showSight(content));
    hvalueProperty().subscribe(value -> showSight(content));
    content.widthProperty().subscribe(width -> showSight(content));
    keepInSight(nll);
    keepInSight(curve);
    setFitToWidth(true);
    setFitToHeight(true);
    getStyleClass().add("workbench");
    headings = headings();
    choices();
    viewModel.selectedArmProperty().subscribe(a -> showSelected());
    diagnostics.chartsProperty().subscribe(c -> showCharts());
    viewModel.statusProperty().subscribe((before, now) -> showCurve());
    // Columns are made for a kind of arm, in place of which another may come.
    ArmFollower.follow(
        viewModel.arms(), arm -> arm.kindProperty().subscribe((b, n) -> rebuild()), this::rebuild);
  }

  /** Sets the colours of charts and tokens. */
  public void setTheme(FigureTheme newTheme) {
    theme = newTheme;
    curve.setTheme(newTheme);
    legend.setDark(newTheme == FigureTheme.DARK);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).setTheme(newTheme);
      columns.get(i).header.setSwatch(i, newTheme);
    }
  }

  /** What belongs to all columns stays where it is when they scroll sideways. */
  private void keepInSight(Region node) {
    node.maxWidthProperty().bind(sightWidth);
    node.translateXProperty().bind(sightX);
  }

  private void showSight(Region content) {
    double width = getViewportBounds().getWidth();
    sightWidth.set(Math.max(0, width - 2 * GAP));
    sightX.set(getHvalue() * Math.max(0, content.getWidth() - width));
  }

  private void pick(int position) {
    if (position >= 0 && position < viewModel.tokenCount()) {
      viewModel.positionProperty().set(position);
    }
  }

  private void rebuild() {
    List<ArmColumn> before = List.copyOf(columns);
    columns.clear();
    List<Node> cells = new ArrayList<>();
    List<ColumnConstraints> widths = new ArrayList<>();
    int span = Math.max(1, viewModel.arms().size());
    grid.setMinWidth(span * (ArmColumn.LEAST_WIDTH + GAP) - GAP); // more of them scroll sideways
    boolean encoders = viewModel.arms().stream().anyMatch(a -> a.arm().kind().needsEncoder());
    int row = 1;
    for (SectionHeading heading : encoders ? headings : headings.subList(0, ROWS)) {
      GridPane.setConstraints(heading, 0, row, span, 1);
      cells.add(heading);
      row += 2;
    }
    for (int c = 0; c < viewModel.arms().size(); c++) {
      ArmViewModel arm = viewModel.arms().get(c);
      ArmColumn column = column(arm, before);
      column.setTheme(theme);
      column.header.setSwatch(c, theme);
      columns.add(column);
      ColumnConstraints constraints = new ColumnConstraints();
      constraints.setHgrow(Priority.ALWAYS);
      constraints.setPercentWidth(100.0 / span);
      widths.add(constraints);
      List<Node> nodes = column.nodes(encoders);
      for (int r = 0; r < nodes.size(); r++) {
        GridPane.setConstraints(nodes.get(r), c, 2 * r); // headings stand between
        cells.add(nodes.get(r));
        GridPane.setVgrow(nodes.get(r), r == 0 ? Priority.NEVER : Priority.ALWAYS);
      }
    }
    before.stream().filter(column -> !columns.contains(column)).forEach(ArmColumn::dispose);
    // All at once: what stays is not taken out, and need not be styled anew.
    grid.getColumnConstraints().setAll(widths);
    grid.getChildren().setAll(cells);
    showSelected();
    showCharts();
  }

  /** The column of an arm: the one there is, or a new one. */
  private ArmColumn column(ArmViewModel arm, List<ArmColumn> before) {
    for (ArmColumn column : before) {
      if (column.isOf(arm)) {
        return column;
      }
    }
    boolean encoder = arm.arm().kind().needsEncoder();
    return new ArmColumn(arm, viewModel, diagnostics, encoder ? chunks.apply(arm) : null, actions);
  }

  /** The headings of the rows, those of arms with an encoder last. */
  private List<SectionHeading> headings() {
    SectionHeading text =
        section(
            "Text and continuation",
            "The tokens that were read, then those that the arm generates (greedy), underlined; a flag ⚑ stands before the first that differs from the reference arm’s. Click a token, or walk with the arrow keys.",
            Words.DIVERGENCE);
    text.setId("text-heading");
    text.getChildren().addAll(shading, legend);
    SectionHeading logits =
        section(
            "1 · Attention logits by distance",
            "Logits before the softmax, by raw distance between query and key. Past the training length they leave the range that the model knows.",
            Words.LOGIT,
            Words.L_PRETRAIN);
    logits.getChildren().addAll(layer, head, statistic);
    List<SectionHeading> all =
        List.of(
            text,
            logits,
            section(
                "2 · Attention entropy by position",
                "−Σ p ln p over visible keys, after the softmax. With more keys attention spreads; the dotted line is uniform attention.",
                Words.ENTROPY),
            section(
                "3 · Hidden states, two principal components",
                "Output of decoder layer 0 at the first 4,096 positions, coloured by position: initial tokens sit apart.",
                Words.HIDDEN_STATES,
                Words.SINK),
            section(
                "4 · Cross-attention by chunk",
                "Share of the attention, after the softmax, that a position gives to each chunk of the encoder, mean over heads. Point at a place to read its chunk; click to select both.",
                Words.CROSS_ATTENTION,
                Words.CHUNK),
            section(
                "5 · Cross-attention output, relative to the residual stream",
                "Norm of what cross-attention adds, divided by the norm of what it is added to, per layer."));
    all.forEach(this::keepInSight);
    return all;
  }

  private void showSelected() {
    for (ArmColumn column : columns) {
      column.header.setSelected(column.arm == viewModel.selectedArmProperty().get());
    }
  }

  private void showCharts() {
    DiagnosticsViewModel.Charts charts = diagnostics.chartsProperty().get();
    showCurve();
    for (ArmColumn column : columns) {
      column.show(charts.of(column.arm));
    }
  }

  private void showCurve() {
    curve.setPanel(
        diagnostics.chartsProperty().get().nll(),
        viewModel.statusProperty().get() == null
            ? "Press Run (Ctrl+Enter): every arm reads the text, token by token"
            : "reading …");
  }

  private static SectionHeading section(String title, String meaning, Word... words) {
    return new SectionHeading(title, meaning, words);
  }

  private void choices() {
    statistic.getItems().setAll(LogitsView.Statistic.values());
    statistic.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(LogitsView.@Nullable Statistic s) {
            return s == null ? "" : s.words();
          }

          @Override
          public LogitsView.Statistic fromString(String text) {
            throw new UnsupportedOperationException("the statistic is chosen, not typed");
          }
        });
    ChartSelection selection = viewModel.charts();
    statistic.setValue(selection.statisticProperty().get());
    statistic.valueProperty().bindBidirectional(selection.statisticProperty());
    statistic.setId("statistic");
    statistic.setAccessibleText("Statistic of the attention logits");
    Tips.on(statistic, "Statistic of the attention logits in one distance bin");
    statistic.getStyleClass().add("small");
    statistic.setMinWidth(180);
    statistic.setMaxWidth(240);
    shading.getItems().setAll(TokenShading.values());
    shading.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable TokenShading s) {
            return s == null ? "" : s.words();
          }

          @Override
          public TokenShading fromString(String text) {
            throw new UnsupportedOperationException("the shading is chosen, not typed");
          }
        });
    shading.setValue(TokenShading.NLL);
    shading.valueProperty().bindBidirectional(viewModel.comparison().shadingProperty());
    shading.setId("shading");
    shading.setAccessibleText("What shades tokens");
    shading.getStyleClass().add("small");
    shading.setMinWidth(150);
    shading.setMaxWidth(220);
    layer.setValue(ChartSelection.ALL);
    head.setValue(ChartSelection.ALL);
    viewModel.models().sourceProperty().subscribe(s -> fill(s.model()));
    layer
        .valueProperty()
        .subscribe(v -> selection.layerProperty().set(v == null ? ChartSelection.ALL : v));
    head.valueProperty()
        .subscribe(v -> selection.headProperty().set(v == null ? ChartSelection.ALL : v));
    selection.layerProperty().subscribe(v -> layer.setValue(v.intValue()));
    selection.headProperty().subscribe(v -> head.setValue(v.intValue()));
  }

  private void fill(@Nullable SharedModel model) {
    fill(layer, model == null ? 0 : model.model().config().layers());
    fill(head, model == null ? 0 : model.model().config().heads());
  }

  private static void fill(ChoiceBox<Integer> box, int count) {
    if (box.getItems().size() == count + 1) {
      return;
    }
    Integer now = box.getValue();
    List<Integer> items = new ArrayList<>();
    items.add(ChartSelection.ALL);
    for (int i = 0; i < count; i++) {
      items.add(i);
    }
    box.getItems().setAll(items);
    box.setValue(now != null && now < count ? now : ChartSelection.ALL);
  }

  private static ChoiceBox<Integer> indices(String what, String all) {
    ChoiceBox<Integer> box = new ChoiceBox<>();
    box.setId(what);
    box.setAccessibleText("Diagnostics of which " + what);
    Tips.on(box, "Diagnostics of which " + what + ", counted from 0");
    box.getStyleClass().add("small");
    box.setMinWidth(104);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Integer i) {
            return i == null || i == ChartSelection.ALL ? all : what + " " + i;
          }

          @Override
          public Integer fromString(String text) {
            throw new UnsupportedOperationException("the " + what + " is chosen, not typed");
          }
        });
    return box;
  }
}
