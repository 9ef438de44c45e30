package org.lambdascope.app.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.FigureView;
import org.lambdascope.app.common.FittingCell;
import org.lambdascope.app.common.ShortNames;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.run.RunComparison.Quantity;
import org.lambdascope.app.run.RunComparison.Row;
import org.lambdascope.app.run.RunStore.StoredMetric;
import org.lambdascope.app.run.RunSummary;

/** One metric of the chosen runs as charts and as a table, and their figures. */
final class RunComparisonView extends VBox {

  private static final double LEAST_CHART = 220;
  private static final double LEAST_NAME = 150;
  private static final double NAME_PADDING = 24;

  /** What a table takes beside its columns: a scroll bar and its border. */
  private static final double ASIDE = 20;

  private final RunsViewModel viewModel;
  private final ChartActions actions;
  private final ComboBox<Quantity> quantity = new ComboBox<>();
  private final VBox charts = new VBox(8);
  private final TableView<Row> table = new TableView<>();
  private final FigureThumbnails figures;
  private final Label standing = new Label();
  private final Tab figuresTab = new Tab("Figures");
  private final List<FigureView> views = new ArrayList<>();
  private FigureTheme theme = FigureTheme.LIGHT;

  RunComparisonView(RunsViewModel viewModel, ChartActions actions, Consumer<Path> openFigure) {
    this.viewModel = viewModel;
    this.actions = actions;
    figures = new FigureThumbnails(actions, openFigure);
    quantity.setId("runs-metric");
    quantity.setAccessibleText("The metric that is compared");
    quantity.setPromptText("metric");
    quantity.setCellFactory(list -> new QuantityCell());
    quantity.setButtonCell(new QuantityCell());
    quantity.setOnAction(
        e -> {
          if (quantity.getValue() != null) {
            viewModel.quantityProperty().set(quantity.getValue());
          }
        });
    standing.setId("runs-standing");
    standing.getStyleClass().add("text-muted");
    Label metric = new Label("Metric");
    HBox choice = new HBox(8, metric, quantity, standing);
    choice.setAlignment(Pos.CENTER_LEFT);
    choice.setPadding(new Insets(8, 10, 6, 10));
    ScrollPane chartPane = new ScrollPane(charts);
    chartPane.setFitToWidth(true);
    chartPane.setFitToHeight(true);
    chartPane.getStyleClass().add("plain-scroll");
    charts.setPadding(new Insets(0, 6, 6, 10));
    table.setId("runs-comparison");
    table.setAccessibleText("Values of the metric, a column per run");
    Label none = new Label("No values");
    none.getStyleClass().addAll("text-muted", "caption");
    table.setPlaceholder(none);
    SplitPane split = new SplitPane(chartPane, table);
    split.setDividerPositions(0.45);
    VBox.setVgrow(split, Priority.ALWAYS);
    VBox compare = new VBox(choice, split);
    BooleanBinding any = Bindings.isNotEmpty(quantity.getItems());
    for (Node node : List.of(metric, quantity, split)) {
      node.visibleProperty().bind(any);
      node.managedProperty().bind(any);
    }
    ScrollPane figurePane = new ScrollPane(figures);
    figurePane.setFitToWidth(true);
    figurePane.getStyleClass().add("plain-scroll");
    figuresTab.setContent(figurePane);
    figuresTab.selectedProperty().subscribe(figures::setActive);
    TabPane tabs = new TabPane(new Tab("Compare", compare), figuresTab);
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.setId("runs-tabs");
    tabs.setAccessibleText("Numbers and figures of the chosen runs");
    VBox.setVgrow(tabs, Priority.ALWAYS);
    getChildren().add(tabs);
    setMinHeight(200);
    viewModel.shownProperty().subscribe(this::show);
    viewModel.runs().addListener((ListChangeListener<RunSummary>) c -> teach());
    viewModel.quantityProperty().subscribe(q -> showQuantity());
  }

  void setTheme(FigureTheme now) {
    theme = now;
    views.forEach(v -> v.setTheme(now));
    figures.setTheme(now);
  }

  private void show(RunsViewModel.Shown shown) {
    quantity.getItems().setAll(shown.quantities());
    teach();
    figuresTab.setText(
        shown.figures().isEmpty() ? "Figures" : "Figures (%d)".formatted(shown.figures().size()));
    figures.show(
        shown.figures(),
        shown.runs().size() > 1,
        shown.runs().isEmpty()
            ? "Choose a run above to see its figures."
            : "The chosen runs have no figures.");
    showQuantity();
  }

