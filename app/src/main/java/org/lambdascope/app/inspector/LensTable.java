package org.lambdascope.app.inspector;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Tips;
import org.lambdascope.engine.experiment.Prediction;
import org.lambdascope.engine.experiment.TokenReading;

/** What each layer would say if it were the last: its most probable next tokens. */
final class LensTable extends GridPane {

  private static final int TOKENS = 5;

  private final TokenViewModel viewModel;
  private boolean dark;

  LensTable(TokenViewModel viewModel) {
    this.viewModel = viewModel;
    setId("logit-lens");
    getStyleClass().add("lens");
    setHgap(2);
    setVgap(2);
    ColumnConstraints name = new ColumnConstraints();
    name.setMinWidth(86);
    getColumnConstraints().add(name);
    for (int k = 0; k < TOKENS; k++) {
      ColumnConstraints token = new ColumnConstraints();
      token.setHgrow(Priority.ALWAYS);
      token.setPercentWidth(13.5);
      getColumnConstraints().add(token);
    }
  }

  void setDark(boolean newDark) {
    dark = newDark;
  }

  void show(@Nullable TokenReading reading) {
    getChildren().clear();
    if (reading == null) {
      return;
    }
    head(0, "after");
    for (int k = 0; k < TOKENS; k++) {
      head(1 + k, k == 0 ? "most probable" : Integer.toString(k + 1));
    }
    head(1 + TOKENS, "actual next");
    head(2 + TOKENS, "entropy");
    for (int depth = 0; depth < reading.lens().size(); depth++) {
      row(1 + depth, depth, reading.lens().get(depth));
    }
  }

  private void head(int column, String text) {
    Label label = new Label(text);
    label.getStyleClass().addAll("text-muted", "caption");
    label.setMaxWidth(Double.MAX_VALUE);
    label.setAlignment(column > TOKENS ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
    add(label, column, 0);
  }

  private void row(int row, int depth, Prediction said) {
    String where = depth == 0 ? "embedding" : "layer " + (depth - 1);
    Label name = new Label(where);
    name.getStyleClass().add("caption");
    add(name, 0, row);
    for (int k = 0; k < Math.min(TOKENS, said.ids().length); k++) {
      add(cell(where, said, k), 1 + k, row);
    }
    add(number(Candidate.percent(said.target())), 1 + TOKENS, row);
    add(number(String.format(Locale.ROOT, "%.2f nats", said.entropy())), 2 + TOKENS, row);
  }

  private Label cell(String where, Prediction said, int k) {
    Label label = new Label(viewModel.text(said.ids()[k]));
    double p = said.probabilities()[k];
    label.setMaxWidth(Double.MAX_VALUE);
    label.setMinWidth(0);
    label.getStyleClass().add("lens-cell");
    // One hue, by probability alone; text keeps its contrast on all of its shades.
    label.setStyle(
        String.format(
            Locale.ROOT,
            dark
                ? "-fx-background-color: rgba(56,139,253,%.2f);"
                : "-fx-background-color: rgba(84,174,255,%.2f);",
            0.06 + 0.7 * p));
    Tips.on(label, "%s · %s · %s".formatted(where, label.getText(), Candidate.percent(p)));
    return label;
  }

  private static Label number(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("caption");
    label.setMaxWidth(Double.MAX_VALUE);
    label.setMinWidth(76);
    label.setAlignment(Pos.CENTER_RIGHT);
    return label;
  }
}
