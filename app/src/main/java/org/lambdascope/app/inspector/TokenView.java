package org.lambdascope.app.inspector;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.SectionHeading;
import org.lambdascope.app.common.TokenCanvas;
import org.lambdascope.app.common.TokenDocument;
import org.lambdascope.app.common.TokenPlaces;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.words.Word;
import org.lambdascope.app.words.Words;
import org.lambdascope.app.workbench.ArmChips;
import org.lambdascope.app.workbench.ArmViewModel;
import org.lambdascope.app.workbench.TokenLegend;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.TokenReading;

/** A page about the selected token: what each arm, layer and head makes of it. */
public final class TokenView extends ScrollPane {

  private static final double TEXT_HEIGHT = 96;
  private static final double ROW_HEIGHT = 210;

  /** Of what belongs to earlier settings; as in the columns of arms. */
  private static final double STALE_OPACITY = 0.4;

  private final TokenViewModel viewModel;
  private final WorkbenchViewModel workbench;
  private final ChartActions actions;
  private final ArmChips chips;
  private final TokenLegend legend;
  private final Label title = new Label();
  private final Label state = new Label();
  private final TokenCanvas text = new TokenCanvas();
  private final GridPane candidates = columns();
  private final GridPane plots = columns();
  private final LensTable lens;
  private final HeadGrid heads;
  private final FigureView row;
  private final NeighboursView neighbours;
  private final Label compared = caption(NeighboursView.caption(null));
  private final List<Label> names = new ArrayList<>();
  private final List<CandidatesView> lists = new ArrayList<>();
  private final List<StatePlot> scatters = new ArrayList<>();
  private final VBox parts = new VBox(6);

  /** Whether what is shown of the selected arm alone belongs to earlier settings. */
  private final BooleanProperty selectedStale = new SimpleBooleanProperty();

  private FigureTheme theme = FigureTheme.LIGHT;

  /** Shows a view-model. */
  public TokenView(TokenViewModel viewModel, ChartActions actions) {
    this.viewModel = viewModel;
    this.actions = actions;
    this.workbench = viewModel.workbench();
    getStyleClass().addAll("inspector", "token-page");
    setFitToWidth(true);
    legend = new TokenLegend(workbench.comparison());
    chips = new ArmChips(workbench, legend);
    lens = new LensTable(viewModel);
    heads =
        new HeadGrid(
            viewModel.inspector().layerProperty(), viewModel.inspector().headProperty(), actions);
    neighbours = new NeighboursView(viewModel);
    row = new FigureView("attention-row-page", actions);
    row.setBrushing(
        () -> TokenPlaces.byPosition(workbench::tokenCount),
        workbench.comparison().brushedProperty());
    row.setMinHeight(ROW_HEIGHT);
    row.setPrefHeight(ROW_HEIGHT);
    title.getStyleClass().add("token-title");
    title.setId("token-title");
    title.textProperty().bind(viewModel.inspector().titleProperty());
    title.managedProperty().bind(title.textProperty().isNotEmpty()); // or what is said begins off
    state.getStyleClass().add("text-muted");
    state.setId("token-state");
    state.textProperty().bind(viewModel.stateProperty());
    text.setPlaceholder("The text is shown once a model is open");
    text.setMinHeight(TEXT_HEIGHT);
    text.setPrefHeight(TEXT_HEIGHT);
    text.setMaxHeight(TEXT_HEIGHT);
    text.selectedProperty().bindBidirectional(workbench.positionProperty());
    HBox head = new HBox(12, title, state);
    head.setAlignment(Pos.BASELINE_LEFT);
    head.setMinHeight(24);
    lay();
    VBox content = new VBox(8, chips, text, head, empty(), parts);
    content.setPadding(new Insets(10));
    setContent(content);
    follow();
  }

