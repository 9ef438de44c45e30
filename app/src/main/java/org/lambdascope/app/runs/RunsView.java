package org.lambdascope.app.runs;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.FilePicker;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.run.RunSummary;

/** The table of runs, above what is compared of the chosen ones. */
public final class RunsView extends BorderPane {

  private static final String TEACH =
      """
      No runs yet. An experiment file says which model, texts and arms are compared; running it
      leaves a folder with metrics and figures, and a row here. The smallest one takes three minutes:""";

  private static final String COMMAND =
      "./lambdascope run samples/experiments/smoke.yaml --out runs/smoke";

  /** What can be done with runs outside this page. */
  public interface Actions {
    /** Opens a stored figure in the editor. */
    void openFigure(Path figure);

    /** Opens the experiment of a run, to look at it or to go on with it. */
    void openExperiment(Path runFolder);

    /** Begins a new experiment. */
    void newExperiment();
  }

  private final RunsViewModel viewModel;
  private final FilePicker files;
  private final Actions actions;
  private final TableView<RunSummary> table = new TableView<>();
  private final RunComparisonView comparison;
  private boolean selecting;

  /** Shows a view-model. */
  public RunsView(RunsViewModel viewModel, FilePicker files, ChartActions charts, Actions actions) {
    this.viewModel = viewModel;
    this.files = files;
    this.actions = actions;
    getStyleClass().add("runs");
    comparison = new RunComparisonView(viewModel, charts, actions::openFigure);
    makeTable();
    SplitPane split = new SplitPane(table, comparison);
    split.setOrientation(Orientation.VERTICAL);
    split.setDividerPositions(0.36);
    setTop(tools());
    setCenter(split);
    viewModel
        .revealedProperty()
        .subscribe(
            run -> {
              if (run != null) {
                table.getSelectionModel().clearSelection();
                table.getSelectionModel().select(run);
                table.scrollTo(run);
              }
            });
    viewModel
        .keptProperty()
        .subscribe(
            runs -> {
              if (runs != null) {
                select(runs);
              }
            });
  }

  private void select(List<RunSummary> runs) {
    int[] rows = runs.stream().mapToInt(table.getItems()::indexOf).toArray();
    selecting = true; // what is shown of them stays meanwhile
    try {
      table.getSelectionModel().clearSelection();
      if (rows.length > 0) {
        table.getSelectionModel().selectIndices(rows[0], rows);
      }
    } finally {
      selecting = false;
    }
    choose();
  }

  private void choose() {
    if (!selecting) {
      viewModel.choose(List.copyOf(table.getSelectionModel().getSelectedItems()));
    }
  }

  /** Sets the colours of charts. */
  public void setTheme(FigureTheme theme) {
    comparison.setTheme(theme);
  }

  private Node tools() {
    TextField filter = new TextField();
    filter.setId("runs-filter");
    filter.setPromptText("Filter: name, model, kind, arm, state …");
    filter.setAccessibleText("Filter the runs by words");
    filter.textProperty().bindBidirectional(viewModel.filterProperty());
    HBox.setHgrow(filter, Priority.ALWAYS);
    ProgressIndicator busy = new ProgressIndicator();
    busy.setMaxSize(16, 16);
    busy.visibleProperty().bind(viewModel.loadingProperty());
    Button reload = button("Reload", "runs-reload", "Read the store again", viewModel::reload);
    MenuButton open = new MenuButton("Open");
    open.setId("runs-open");
    open.getItems()
        .addAll(item("Folder of a run …", this::chooseRun), item("Run store …", this::chooseStore));
    MenuButton export = new MenuButton("Export");
    export.setId("runs-export");
    export
        .getItems()
        .addAll(
            item("This comparison as CSV …", this::exportComparison),
            item("All metrics as CSV …", () -> exportAll("csv")),
            item("All metrics as Parquet …", () -> exportAll("parquet")));
    Button experiment =
        button(
            "New experiment",
            "runs-new",
            "Write an experiment file and run it",
            actions::newExperiment);
    experiment.getStyleClass().add("accent");
    HBox tools = new HBox(8, filter, busy, reload, open, export, experiment);
    tools.setAlignment(Pos.CENTER_LEFT);
    tools.setPadding(new Insets(8, 10, 8, 10));
    return tools;
  }

