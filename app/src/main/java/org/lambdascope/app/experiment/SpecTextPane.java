package org.lambdascope.app.experiment;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.lambdascope.app.common.TabLeaves;
import org.lambdascope.app.common.Tips;
import org.lambdascope.engine.spec.SpecException;

/** The text of an experiment file with the numbers of its lines; that of a mistake is marked. */
final class SpecTextPane extends HBox {

  private static final double GUTTER = 46;
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
  private static final KeyCombination UNDO =
      new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
  private static final KeyCombination REDO =
      new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

  private final TextArea area = new TextArea();
  private final Pane gutter = new Pane();
  private final ExperimentViewModel viewModel;
  private int lines;

  SpecTextPane(ExperimentViewModel viewModel) {
    this.viewModel = viewModel;
    getStyleClass().add("spec-text");
    area.setId("spec-text");
    area.setAccessibleText("The text of the experiment file (YAML)");
    area.textProperty().bindBidirectional(viewModel.textProperty());
    area.setAccessibleHelp(
        "Tab indents; Shift+Tab and Ctrl+Tab leave the text, backwards and forwards");
    area.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    TabLeaves.backwards(area);
    gutter.getStyleClass().add("spec-gutter");
    gutter.setMinWidth(GUTTER);
    gutter.setPrefWidth(GUTTER);
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(gutter.widthProperty());
    clip.heightProperty().bind(gutter.heightProperty());
    gutter.setClip(clip);
    HBox.setHgrow(area, Priority.ALWAYS);
    getChildren().addAll(gutter, area);
    viewModel.textProperty().subscribe(text -> number());
    viewModel.problemProperty().subscribe(problem -> mark());
    area.scrollTopProperty().subscribe(top -> place());
    area.fontProperty().subscribe(font -> place());
    area.insetsProperty().subscribe(insets -> place());
  }

  /** The file's history knows what the form did too; the area's own does not. */
  private void key(KeyEvent event) {
    if (UNDO.match(event)) {
      viewModel.undo();
    } else if (REDO.match(event)) {
      viewModel.redo();
    } else if (event.getCode() == KeyCode.TAB && !event.isControlDown() && !event.isShiftDown()) {
      area.replaceSelection("  ");
    } else {
      return;
    }
    event.consume();
  }

  private void number() {
    int now = (int) viewModel.textProperty().get().chars().filter(c -> c == '\n').count() + 1;
    if (now != lines) {
      lines = now;
      gutter.getChildren().clear();
      for (int i = 1; i <= now; i++) {
        Label number = new Label(Integer.toString(i));
        number.getStyleClass().add("line-number");
        number.setPrefWidth(GUTTER - 6);
        int line = i;
        number.setOnMouseClicked(e -> go(line));
        gutter.getChildren().add(number);
      }
    }
    mark();
    place();
  }

  private void mark() {
    SpecException problem = viewModel.problemProperty().get();
    for (int i = 0; i < gutter.getChildren().size(); i++) {
      Label number = (Label) gutter.getChildren().get(i);
      boolean wrong = problem != null && problem.line() == i + 1;
      number.pseudoClassStateChanged(WRONG, wrong);
      Tips.on(number, wrong ? problem.reason() : "");
    }
  }

  /** Puts every number beside its line. */
  private void place() {
    Text sample = new Text("Ag");
    sample.setFont(area.getFont());
    // The area lays every line out in whole pixels.
    double height = Math.ceil(sample.getLayoutBounds().getHeight());
    double top = area.getInsets().getTop() + contentTop() - area.getScrollTop();
    for (int i = 0; i < gutter.getChildren().size(); i++) {
      Label number = (Label) gutter.getChildren().get(i);
      number.setFont(area.getFont());
      number.relocate(0, (double) Math.round(top + i * height));
    }
  }

  private double contentTop() {
    return area.lookup(".content") instanceof Region content ? content.getInsets().getTop() : 0;
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    place();
  }

  /** Shows a line and selects it. */
  void go(int line) {
    String text = area.getText();
    int from = 0;
    for (int i = 1; i < line && from >= 0; i++) {
      from = text.indexOf('\n', from) + 1;
      if (from == 0) {
        return;
      }
    }
    int to = text.indexOf('\n', from);
    area.requestFocus();
    area.selectRange(to < 0 ? text.length() : to, from);
  }
}