  private void lay() {
    SectionHeading hidden =
        new SectionHeading(
            "Hidden states, two principal components",
            "The output of one layer at the tokens read so far, coloured by position, per arm. Drag"
                + " to brush tokens: they are marked in every plot and in the text. Click one to"
                + " select it.");
    hidden.getChildren().addAll(brushKey(), layers());
    SectionHeading byHead =
        ofSelected(
            "Attention of the selected arm, head by head",
            "Of this token as the query, after the softmax. Bars: share of the attention by"
                + " distance; the first is the token itself, then distances double. Background:"
                + " entropy, relative to that of uniform attention over the visible keys."
                + " Select a head to see its row below, key by key, under every arm.",
            Words.ENTROPY);
    byHead.getChildren().add(heads.menu());
    parts
        .getChildren()
        .setAll(
            new SectionHeading(
                "Next token",
                "The 20 most probable next tokens, after the softmax; bars share one scale over all"
                    + " arms. ✓ is the token that does come next. Select one to find it under every"
                    + " arm."),
            candidates,
            ofSelected(
                "Logit lens of the selected arm",
                "What each layer would predict if it were the last: its output through the final"
                    + " norm and the output head (nostalgebraist, 2020). The last row is the"
                    + " model’s own prediction.",
                Words.LOGIT_LENS),
            caption("The bluer a token, the more probable."),
            lens,
            byHead,
            caption(
                "Bars: share of the attention by distance; the first is the token itself, then"
                    + " distances double. The more orange the background, the higher the entropy."),
            heads,
            row,
            hidden,
            plots,
            ofSelected(
                "Most similar tokens under the selected arm",
                "By the cosine of the same layer’s hidden states. Select one to mark it in the"
                    + " plots and the text; Enter goes there."),
            compared,
            neighbours);
  }

  /** A heading that says when what follows it is stale. */
  private SectionHeading ofSelected(String title, String meaning, Word... words) {
    SectionHeading heading = new SectionHeading(title, meaning, words);
    Label mark = new Label("stale");
    mark.getStyleClass().add("stale-mark");
    mark.visibleProperty().bind(selectedStale);
    heading.getChildren().add(mark);
    return heading;
  }

  /** What the rings in the plots are; only while there are some. */
  private Node brushKey() {
    Region ring = new Region();
    ring.getStyleClass().add("brush-ring");
    ring.setMinSize(9, 9);
    ring.setMaxSize(9, 9);
    Label key = caption("brushed tokens");
    key.setWrapText(false);
    key.setGraphic(ring);
    key.setId("states-brush-key");
    key.visibleProperty()
        .bind(workbench.comparison().brushedProperty().map(brushed -> brushed.size() > 0));
    return key;
  }

  private static Label caption(String words) {
    Label label = new Label(words);
    label.getStyleClass().addAll("text-muted", "caption");
    label.setWrapText(true);
    return label;
  }

  /** What will stand here, and a way to it. */
  private Node empty() {
    Label what =
        new Label(
            "Shown here for the selected token under every arm: the 20 most probable next tokens,"
                + " what each layer would predict, the attention of every head, hidden states in"
                + " two dimensions, and the tokens with the most similar hidden states.");
    what.setWrapText(true);
    what.getStyleClass().add("text-muted");
    Button last = new Button("Select the last token");
    last.setId("take-last-token");
    last.setOnAction(e -> viewModel.select(workbench.tokenCount() - 1));
    VBox box = new VBox(10, what, last);
    box.getStyleClass().addAll("card", "start-card");
    box.visibleProperty().bind(workbench.positionProperty().isEqualTo(WorkbenchViewModel.NONE));
    box.managedProperty().bind(box.visibleProperty());
    last.disableProperty().bind(workbench.lengthProperty().lessThan(1));
    return box;
  }

  private void follow() {
    viewModel.readings().addListener((ListChangeListener<ArmReading>) c -> show());
    workbench.selectedArmProperty().subscribe(a -> showSelected());
    workbench.comparison().changesProperty().subscribe(c -> showText());
    workbench
        .comparison()
        .brushedProperty()
        .subscribe(
            brushed -> {
              text.setBrushed(brushed);
              scatters.forEach(StatePlot::draw);
            });
    viewModel.candidateProperty().subscribe(c -> lists.forEach(CandidatesView::link));
    viewModel.stateProperty().subscribe(s -> showParts());
    viewModel.inspector().attentionProperty().subscribe(p -> showRow());
    viewModel.inspector().attentionStateProperty().subscribe(s -> showRow());
    viewModel
        .activeProperty()
        .subscribe(
            active -> {
              if (active) {
                showText();
              }
            });
    show();
  }

  /** Sets the colours. */
  public void setTheme(FigureTheme newTheme) {
    theme = newTheme;
    boolean dark = newTheme == FigureTheme.DARK;
    chips.setTheme(newTheme);
    text.setDark(dark);
    legend.setDark(dark);
    lens.setDark(dark);
    heads.setDark(dark);
    row.setTheme(newTheme);
    show();
  }

  private static GridPane columns() {
    GridPane grid = new GridPane();
    grid.setHgap(10);
    grid.setVgap(4);
    return grid;
  }

