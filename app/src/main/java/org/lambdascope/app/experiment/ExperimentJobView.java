package org.lambdascope.app.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;
import javafx.embed.swing.SwingFXUtils;
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
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.lambdascope.app.common.FigureOpener;
import org.lambdascope.app.common.Tips;

/** A run under way: how far it is, its units, and its figures as they come. */
final class ExperimentJobView extends VBox {

  private static final double THUMBNAIL_WIDTH = 250;

  private final FigureOpener opener;
  private final FlowPane figures = new FlowPane(10, 10);
  private final Map<String, Button> cards = new LinkedHashMap<>();

  ExperimentJobView(ExperimentJobViewModel viewModel, FigureOpener opener) {
    this.opener = opener;
    getStyleClass().add("experiment-job");
    ProgressBar bar = new ProgressBar();
    bar.setId("job-progress");
    bar.setPrefWidth(200);
    bar.progressProperty().bind(viewModel.progressProperty());
    bar.setAccessibleText("Progress of the run");
    Label line = new Label();
    line.setId("job-line");
    line.textProperty().bind(viewModel.lineProperty());
    HBox head = new HBox(10, bar, line);
    head.setAlignment(Pos.CENTER_LEFT);
    head.setPadding(new Insets(6, 12, 6, 12));
    TableView<UnitRow> units = new TableView<>(viewModel.units());
    units.setId("job-units");
    units.setAccessibleText("Units of work");
    units.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    units.getColumns().add(column("", 34, u -> sign(u.state())));
    units.getColumns().add(column("Experiment", 100, UnitRow::experiment));
    units.getColumns().add(column("Unit", 330, ExperimentJobView::unit));
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

  /** Without what the column before it says. */
  private static String unit(UnitRow unit) {
    String prefix = unit.experiment() + ": ";
    return unit.title().startsWith(prefix) ? unit.title().substring(prefix.length()) : unit.title();
  }

  private static String sign(UnitRow.State state) {
    return switch (state) {
      case WAITING -> "·";
      case RUNNING -> "▶";
      case DONE -> "✓";
    };
  }

  private void show(Map<String, Picture> now) {
    if (now.isEmpty()) {
      cards.clear();
      figures.getChildren().clear();
    }
    now.forEach(
        (name, picture) -> {
          Button card = cards.computeIfAbsent(name, this::card);
          card.setOnAction(e -> opener.open(name, picture.drawing()));
          ((ImageView) card.getGraphic()).setImage(SwingFXUtils.toFXImage(picture.image(), null));
        });
  }

  private Button card(String name) {
    ImageView image = new ImageView();
    image.setFitWidth(THUMBNAIL_WIDTH);
    image.setPreserveRatio(true);
    Button card = new Button(name, image);
    card.setContentDisplay(ContentDisplay.TOP);
    card.getStyleClass().addAll("flat", "figure-card");
    Tips.on(card, "Open as figure: " + name);
    card.setAccessibleText("Open as figure: " + name);
    figures.getChildren().add(card);
    return card;
  }
}
