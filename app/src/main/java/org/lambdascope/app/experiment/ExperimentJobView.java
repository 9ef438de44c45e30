package org.lambdascope.app.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.FigureOpener;
import org.lambdascope.app.common.FittingCell;
import org.lambdascope.app.common.LatestDrawing;
import org.lambdascope.app.common.RenderScale;
import org.lambdascope.app.common.Thumbnail;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.FigureTheme;

/** A run under way: how far it is, its units, and its figures as they come. */
final class ExperimentJobView extends VBox {

  private static final double THUMBNAIL_WIDTH = 290;

  private final ExperimentJobViewModel viewModel;
  private final FigureOpener opener;
  private final ChartActions charts;
  private final FlowPane figures = new FlowPane(10, 10);
  private final Map<String, Card> cards = new LinkedHashMap<>();
  private FigureTheme theme = FigureTheme.LIGHT;

  /** A figure's button, and what draws its picture. */
  private record Card(Button button, LatestDrawing<Sharp> picture) {}

  /**
   * A picture.
   *
   * @param scale its pixels per unit
   */
  private record Sharp(Image image, double scale) {}

  ExperimentJobView(ExperimentJobViewModel viewModel, FigureOpener opener, ChartActions charts) {
    this.viewModel = viewModel;
    this.opener = opener;
    this.charts = charts;
    getStyleClass().add("experiment-job");
    ProgressBar bar = new ProgressBar();
    bar.setId("job-progress");
    bar.setPrefWidth(140);
    bar.progressProperty().bind(viewModel.progressProperty());
    bar.setAccessibleText("Progress of the run");
    Label line = new Label();
    line.setId("job-line");
    line.textProperty().bind(viewModel.lineProperty());
    Label forecast = new Label();
    forecast.setId("job-forecast");
    forecast.getStyleClass().add("text-muted");
    forecast.textProperty().bind(viewModel.forecastProperty());
    forecast.setMinWidth(Region.USE_PREF_SIZE); // rather the name of the unit is cut
    Tips.on(
        forecast,
        "What was forecast when it began: how long the whole run takes, and the memory for cache and captures");
    HBox head = new HBox(10, bar, line, forecast);
    head.setAlignment(Pos.CENTER_LEFT);
    head.setPadding(new Insets(6, 12, 6, 12));
    TableView<UnitRow> units = new TableView<>(viewModel.units());
    units.setId("job-units");
    units.setAccessibleText("Units of work");
    units.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    units.getColumns().add(column("", 34, u -> sign(u.state())));
    units.getColumns().add(column("Experiment", 100, UnitRow::experiment));
    TableColumn<UnitRow, List<String>> unit = new TableColumn<>("Unit");
    unit.setCellValueFactory(u -> new ReadOnlyObjectWrapper<>(u.getValue().names()));
    unit.setCellFactory(c -> new FittingCell<>());
    unit.setPrefWidth(330);
    unit.setSortable(false);
    units.getColumns().add(unit);
    units.setPlaceholder(new Label("The units are listed once the texts are read."));
    viewModel
        .units()
        .addListener(
            (ListChangeListener<UnitRow>)
                c -> {
                  for (int i = 0; i < viewModel.units().size(); i++) {
                    if (viewModel.units().get(i).state() == UnitRow.State.RUNNING) {
                      units.scrollTo(Math.max(0, i - 2));
                      return;
                    }
                  }
                });
    figures.setPadding(new Insets(8));
    figures.setRowValignment(VPos.TOP);
    ScrollPane scroll = new ScrollPane(figures);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("plain-scroll");
    SplitPane split = new SplitPane(units, scroll);
    split.setDividerPositions(0.4);
    VBox.setVgrow(split, Priority.ALWAYS);
    getChildren().addAll(head, split);
    viewModel.figuresProperty().subscribe(this::show);
    RenderScale.follow(this, () -> show(viewModel.figuresProperty().get()));
  }

  /** Sets the colours of the figures. */
  void setTheme(FigureTheme newTheme) {
    theme = newTheme;
    show(viewModel.figuresProperty().get());
  }

  /** A text of a unit. */
  private interface Words {
    String of(UnitRow unit);
  }

  private static TableColumn<UnitRow, String> column(String title, double width, Words words) {
    TableColumn<UnitRow, String> column = new TableColumn<>(title);
    column.setCellValueFactory(u -> new ReadOnlyStringWrapper(words.of(u.getValue())));
    column.setPrefWidth(width);
    column.setSortable(false);
    return column;
  }

  private static String sign(UnitRow.State state) {
    return switch (state) {
      case WAITING -> "·";
      case RUNNING -> "▶";
      case DONE -> "✓";
    };
  }

  private void show(Map<String, Drawing> now) {
    if (now.isEmpty()) {
      cards.clear();
      figures.getChildren().clear();
    }
    FigureTheme colours = theme;
    double scale = RenderScale.of(this);
    now.forEach(
        (name, drawing) -> {
          Card card = cards.computeIfAbsent(name, this::card);
          card.button().setOnAction(e -> opener.open(name, drawing));
          card.picture()
              .wish(
                  () -> new Sharp(Thumbnail.draw(drawing, colours, THUMBNAIL_WIDTH, scale), scale));
        });
  }

  private Card card(String name) {
    ImageView image = new ImageView();
    image.setFitWidth(THUMBNAIL_WIDTH);
    image.setPreserveRatio(true);
    Button button = new Button(name, image);
    button.setContentDisplay(ContentDisplay.TOP);
    button.getStyleClass().addAll("flat", "figure-card");
    Tips.on(button, "Open as figure: " + name);
    button.setAccessibleText("Open as figure: " + name);
    figures.getChildren().add(button);
    return new Card(
        button,
        new LatestDrawing<>(charts, drawn -> Thumbnail.show(image, drawn.image(), drawn.scale())));
  }
}