  /** Asks for the folder of a run and shows it. */
  public void chooseRun() {
    files.folder("Open the folder of a run").ifPresent(viewModel::openRun);
  }

  /** Asks for a run store and looks into it. */
  public void chooseStore() {
    files
        .file("Open a run store", "Run stores (DuckDB)", List.of("duckdb"))
        .ifPresent(viewModel::openStore);
  }

  /** Asks for a file and writes the comparison there. */
  public void exportComparison() {
    save("comparison", "csv", viewModel::exportComparison);
  }

  /**
   * Asks for a file and writes the metrics of all runs there.
   *
   * @param format csv or parquet
   */
  public void exportAll(String format) {
    save("runs", format, viewModel::exportAll);
  }

  private void save(String name, String extension, Consumer<Path> write) {
    files
        .output(name + "." + extension, extension)
        .ifPresent(file -> write.accept(FileNames.withExtension(file, extension)));
  }

  private void makeTable() {
    table.setId("runs-table");
    table.setAccessibleText("Runs");
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    SortedList<RunSummary> sorted = new SortedList<>(viewModel.runs());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table
        .getColumns()
        .setAll(
            List.of(
                column("Name", 130, r -> r.run().record().name()),
                column("Started (UTC)", 140, RunsView::started),
                column("Model", 120, r -> r.run().record().model()),
                column("Kinds", 190, r -> String.join(", ", r.kinds())),
                column("Arms", 210, r -> String.join(", ", r.arms())),
                column("State", 130, RunsViewModel::state)));
    table.setPlaceholder(placeholder());
    table
        .getSelectionModel()
        .getSelectedItems()
        .addListener((ListChangeListener<RunSummary>) c -> choose());
    table.setRowFactory(t -> new RunTableRow(viewModel, actions));
    RunTableKeys.on(table, viewModel, actions);
  }

  private static String started(RunSummary run) {
    String iso = run.run().record().started();
    return iso.length() < 16 ? iso : iso.substring(0, 16).replace('T', ' ');
  }

  private static TableColumn<RunSummary, String> column(
      String title, double width, Function<RunSummary, String> text) {
    TableColumn<RunSummary, String> column = new TableColumn<>(title);
    column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
    column.setPrefWidth(width);
    return column;
  }

  private Node placeholder() {
    Label why = new Label();
    why.setId("runs-message");
    why.setWrapText(true);
    why.setMaxWidth(640);
    why.setTextAlignment(TextAlignment.CENTER);
    why.setAlignment(Pos.CENTER);
    TextField command = new TextField(COMMAND);
    command.setEditable(false);
    command.setMaxWidth(520);
    command.getStyleClass().add("command-line");
    command.setAccessibleText("A command that makes a run");
    Button experiment = button("New experiment", "runs-first", "", actions::newExperiment);
    Region gap = new Region();
    gap.setMinHeight(2);
    VBox box = new VBox(8, why, command, experiment, gap);
    box.setAlignment(Pos.CENTER);
    Runnable show =
        () -> {
          String problem = viewModel.messageProperty().get();
          boolean none = problem.isEmpty() && viewModel.filterProperty().get().isBlank();
          why.setText(
              !problem.isEmpty()
                  ? problem
                  : none ? TEACH.replace('\n', ' ') : "No run has all these words.");
          command.setVisible(none);
          command.setManaged(none);
          experiment.setVisible(none);
          experiment.setManaged(none);
        };
    viewModel.messageProperty().subscribe(m -> show.run());
    viewModel.filterProperty().subscribe(f -> show.run());
    return box;
  }

  private static Button button(String text, String id, String meaning, Runnable action) {
    Button button = new Button(text);
    button.setId(id);
    if (!meaning.isEmpty()) {
      Tips.on(button, meaning);
    }
    button.setOnAction(e -> action.run());
    return button;
  }

  static MenuItem item(String text, Runnable action) {
    MenuItem item = new MenuItem(text);
    item.setOnAction(e -> action.run());
    return item;
  }
}
