package org.lambdascope.app.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.lambdascope.app.common.TabLeaves;
import org.lambdascope.app.common.Tips;

/** Makes fields that show a part of a draft and change it. */
final class DraftFields {

  static final double LABEL_WIDTH = 92;

  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

  /** Takes what was typed. */
  @FunctionalInterface
  interface Change {
    /**
     * Changes the draft.
     *
     * @throws IllegalArgumentException if it is not what was expected
     */
    void to(String text);
  }

  private final FigureEditorViewModel viewModel;
  private final List<Runnable> refreshers = new ArrayList<>();
  private boolean refreshing;

  DraftFields(FigureEditorViewModel viewModel) {
    this.viewModel = viewModel;
  }

  /** Shows the draft of this moment in every field. */
  void refresh() {
    refreshing = true;
    refreshers.forEach(Runnable::run);
    refreshing = false;
  }

  /** Forgets the fields. */
  void clear() {
    refreshers.clear();
  }

  /** Has something shown whenever the draft changes. */
  void onRefresh(Runnable show) {
    refreshers.add(show);
  }

  /** Whether a control changes because the draft did, so that it must not change the draft. */
  boolean refreshing() {
    return refreshing;
  }

  /** A line of text that takes effect as it is typed. */
  TextField live(String name, Function<FigureDraft, String> get, Change change) {
    TextField field = new TextField();
    bind(field, name, get, change);
    return field;
  }

  /** A few lines of text that take effect as they are typed. */
  TextArea area(String name, Function<FigureDraft, String> get, Change change) {
    TextArea field = new TextArea();
    field.setWrapText(true);
    field.setPrefRowCount(3);
    TabLeaves.from(field);
    field.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ENTER) { // a caption has no lines
            e.consume();
          }
        });
    bind(field, name, get, change);
    return field;
  }

  private void bind(
      TextInputControl field, String name, Function<FigureDraft, String> get, Change change) {
    field.setAccessibleText(name);
    field
        .textProperty()
        .subscribe(
            (before, text) -> {
              if (!refreshing) {
                apply(field, text, change);
              }
            });
    leave(field.focusedProperty(), () -> {});
    show(field, get);
  }

  /** A line of text that takes effect on Enter, or when the focus goes on. */
  TextField committed(String name, Function<FigureDraft, String> get, Change change) {
    TextField field = new TextField();
    field.setAccessibleText(name);
    Runnable commit =
        () -> {
          if (!refreshing && !field.getText().equals(get.apply(viewModel.draft()))) {
            apply(field, field.getText(), change);
          }
        };
    field.setOnAction(e -> commit.run());
    leave(field.focusedProperty(), commit);
    show(field, get);
    return field;
  }

  private void leave(ObservableValue<Boolean> focused, Runnable then) {
    focused.subscribe(
        (before, now) -> {
          if (!now) {
            then.run();
            viewModel.history().seal();
          }
        });
  }

  private void apply(TextInputControl field, String text, Change change) {
    try {
      change.to(text);
      field.pseudoClassStateChanged(WRONG, false);
    } catch (IllegalArgumentException e) {
      field.pseudoClassStateChanged(WRONG, true);
      viewModel.refuse(String.valueOf(e.getMessage()));
    }
  }

  private void show(TextInputControl field, Function<FigureDraft, String> get) {
    refreshers.add(
        () -> {
          String text = get.apply(viewModel.draft());
          if (!field.getText().equals(text) && !field.isFocused()) {
            field.setText(text);
            field.pseudoClassStateChanged(WRONG, false);
          } else if (!field.getText().equals(text)
              && !field.getPseudoClassStates().contains(WRONG)) {
            int caret = field.getCaretPosition();
            field.setText(text);
            field.positionCaret(Math.min(caret, text.length()));
          }
        });
  }

  /** A control with its name before it. */
  static HBox row(String name, String meaning, Node... controls) {
    Label label = new Label(name);
    label.setMinWidth(LABEL_WIDTH);
    label.setPrefWidth(LABEL_WIDTH);
    if (!meaning.isEmpty()) {
      Tips.on(label, meaning);
    }
    label.setLabelFor(controls[0]);
    HBox row = new HBox(6, label);
    row.getChildren().addAll(controls);
    HBox.setHgrow(controls[0], Priority.ALWAYS);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }
}
