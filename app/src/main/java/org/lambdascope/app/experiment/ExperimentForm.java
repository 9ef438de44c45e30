package org.lambdascope.app.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.SectionHeading;
import org.lambdascope.app.common.TabLeaves;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.words.ExperimentWords;
import org.lambdascope.app.words.Word;
import org.lambdascope.engine.spec.ExperimentFile;
import org.lambdascope.engine.spec.SpecException;
import org.lambdascope.engine.spec.SpecText;

/** The entries of an experiment file as fields; each shows the mistake that is in it. */
final class ExperimentForm extends VBox {

  private static final double LABEL_WIDTH = 112;
  private static final double ROW = 27;
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

  /** A field on the form, with its place in the file. */
  private record Bound(String section, SpecField field, TextInputControl control, Label problem) {
    String path() {
      return section.isEmpty() ? field.key() : section + "." + field.key();
    }
  }

  private final ExperimentViewModel viewModel;
  private final List<Bound> fileFields = new ArrayList<>();
  private final List<Bound> ownFields = new ArrayList<>();
  private final ListView<String> experiments = new ListView<>();
  private final VBox own = new VBox(6);
  private final ComboBox<String> kind = new ComboBox<>();
  private final Label general = new Label();
  private final Label notice = new Label();
  private final Consumer<Node> show;
  private String shown = "";
  private boolean refreshing;

  /**
   * A form.
   *
   * @param show scrolls to a field
   */
  ExperimentForm(ExperimentViewModel viewModel, Consumer<Node> show) {
    super(6);
    this.show = show;
    this.viewModel = viewModel;
    getStyleClass().add("experiment-form");
    setPadding(new Insets(8, 12, 12, 12));
    general.setId("form-problem");
    general.getStyleClass().add("problem");
    general.setWrapText(true);
    Pressable.by(general, this::reveal);
    notice.setId("form-notice");
    notice.getStyleClass().add("form-notice");
    notice.setWrapText(true);
    notice.textProperty().bind(viewModel.form().noticeProperty());
    notice.visibleProperty().bind(notice.textProperty().isNotEmpty());
    notice.managedProperty().bind(notice.visibleProperty());
    getChildren().addAll(general, notice);
    getChildren()
        .add(
            new SectionHeading(
                "File",
                "What holds for all experiments of the file. An empty field takes the default in its grey words."));
    SpecSchema.FILE.forEach(f -> getChildren().add(row("", f, fileFields)));
    SpecSchema.SHARED.subList(0, 2).forEach(f -> getChildren().add(row("", f, fileFields)));
    getChildren().add(more("More about the texts", "", SpecSchema.SHARED, 2, fileFields));
    getChildren().addAll(list(), own);
    viewModel.treeProperty().subscribe(tree -> show());
    viewModel.form().selectedProperty().subscribe(i -> show());
    viewModel.problemProperty().subscribe(p -> showProblem());
  }

  private TitledPane more(
      String title, String section, List<SpecField> all, int from, List<Bound> bound) {
    VBox rows = new VBox(6);
    rows.setPadding(new Insets(6, 0, 6, 0));
    SpecText tree = viewModel.treeProperty().get();
    boolean used = false;
    for (SpecField field : all.subList(from, all.size())) {
      rows.getChildren().add(row(section, field, bound));
      String path = section.isEmpty() ? field.key() : section + "." + field.key();
      used |= !section.isEmpty() && tree != null && tree.has(path);
    }
    TitledPane pane = new TitledPane(title, rows);
    pane.setAnimated(false);
    pane.setExpanded(used);
    pane.getStyleClass().add("dense");
    return pane;
  }

  private Node list() {
    experiments.setId("experiments");
    experiments.setAccessibleText("Experiments of the file");
    experiments.setFixedCellSize(ROW);
    experiments
        .getSelectionModel()
        .selectedIndexProperty()
        .subscribe(
            i -> {
              if (!refreshing && i.intValue() >= 0) {
                viewModel.form().selectedProperty().set(i.intValue());
              }
            });
    MenuButton add = new MenuButton("Add");
    add.setId("add-experiment");
    add.getStyleClass().add("small");
    for (String of : ExperimentFile.kinds()) {
      MenuItem item = new MenuItem(of);
      item.setOnAction(e -> viewModel.form().add(of));
      add.getItems().add(item);
    }
    Button copy =
        button(
            "Copy",
            "copy-experiment",
            "Add a copy of this experiment",
            () -> viewModel.form().copy(at()));
    Button remove =
        button(
            "Remove",
            "remove-experiment",
            "Remove this experiment from the file",
            () -> viewModel.form().remove(at()));
    remove.disableProperty().bind(Bindings.size(experiments.getItems()).lessThan(2));
    SectionHeading heading =
        new SectionHeading(
            "Experiments", "Each measures something of every arm and leaves figures of its own.");
    heading.getChildren().addAll(add, copy, remove);
    return new VBox(6, heading, experiments);
  }