  private void show() {
    List<ArmReading> readings = viewModel.readings();
    if (lists.size() != readings.size()) {
      rebuild(readings.size());
    }
    for (int i = 0; i < readings.size(); i++) {
      ArmReading reading = readings.get(i);
      name(reading, i);
      lists.get(i).show(viewModel.candidates(reading));
      lists.get(i).setPlaceholder(placeholder(reading.state()));
      lists.get(i).setOpacity(opacity(reading.stale()));
      scatters.get(i).setOpacity(opacity(reading.stale()));
      scatters.get(i).setDark(theme == FigureTheme.DARK);
      scatters.get(i).show(reading);
    }
    showSelected();
    showParts();
  }

  private static double opacity(boolean stale) {
    return stale ? STALE_OPACITY : 1;
  }

  private void showParts() {
    boolean any = !viewModel.readings().isEmpty();
    parts.setVisible(any);
    parts.setManaged(any);
  }

  private void rebuild(int count) {
    lists.clear();
    scatters.clear();
    names.clear();
    for (GridPane grid : List.of(candidates, plots)) {
      grid.getChildren().clear();
      grid.getColumnConstraints().clear();
      for (int i = 0; i < count; i++) {
        ColumnConstraints column = new ColumnConstraints();
        column.setPercentWidth(100.0 / count);
        column.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().add(column);
      }
    }
    for (int i = 0; i < count; i++) {
      for (GridPane grid : List.of(candidates, plots)) {
        Label name = new Label();
        name.getStyleClass().add("arm-name-small");
        names.add(name);
        grid.add(name, i, 0);
      }
      CandidatesView list = new CandidatesView(viewModel);
      list.setId("candidates-" + i);
      lists.add(list);
      candidates.add(list, i, 1);
      StatePlot plot = new StatePlot(viewModel, actions);
      plot.setId("states-" + i);
      scatters.add(plot);
      plots.add(plot, i, 1);
    }
  }

  private void name(ArmReading reading, int column) {
    String stale = reading.stale() ? " (stale)" : "";
    for (Label name : List.of(names.get(2 * column), names.get(2 * column + 1))) {
      name.setText(reading.settings().kind().id() + stale);
      name.setGraphic(ArmChips.swatch(reading.column(), theme));
    }
    lists
        .get(column)
        .setAccessibleText("Most probable next tokens under " + reading.settings() + stale);
  }

  private static Label placeholder(String why) {
    Label label = new Label(why);
    label.getStyleClass().add("text-muted");
    label.setWrapText(true);
    return label;
  }

  private void showRow() {
    row.setPanel(
        viewModel.inspector().attentionProperty().get(),
        viewModel.inspector().attentionStateProperty().get());
  }

  private void showSelected() {
    ArmReading selected = viewModel.selected();
    TokenReading reading = selected == null ? null : selected.reading();
    lens.show(reading);
    heads.show(reading, selected == null ? "" : selected.settings().toString());
    neighbours.show(selected);
    selectedStale.set(selected != null && selected.stale());
    for (Node part : List.of(lens, heads, neighbours)) {
      part.setOpacity(opacity(selectedStale.get()));
    }
    compared.setText(NeighboursView.caption(selected));
    showText();
  }

  private void showText() {
    SharedModel model = workbench.models().source().model();
    ArmViewModel arm = workbench.selectedArmProperty().get();
    if (model == null || arm == null) {
      text.setDocument(TokenDocument.EMPTY, TokenDocument.EMPTY);
    } else if (viewModel.activeProperty().get()) {
      var tokenizer = model.model().tokenizer();
      text.setDocument(
          workbench.comparison().document(arm, tokenizer, workbench.tokens()), tokenizer);
      text.setOpacity(opacity(arm.stale()));
    }
  }

  private Node layers() {
    ChoiceBox<Integer> box = new ChoiceBox<>();
    box.setId("state-layer");
    box.setAccessibleText("Hidden states after which layer");
    box.getStyleClass().add("small");
    box.setMinWidth(124);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Integer layer) {
            return layer == null ? "layer" : "after layer " + layer;
          }

          @Override
          public Integer fromString(String text) {
            throw new UnsupportedOperationException("chosen, not typed");
          }
        });
    IntegerProperty layer = viewModel.stateLayerProperty();
    workbench
        .models()
        .sourceProperty()
        .subscribe(
            s -> {
              SharedModel model = s.model();
              int count = model == null ? 0 : model.model().config().layers();
              if (box.getItems().size() != count) {
                box.getItems().clear();
                for (int l = 0; l < count; l++) {
                  box.getItems().add(l);
                }
                box.setValue(count == 0 ? null : Math.min(layer.get(), count - 1));
              }
            });
    layer.subscribe(l -> box.setValue(l.intValue()));
    box.valueProperty()
        .subscribe(
            l -> {
              if (l != null) {
                layer.set(l);
              }
            });
    return box;
  }
}
