package org.lambdascope.app.inspector;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.IntegerProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.common.TokenPlaces;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.models.ModelsViewModel;
import org.lambdascope.app.models.SharedModel;

/** The selected token, arm by arm, and its attention. */
public final class InspectorView extends ScrollPane {

  private static final double CHART_HEIGHT = 210;

  private final InspectorViewModel viewModel;
  private final Label title = new Label();
  private final Label hint = new Label();
  private final VBox arms = new VBox(8);
  private final FigureView chart;
  private final Label state = new Label();
  private final FlowPane selectors = new FlowPane(6, 6);
  private FigureTheme theme = FigureTheme.LIGHT;

  /** Shows a view-model. */
  public InspectorView(InspectorViewModel viewModel, ModelsViewModel models, ChartActions actions) {
    this.viewModel = viewModel;
    getStyleClass().add("inspector");
    setFitToWidth(true);
    title.getStyleClass().add("token-title");
    title.setWrapText(true);
    title.setId("inspector-title");
    hint.setId("inspector-hint");
    hint.textProperty().bind(viewModel.hintProperty());
    hint.setWrapText(true);
    hint.getStyleClass().add("text-muted");
    state.getStyleClass().add("text-muted");
    state.setWrapText(true);
    chart = new FigureView("attention-row", actions);
    chart.setId("attention-row");
    chart.setMinHeight(CHART_HEIGHT);
    chart.setPrefHeight(CHART_HEIGHT);
    chart.setBrushing(
        () -> TokenPlaces.byPosition(viewModel::tokenCount), viewModel.brushedProperty());
    ChoiceBox<Integer> layer = indices("layer");
    ChoiceBox<Integer> head = indices("head");
    models
        .sourceProperty()
        .subscribe(
            s -> {
              SharedModel model = s.model();
              fill(layer, model == null ? 0 : model.model().config().layers());
              fill(head, model == null ? 0 : model.model().config().heads());
            });
    link(layer, viewModel.layerProperty());
    link(head, viewModel.headProperty());
    selectors.getChildren().addAll(layer, head, softmax());
    selectors.setAlignment(Pos.CENTER_LEFT);
    VBox content = new VBox(10, title, hint, arms, selectors, chart, state);
    content.setPadding(new Insets(10, 12, 12, 12));
    setContent(content);
    viewModel.titleProperty().subscribe(t -> show());
    viewModel.arms().addListener((ListChangeListener<ArmAtToken>) c -> show());
    viewModel.attentionProperty().subscribe(p -> showAttention());
    viewModel.attentionStateProperty().subscribe(p -> showAttention());
    show();
  }

  /** Sets the colours of the chart. */
  public void setTheme(FigureTheme newTheme) {
    theme = newTheme;
    chart.setTheme(newTheme);
    show();
  }

  private void show() {
    boolean any = !viewModel.arms().isEmpty();
    title.setText(viewModel.titleProperty().get());
    for (Region node : List.of(title, arms, selectors, chart, state)) {
      node.setVisible(any);
      node.setManaged(any);
    }
    hint.setVisible(!any);
    hint.setManaged(!any);
    arms.getChildren().setAll(viewModel.arms().stream().map(this::card).toList());
  }

  private void showAttention() {
    String text = viewModel.attentionStateProperty().get();
    chart.setPanel(viewModel.attentionProperty().get(), text);
    state.setText(viewModel.attentionProperty().get() == null ? "" : text);
  }

  private VBox card(ArmAtToken at) {
    Region swatch = new Region();
    swatch.getStyleClass().add("swatch");
    swatch.setMinSize(10, 10);
    swatch.setMaxSize(10, 10);
    Color c = theme.palette(at.column());
    swatch.setStyle(
        String.format(Locale.ROOT, "-fx-background-color: #%06x;", c.getRGB() & 0xFFFFFF));
    Label name = new Label(at.kind());
    name.getStyleClass().add("arm-name-small");
    name.setWrapText(true);
    HBox head = new HBox(6, swatch, name);
    head.setAlignment(Pos.CENTER_LEFT);
    // Then the title has the token; arms that generate may have another each.
    boolean same = viewModel.arms().stream().allMatch(arm -> arm.id() == at.id());
    Label facts =
        new Label(
            "%sNLL %s%s%s\nas query: %s visible keys%s"
                .formatted(
                    same ? "" : at.token() + " · ",
                    Formats.nats(at.nll()),
                    Double.isNaN(at.nll())
                        ? ""
                        : " (predicted at\u00A0%s)".formatted(Formats.count(at.position() - 1L)),
                    at.stale() ? " · stale" : "",
                    Formats.count(at.visible()),
                    at.besides()));
    facts.setWrapText(true);
    VBox card = new VBox(3, head);
    if (!at.parameters().isEmpty()) {
      Label parameters = new Label(at.parameters());
      parameters.getStyleClass().addAll("text-muted", "key-run");
      parameters.setWrapText(true);
      card.getChildren().add(parameters);
    }
    card.getChildren().add(facts);
    for (VisibleKeys keys : at.keys()) {
      Label run = new Label(("keys " + keys.keysText() + "\n" + keys.distancesText()).strip());
      run.setWrapText(true);
      run.getStyleClass().addAll("text-muted", "key-run");
      Tips.on(
          run,
          "Raw distance: query position minus key position.\nEffective distance: what the positional encoding is given.");
      card.getChildren().add(run);
    }
    card.getStyleClass().add("card");
    card.setOpacity(at.stale() ? 0.55 : 1);
    return card;
  }

  private ChoiceBox<Boolean> softmax() {
    ChoiceBox<Boolean> box = new ChoiceBox<>();
    box.getItems().setAll(true, false);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Boolean probabilities) {
            return probabilities == null || probabilities ? "after softmax" : "before softmax";
          }

          @Override
          public Boolean fromString(String text) {
            throw new UnsupportedOperationException("chosen, not typed");
          }
        });
    box.setValue(true);
    box.valueProperty().subscribe(v -> viewModel.probabilitiesProperty().set(v == null || v));
    box.setAccessibleText("Attention before or after the softmax");
    box.getStyleClass().add("small");
    return box;
  }

  private static void link(ChoiceBox<Integer> box, IntegerProperty property) {
    property.subscribe(v -> box.setValue(v.intValue()));
    box.valueProperty()
        .subscribe(
            v -> {
              if (v != null) {
                property.set(v);
              }
            });
  }

  private static void fill(ChoiceBox<Integer> box, int count) {
    if (box.getItems().size() != count) {
      List<Integer> items = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        items.add(i);
      }
      Integer now = box.getValue();
      box.getItems().setAll(items);
      box.setValue(count == 0 ? null : now == null ? 0 : Math.min(now, count - 1));
    }
  }

  private static ChoiceBox<Integer> indices(String what) {
    ChoiceBox<Integer> box = new ChoiceBox<>();
    box.setId("inspector-" + what);
    box.setAccessibleText("Attention of which " + what);
    Tips.on(box, "Attention of which " + what + ", counted from 0");
    box.getStyleClass().add("small");
    box.setMinWidth(92);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Integer i) {
            return i == null ? what : what + " " + i;
          }

          @Override
          public Integer fromString(String text) {
            throw new UnsupportedOperationException("chosen, not typed");
          }
        });
    return box;
  }
}
