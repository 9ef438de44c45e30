package org.lambdascope.app.experiment;

import java.util.Locale;
import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Separator;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToolBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.ChartActions;
import org.lambdascope.app.common.FigureOpener;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.figure.FigureTheme;
import org.lambdascope.app.run.RunRecord;
import org.lambdascope.engine.spec.SpecException;

/** An experiment file as a form beside its text, and its run below. */
public final class ExperimentView extends BorderPane {

  private static final KeyCombination SAVE =
      new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);

  private static final KeyCombination RUN = KeyCombination.valueOf("Shortcut+Enter");
  private static final KeyCombination UNDO = KeyCombination.valueOf("Shortcut+Z");
  private static final KeyCombination REDO = KeyCombination.valueOf("Shortcut+Shift+Z");

  private final ExperimentViewModel viewModel;
  private final ExperimentJobView job;
  private final ExperimentForm fields;
  private final SpecTextPane text;

  /**
   * Shows a view-model.
   *
   * @param charts draws pictures of the run's figures
   */
  public ExperimentView(ExperimentViewModel viewModel, FigureOpener figures, ChartActions charts) {
    this.viewModel = viewModel;
    getStyleClass().add("experiment");
    job = new ExperimentJobView(viewModel.job(), figures, charts);
    ScrollPane form = new ScrollPane();
    fields = new ExperimentForm(viewModel, field -> show(form, field));
    form.setContent(fields);
    form.setFitToWidth(true);
    form.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    form.getStyleClass().add("figure-form");
    form.setMinWidth(360);
    text = new SpecTextPane(viewModel);
    Label wrong = new Label();
    wrong.setId("text-problem");
    wrong.getStyleClass().addAll("problem", "text-problem");
    wrong.setMaxWidth(Double.MAX_VALUE);
    wrong.setWrapText(true);
    wrong.setMinHeight(Region.USE_PREF_SIZE);
    Pressable.by(wrong, this::goToMistake);
    viewModel
        .problemProperty()
        .subscribe(
            p -> {
              wrong.setText(p == null ? "" : ExperimentViewModel.words(p));
              Tips.on(wrong, p == null ? "" : Objects.toString(p.getMessage()));
              wrong.setVisible(p != null);
              wrong.setManaged(p != null);
            });
    VBox texts = new VBox(text, wrong);
    VBox.setVgrow(text, Priority.ALWAYS);
    SplitPane editor = new SplitPane(form, texts);
    editor.setDividerPositions(0.45);
    SplitPane split = new SplitPane(editor);
    split.setOrientation(Orientation.VERTICAL);
    viewModel
        .job()
        .lineProperty()
        .subscribe(
            line -> {
              // The run takes room only once there is one.
              if (!line.isEmpty() && split.getItems().size() == 1) {
                split.getItems().add(job);
                split.setDividerPositions(0.5);
              }
            });
    setTop(new VBox(tools(), runTools()));
    setCenter(split);
    addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (SAVE.match(e)) {
            viewModel.save();
          } else if (RUN.match(e)) {
            runUnlessRunning();
          } else {
            return;
          }
          e.consume();
        });
    addEventHandler(KeyEvent.KEY_PRESSED, this::step);
  }

  private void runUnlessRunning() {
    if (!viewModel.job().runningProperty().get()) {
      viewModel.run();
    }
  }

  /** Undo and redo where no text field has its own: otherwise they would be those of the arms. */
  private void step(KeyEvent event) {
    if (UNDO.match(event)) {
      viewModel.undo();
    } else if (REDO.match(event)) {
      viewModel.redo();
    } else {
      return;
    }
    event.consume();
  }

  /** Shows what is wrong, in the form and in the text, and puts the focus there. */
  public void goToMistake() {
    SpecException problem = viewModel.problemProperty().get();
    if (problem != null) {
      fields.reveal();
      if (problem.line() > 0) {
        text.go(problem.line());
      }
    }
  }

  /** Sets the colours of the figures. */
  public void setTheme(FigureTheme theme) {
    job.setTheme(theme);
  }

  private static void show(ScrollPane pane, Node field) {
    Bounds content = pane.getContent().getBoundsInLocal();
    Bounds at = pane.getContent().sceneToLocal(field.localToScene(field.getBoundsInLocal()));
    double spare = content.getHeight() - pane.getViewportBounds().getHeight();
    if (spare > 0) {
      double middle = at.getCenterY() - pane.getViewportBounds().getHeight() / 2;
      pane.setVvalue(Math.clamp(middle / spare, 0, 1));
    }
  }

  private Node tools() {
    Label name = new Label();
    name.setId("experiment-file");
    name.getStyleClass().add("section-title");
    Runnable show =
        () -> {
          var file = viewModel.fileProperty().get();
          var run = viewModel.runProperty().get();
          name.setText(
              (viewModel.dirtyProperty().get() ? "• " : "")
                  + (file != null
                      ? file.getFileName()
                      : run == null ? "untitled" : "untitled copy"));
          Tips.on(
              name,
              file != null
                  ? FileNames.shown(file)
                  : run == null
                      ? "Not saved yet"
                      : "A copy of the experiment of the run in %s, which stays as it is"
                          .formatted(FileNames.shown(run)));
        };
    viewModel.fileProperty().subscribe(f -> show.run());
    viewModel.runProperty().subscribe(r -> show.run());
    viewModel.dirtyProperty().subscribe(d -> show.run());
    Button undo = button("↶ Undo", "experiment-undo", "", viewModel::undo);
    viewModel.history().undoableProperty().subscribe(w -> describe(undo, "Undo", w));
    Button redo = button("↷ Redo", "experiment-redo", "", viewModel::redo);
    viewModel.history().redoableProperty().subscribe(w -> describe(redo, "Redo", w));
    return new ToolBar(
        button("New", "experiment-new", "Begin a new experiment file", viewModel::startNew),
        button("Open …", "experiment-open", "Open an experiment file (YAML)", viewModel::choose),
        button("Save", "experiment-save", "Save the text as it stands (Ctrl+S)", viewModel::save),
        button("Save as …", "experiment-save-as", "Save under another name", viewModel::saveAs),
        new Separator(Orientation.VERTICAL),
        undo,
        redo,
        new Separator(Orientation.VERTICAL),
        name);
  }

  private static void describe(Button button, String verb, String what) {
    button.setDisable(what.isEmpty());
    Tips.on(
        button,
        what.isEmpty()
            ? "Nothing to " + verb.toLowerCase(Locale.ROOT)
            : "%s: %s".formatted(verb, what));
  }

  private Node runTools() {
    TextField out = new TextField();
    out.setId("run-folder");
    out.setAccessibleText("Folder of the run");
    out.textProperty().bindBidirectional(viewModel.place().outProperty());
    out.textProperty()
        .subscribe(
            (before, now) -> {
              if (out.isFocused()) {
                viewModel.place().set(now);
              }
            });
    Tips.on(out, out::getText); // a long one is seen in part
    HBox.setHgrow(out, Priority.ALWAYS);
    Label label = new Label("Run in");
    label.setLabelFor(out);
    Button choose =
        button("…", "choose-run-folder", "Choose the folder of the run", viewModel::chooseOut);
    choose.setAccessibleText("Choose the folder of the run");
    Label standing = new Label();
    standing.setId("run-standing");
    standing.getStyleClass().add("text-muted");
    standing.setMinWidth(Label.USE_PREF_SIZE);
    Button check =
        button(
            "Check",
            "experiment-check",
            "Read the model and the texts and say how much there is to do; nothing is run",
            viewModel::check);
    Button run = button("Run", "experiment-run", "", viewModel::run);
    run.getStyleClass().add("accent");
    run.setMinWidth(84);
    run.disableProperty()
        .bind(viewModel.job().runningProperty().or(viewModel.mistakeProperty().isNotNull()));
    StackPane place = new StackPane(run); // it can be pointed at while the button is disabled
    viewModel
        .mistakeProperty()
        .subscribe(
            m ->
                Tips.on(
                    place,
                    m == null ? "" : "The file has a mistake. " + ExperimentViewModel.words(m)));
    check.disableProperty().bind(viewModel.job().runningProperty());
    Button cancel =
        button(
            "Cancel",
            "experiment-cancel",
            "Stop after the next step; what is done is kept, and Resume goes on with it",
            viewModel.job()::cancel);
    cancel.disableProperty().bind(viewModel.job().runningProperty().not());
    Runnable stand =
        () -> {
          RunRecord record = viewModel.place().standingProperty().get();
          boolean changed = viewModel.changedProperty().get();
          // While a run is under way its own line says how far it is.
          boolean running = viewModel.job().runningProperty().get();
          standing.setText(running ? "" : words(record, changed));
          boolean left = record != null && record.status() != RunRecord.Status.DONE;
          run.setText(record == null ? "Run" : left ? "Resume" : "Run anew");
          Tips.on(run, meaning(record, changed));
        };
    viewModel.place().standingProperty().subscribe(record -> stand.run());
    viewModel.changedProperty().subscribe(changed -> stand.run());
    viewModel.job().runningProperty().subscribe((before, now) -> stand.run());
    HBox tools = new HBox(8, label, out, choose, standing, check, place, cancel);
    tools.setAlignment(Pos.CENTER_LEFT);
    tools.getStyleClass().add("run-tools");
    return tools;
  }

  private static String words(@Nullable RunRecord record, boolean changed) {
    if (record == null) {
      return "";
    }
    String run =
        record.status() == RunRecord.Status.DONE
            ? "holds a finished run"
            : "%d of %d units done".formatted(record.done(), record.units());
    return changed ? run + " · file changed since" : run;
  }

  private static String meaning(@Nullable RunRecord record, boolean changed) {
    if (record == null) {
      return "Run the experiments, as 'lambdascope run' does";
    }
    if (record.status() == RunRecord.Status.DONE) {
      return "Run the experiments in another folder: this one holds a finished run";
    }
    return changed
        ? "The run that the folder holds is of another version of the file: take back the changes to go on with it, or choose another folder"
        : "Go on with the run that the folder holds";
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
}