  private int at() {
    return viewModel.form().selectedProperty().get();
  }

  private void show() {
    refreshing = true;
    SpecText tree = viewModel.treeProperty().get();
    if (tree != null) { // what was understood last stays, and is greyed
      List<String> names = viewModel.form().names();
      showNames(names);
      String wanted = at() + "/" + viewModel.form().kind(at()) + "/" + (names.isEmpty() ? 0 : 1);
      if (!wanted.equals(shown)) {
        shown = wanted;
        showExperiment(!names.isEmpty());
      }
      fileFields.forEach(f -> refresh(f, tree));
      ownFields.forEach(f -> refresh(f, tree));
    }
    for (Node node : getChildren()) {
      node.setDisable(tree == null && node != general);
    }
    refreshing = false;
    showProblem();
  }

  private void showNames(List<String> names) {
    if (!experiments.getItems().equals(names)) {
      experiments.getItems().setAll(names);
    }
    double height = ROW * Math.clamp(names.size(), 1, 6) + 4;
    experiments.setMinHeight(height);
    experiments.setPrefHeight(height);
    experiments.setMaxHeight(height);
    if (!names.isEmpty()) {
      experiments.getSelectionModel().clearAndSelect(Math.min(at(), names.size() - 1));
    }
  }

  private void showExperiment(boolean any) {
    own.getChildren().clear();
    ownFields.clear();
    if (!any) {
      return;
    }
    String section = SpecEdits.experiment(at());
    String of = viewModel.form().kind(at());
    kind.setId("kind");
    kind.setMaxWidth(Double.MAX_VALUE);
    kind.setAccessibleText("Kind of the experiment");
    kind.setOnAction(null);
    kind.getItems().setAll(ExperimentFile.kinds());
    kind.setValue(of);
    kind.setOnAction(
        e -> {
          if (!refreshing && kind.getValue() != null) {
            viewModel.form().setKind(at(), kind.getValue());
          }
        });
    String measured =
        ExperimentWords.of(of).stream().map(Word::toString).collect(Collectors.joining("\n\n"));
    own.getChildren().add(labelled("kind", "What is measured\n\n" + measured, kind));
    own.getChildren()
        .add(row(section, SpecField.optional("name", SpecField.Type.TEXT, of), ownFields));
    SpecSchema.of(of).forEach(f -> own.getChildren().add(row(section, f, ownFields)));
    own.getChildren().add(more("Arms and texts of its own", section, SpecSchema.OWN, 0, ownFields));
  }

  private Node row(String section, SpecField field, List<Bound> bound) {
    boolean lines = field.type() == SpecField.Type.LINES || field.type() == SpecField.Type.GRID;
    TextInputControl control = lines ? area() : new TextField();
    control.setId((section.isEmpty() ? "file" : "own") + "-" + field.key().replace('.', '-'));
    control.setPromptText(field.standard());
    control.setAccessibleText(field.key());
    Label problem = new Label();
    problem.getStyleClass().add("problem");
    problem.setWrapText(true);
    problem.setVisible(false);
    problem.setManaged(false);
    bound.add(new Bound(section, field, control, problem));
    control
        .textProperty()
        .subscribe(
            (before, now) -> {
              if (!refreshing) {
                viewModel.form().set(section, field, now);
              }
            });
    control
        .focusedProperty()
        .subscribe(
            (before, now) -> {
              if (!now) {
                viewModel.history().seal();
                SpecText tree = viewModel.treeProperty().get();
                if (tree != null) {
                  // What was typed is shown as the file has it now.
                  refreshing = true;
                  bound.stream().filter(b -> b.control() == control).forEach(b -> refresh(b, tree));
                  refreshing = false;
                }
              }
            });
    String of = section.isEmpty() ? "" : viewModel.form().kind(at());
    String meaning =
        ExperimentWords.key(of, field.key())
            .map(words -> field.standard() + "\n\n" + words)
            .orElse(field.standard());
    Node labelled = labelled(field.key(), meaning, control);
    VBox box = new VBox(2, labelled, problem);
    VBox.setMargin(problem, new Insets(0, 0, 0, LABEL_WIDTH + 6));
    return box;
  }

