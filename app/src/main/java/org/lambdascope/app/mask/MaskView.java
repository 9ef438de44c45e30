package org.lambdascope.app.mask;

import javafx.beans.property.IntegerProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.ChartMenu;
import org.lambdascope.app.common.ChartSource;
import org.lambdascope.app.common.NumberField;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.workbench.ArmChips;
import org.lambdascope.app.workbench.WorkbenchViewModel;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmMask;

/** The mask of the selected arm: which arm, which part of the text, the picture, and one cell. */
public final class MaskView extends VBox implements ChartSource {

  private final MaskViewModel viewModel;
  private final MaskCanvas canvas;
  private final MaskLegend legend = new MaskLegend();
  private final ArmChips arms;
  private final Label facts = new Label();
  private final Label cell = new Label();
  private final Label distances = new Label();
  private final Label reason = new Label();
  private final MenuButton menu = new MenuButton("⋯");
  private FigureTheme theme = FigureTheme.LIGHT;

  /** Shows a view-model. */
  public MaskView(MaskViewModel viewModel, ChartActions actions) {
    super(8);
    this.viewModel = viewModel;
    getStyleClass().add("mask");
    setPadding(new Insets(10));
    canvas = new MaskCanvas(viewModel, actions);
    VBox.setVgrow(canvas, Priority.ALWAYS);
    menu.setId("mask-menu");
    menu.getStyleClass().addAll("figure-menu", "flat", "small");
    menu.setAccessibleText("Copy, export or open the mask as a figure");
    Tips.on(menu, "Copy, export or open the mask as a figure");
    menu.getItems().addAll(ChartMenu.items(this, this::fileName, actions));
    focusWithinProperty()
        .subscribe(
            focused -> {
              if (focused) {
                actions.used(this);
              }
            });
    facts.getStyleClass().add("text-muted");
    facts.textProperty().bind(viewModel.factsProperty());
    facts.setId("mask-facts");
    facts.setMinWidth(0);
    arms = new ArmChips(viewModel.workbench(), facts);
    getChildren().addAll(arms, controls(), canvas, legend, readout());
    WorkbenchViewModel workbench = viewModel.workbench();
    viewModel.maskProperty().subscribe(m -> showLegend());
    viewModel.spanProperty().subscribe(s -> showLegend());
    workbench.models().pretrainLengthProperty().subscribe(p -> showLegend());
    viewModel
        .readoutProperty()
        .subscribe(
            r -> {
              cell.setText(r.cell());
              distances.setText(r.distances());
              reason.setText(r.reason());
            });
  }

  /** Sets the colours. */
  public void setTheme(FigureTheme newTheme) {
    theme = newTheme;
    canvas.setPalette(palette());
    arms.setTheme(newTheme);
    showLegend();
  }

  private MaskPalette palette() {
    return theme == FigureTheme.DARK ? MaskPalette.DARK : MaskPalette.LIGHT;
  }

  @Override
  public @Nullable Panel panel() {
    ArmMask mask = viewModel.maskProperty().get();
    return mask == null
        ? null
        : MaskFigures.of(mask, viewModel.spanProperty().get(), viewModel.pretrainLength());
  }

  private String fileName() {
    ArmMask mask = viewModel.maskProperty().get();
    return mask == null ? "mask" : "mask-" + mask.arm().kind().id();
  }

  private HBox controls() {
    Button whole = button("Whole text", "Show all queries and keys (Home)", viewModel::showWhole);
    whole.setId("mask-whole");
    Button around =
        button(
            "Around the token", "Show the cells around the selected token", viewModel::showAround);
    around.setId("mask-around");
    around
        .disableProperty()
        .bind(viewModel.workbench().positionProperty().isEqualTo(WorkbenchViewModel.NONE));
    HBox box =
        new HBox(
            6,
            new Label("Queries"),
            field("mask-query-from", "First query", viewModel.queryFromProperty()),
            new Label("to"),
            field("mask-query-to", "Last query", viewModel.queryToProperty()),
            gap(),
            new Label("Keys"),
            field("mask-key-from", "First key", viewModel.keyFromProperty()),
            new Label("to"),
            field("mask-key-to", "Last key", viewModel.keyToProperty()),
            gap(),
            whole,
            around,
            menu);
    box.setAlignment(Pos.CENTER_LEFT);
    box.getChildren().forEach(n -> ((Region) n).setMinWidth(Region.USE_PREF_SIZE));
    box.getStyleClass().add("mask-controls");
    return box;
  }

  private static Region gap() {
    Region gap = new Region();
    gap.setPrefWidth(8);
    return gap;
  }

  private NumberField field(String id, String name, IntegerProperty value) {
    NumberField field = new NumberField(name, name + " that is shown", value, 0, viewModel::size);
    field.setId(id);
    field.setPrefColumnCount(5);
    return field;
  }

  private static Button button(String text, String tooltip, Runnable action) {
    Button button = new Button(text);
    Tips.on(button, tooltip);
    button.setOnAction(e -> action.run());
    return button;
  }

  private Node readout() {
    cell.setId("mask-cell");
    cell.getStyleClass().add("mask-cell");
    distances.setId("mask-distances");
    reason.setId("mask-reason");
    reason.getStyleClass().add("text-muted");
    VBox box = new VBox(2, cell, distances, reason);
    for (Node line : box.getChildren()) {
      ((Label) line).setMinWidth(0);
    }
    box.getStyleClass().add("card");
    box.setMinHeight(Region.USE_PREF_SIZE);
    return box;
  }

  private void showLegend() {
    ArmMask mask = viewModel.maskProperty().get();
    legend.show(
        palette(),
        viewModel.pretrainLength(),
        viewModel.size(),
        mask == null ? ArmKind.VANILLA : mask.arm().kind(),
        viewModel.reaches());
  }
}
