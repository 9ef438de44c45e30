package org.lambdascope.app.inspector;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Formats;
import org.lambdascope.engine.experiment.TokenReading;
import org.lambdascope.engine.experiment.TokenReading.Neighbour;

/** The tokens whose hidden states are most like that of the selected one. */
final class NeighboursView extends ListView<Neighbour> {

  private static final double ROW = 21;
  private static final int SHOWN = 10;

  private final TokenViewModel viewModel;
  private @Nullable ArmReading of;

  NeighboursView(TokenViewModel viewModel) {
    this.viewModel = viewModel;
    setId("neighbours");
    getStyleClass().add("candidates");
    setAccessibleText("Tokens with the most similar hidden states");
    setFixedCellSize(ROW);
    setPlaceholder(new Label(""));
    setMinHeight(ROW * SHOWN + 2);
    setPrefHeight(ROW * SHOWN + 2);
    setCellFactory(list -> new Cell());
    getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            (before, now) -> {
              if (now != null) {
                viewModel.brush(IntStream.of(now.position()));
              }
            });
    setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ENTER) {
            open();
            e.consume();
          }
        });
    setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2) {
            open();
          }
        });
  }

  private void open() {
    Neighbour chosen = getSelectionModel().getSelectedItem();
    if (chosen != null) {
      viewModel.select(chosen.position());
    }
  }

  void show(@Nullable ArmReading reading) {
    of = reading;
    TokenReading found = reading == null ? null : reading.reading();
    List<Neighbour> now = found == null ? List.of() : found.neighbours();
    if (!getItems().equals(now)) {
      getItems().setAll(now);
    }
  }

  /** What the columns are, and which tokens were looked at where they are not all. */
  static String caption(@Nullable ArmReading reading) {
    String columns = "cosine · position · [token] in its context";
    TokenReading found = reading == null ? null : reading.reading();
    if (found == null || found.compared().tokens() >= found.compared().of()) {
      return columns;
    }
    return columns
        + " · among %s of the %s earlier tokens, evenly spread: the hidden states of all take too much memory"
            .formatted(
                Formats.count(found.compared().tokens()), Formats.count(found.compared().of()));
  }

  private final class Cell extends ListCell<Neighbour> {

    private final Label cosine = new Label();
    private final Label position = new Label();
    private final Label text = new Label();
    private final HBox row = new HBox(10, cosine, position, text);

    Cell() {
      row.setAlignment(Pos.CENTER_LEFT);
      cosine.setMinWidth(40);
      position.setMinWidth(56);
      position.setAlignment(Pos.CENTER_RIGHT);
      position.getStyleClass().add("text-muted");
      text.setMinWidth(0);
      setPrefWidth(0); // as wide as the list, never wider
    }

    @Override
    protected void updateItem(@Nullable Neighbour item, boolean empty) {
      super.updateItem(item, empty);
      ArmReading reading = of;
      if (item == null || empty || reading == null) {
        setGraphic(null);
        return;
      }
      cosine.setText(String.format(Locale.ROOT, "%.3f", item.cosine()));
      position.setText(Formats.count(item.position()));
      text.setText(viewModel.around(reading.arm(), item.position()));
      setGraphic(row);
    }
  }
}