  private static TextArea area() {
    TextArea area = new TextArea();
    area.setPrefRowCount(2);
    area.setMinHeight(46);
    TabLeaves.from(area);
    return area;
  }

  private static HBox labelled(String name, String meaning, Node control) {
    Label label = new Label(name.substring(name.lastIndexOf('.') + 1));
    label.setMinWidth(LABEL_WIDTH);
    label.setPrefWidth(LABEL_WIDTH);
    label.setLabelFor(control);
    Tips.on(label, name + ": " + meaning);
    control.setAccessibleHelp(meaning);
    HBox row = new HBox(6, label, control);
    HBox.setHgrow(control, Priority.ALWAYS);
    row.setAlignment(control instanceof TextArea ? Pos.TOP_LEFT : Pos.CENTER_LEFT);
    return row;
  }

  /** Shows an entry, unless it is the one that is being typed. */
  private static void refresh(Bound bound, SpecText tree) {
    String text = bound.field().shown(tree, bound.path());
    TextInputControl control = bound.control();
    boolean typing =
        control.isFocused()
            && bound.field().yaml(control.getText()).equals(bound.field().yaml(text));
    if (!typing && !control.getText().equals(text)) {
      control.setText(text);
    }
    if (control instanceof TextArea area) {
      area.setPrefRowCount(Math.clamp(text.lines().count(), 1, 6));
      area.setPrefHeight(Math.clamp(text.lines().count(), 1, 6) * 19 + 14);
    }
  }

  private void showProblem() {
    SpecException problem = viewModel.problemProperty().get();
    List<Bound> all = new ArrayList<>(fileFields);
    all.addAll(ownFields);
    for (Bound bound : all) {
      boolean wrong = problem != null && isAt(problem.place(), bound.path());
      bound.control().pseudoClassStateChanged(WRONG, wrong);
      bound.problem().setText(wrong ? problem.reason() : "");
      bound.problem().setVisible(wrong);
      bound.problem().setManaged(wrong);
    }
    general.setText(words(problem));
    general.setVisible(!general.getText().isEmpty());
    general.setManaged(general.isVisible());
  }

  /** Brings the field with the mistake into view. */
  void reveal() {
    SpecException problem = viewModel.problemProperty().get();
    if (problem == null) {
      return;
    }
    for (int i = 0; i < viewModel.form().names().size(); i++) {
      if (isAt(problem.place(), SpecEdits.experiment(i))) {
        viewModel.form().selectedProperty().set(i);
      }
    }
    List<Bound> all = new ArrayList<>(fileFields);
    all.addAll(ownFields);
    all.stream()
        .filter(b -> isAt(problem.place(), b.path()))
        .findFirst()
        .ifPresent(
            b -> {
              for (Node node = b.control(); node != null; node = node.getParent()) {
                if (node instanceof TitledPane pane) {
                  pane.setExpanded(true);
                }
              }
              b.control().requestFocus();
              show.accept(b.control());
            });
  }

  private static boolean isAt(String place, String path) {
    return place.equals(path) || place.startsWith(path + "[") || place.startsWith(path + ".");
  }

  private String words(@Nullable SpecException problem) {
    if (problem == null) {
      return "";
    }
    String line = problem.line() == 0 ? "" : "Line %d: ".formatted(problem.line());
    String place = problem.place().isEmpty() ? "" : problem.place() + ": ";
    String follow =
        viewModel.treeProperty().get() == null ? ". Correct it in the text; the form follows." : "";
    return line + place + problem.reason() + follow;
  }

  private static Button button(String text, String id, String meaning, Runnable action) {
    Button button = new Button(text);
    button.setId(id);
    button.getStyleClass().add("small");
    Tips.on(button, meaning);
    button.setOnAction(e -> action.run());
    return button;
  }
}