  /** Says how to come by a comparison, where there is none. */
  private void teach() {
    RunsViewModel.Shown shown = viewModel.shownProperty().get();
    String words = "Runs that are chosen above are compared here.";
    if (!shown.runs().isEmpty()) {
      words = shown.quantities().isEmpty() ? "No metrics yet: none of its units is done." : "";
    } else if (!viewModel.runs().isEmpty()) {
      words = "Choose a run above; hold Ctrl to choose several.";
    }
    standing.setText(words);
  }

  private void showQuantity() {
    Quantity now = viewModel.quantityProperty().get();
    quantity.setValue(now);
    charts.getChildren().clear();
    views.clear();
    for (Panel panel : viewModel.panels()) {
      FigureView view = new FigureView(panel.title(), actions);
      view.setTheme(theme);
      view.setPanel(panel, "");
      view.setMinHeight(LEAST_CHART);
      VBox.setVgrow(view, Priority.ALWAYS);
      views.add(view);
      charts.getChildren().add(view);
    }
    List<Row> rows = viewModel.rows();
    table.getColumns().setAll(columns(now, rows));
    table.getItems().setAll(rows);
  }

  private List<TableColumn<Row, ?>> columns(@Nullable Quantity of, List<Row> rows) {
    List<TableColumn<Row, ?>> columns = new ArrayList<>();
    if (of == null) {
      return columns;
    }
    ShortNames names =
        ShortNames.of(rows.stream().map(r -> r.metric().arm()).collect(Collectors.toSet()));
    TableColumn<Row, List<String>> arm = new TableColumn<>("arm");
    arm.setCellValueFactory(
        r -> new ReadOnlyObjectWrapper<>(names.forms(r.getValue().metric().arm())));
    arm.setCellFactory(c -> new FittingCell<>());
    arm.setComparator(Comparator.comparing(List::getFirst));
    columns.add(arm);
    for (int c = 0; c < of.coordinates().size(); c++) {
      int coordinate = c;
      columns.add(number(of.coordinates().get(c), 62, r -> coordinate(r.metric(), coordinate)));
    }
    List<String> labels = viewModel.shownProperty().get().comparison().labels();
    for (int r = 0; r < labels.size(); r++) {
      int run = r;
      columns.add(number(labels.get(r), 76, row -> row.values()[run]));
    }
    for (int r = 1; r < labels.size(); r++) {
      int run = r;
      String difference = labels.get(r) + " − " + labels.getFirst();
      columns.add(number(difference, 110, row -> row.delta(run)));
    }
    double longest = rows.stream().mapToDouble(r -> width(r.metric().arm())).max().orElse(0);
    double others = columns.stream().skip(1).mapToDouble(TableColumn::getPrefWidth).sum();
    arm.prefWidthProperty()
        .bind(
            table
                .widthProperty()
                .map(
                    w ->
                        Math.clamp(
                            w.doubleValue() - others - ASIDE,
                            LEAST_NAME,
                            Math.max(LEAST_NAME, longest))));
    return columns;
  }

  private static double width(String name) {
    Text ruler = new Text(name);
    return Math.ceil(ruler.getLayoutBounds().getWidth()) + NAME_PADDING;
  }

  private static double coordinate(StoredMetric metric, int index) {
    Map<String, Double> at = metric.toMetric().at();
    return index < at.size() ? List.copyOf(at.values()).get(index) : Double.NaN;
  }

  /** A number of a row. */
  @FunctionalInterface
  private interface Value {
    double of(Row row);
  }

  private static TableColumn<Row, Double> number(String title, double width, Value value) {
    TableColumn<Row, Double> column = new TableColumn<>(title);
    column.setCellValueFactory(r -> new ReadOnlyObjectWrapper<>(value.of(r.getValue())));
    column.setPrefWidth(width);
    column.getStyleClass().add("number-column");
    column.setCellFactory(
        c ->
            new TableCell<>() {
              @Override
              protected void updateItem(Double number, boolean empty) {
                super.updateItem(number, empty);
                setText(empty || number == null ? "" : words(number));
              }
            });
    return column;
  }

  static String words(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return String.format(Locale.ROOT, "%,d", (long) value).replace('-', '−');
    }
    boolean plain = Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5;
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3g", value).replace('-', '−');
  }

  /** A metric with its experiment. */
  private static final class QuantityCell extends ListCell<Quantity> {
    @Override
    protected void updateItem(Quantity of, boolean empty) {
      super.updateItem(of, empty);
      setText(empty || of == null ? "" : of.experiment() + " · " + of.label());
    }
  }
}
