package org.lambdascope.app.inspector;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Formats;

/** The tokens that may come next under one arm, with bars; one selection in all arms. */
final class CandidatesView extends ListView<Candidate> {

  private static final double ROW = 21;

  /** Room for all but the longest tokens. */
  private static final double TEXT = 96;

  private final TokenViewModel viewModel;
  private boolean linking;

  CandidatesView(TokenViewModel viewModel) {
    this.viewModel = viewModel;
    getStyleClass().add("candidates");
    setFixedCellSize(ROW);
    setPlaceholder(new Label(""));
    setCellFactory(list -> new Cell());
    getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            (before, now) -> {
              if (!linking && now != null) {
                viewModel.candidateProperty().set(now.id());
              }
            });
  }

  void show(List<Candidate> candidates) {
    linking = true;
    try {
      getItems().setAll(candidates);
    } finally {
      linking = false;
    }
    double height = ROW * Math.max(3, candidates.size()) + 2;
    setMinHeight(height);
    setPrefHeight(height);
    link();
  }

  /** Selects the token that is looked at in all arms, if it is here. */
  void link() {
    linking = true;
    try {
      getSelectionModel().clearSelection();
      for (Candidate candidate : getItems()) {
        if (candidate.id() == viewModel.candidateProperty().get()) {
          getSelectionModel().select(candidate);
        }
      }
    } finally {
      linking = false;
    }
  }

  private static final class Cell extends ListCell<Candidate> {

    private final Label text = new Label();
    private final Label percent = new Label();
    private final Region bar = new Region();
    private final Label rank = new Label();
    private final HBox track = new HBox(4, bar, rank);
    private final HBox row = new HBox(6, text, track, percent);

    Cell() {
      row.setAlignment(Pos.CENTER_LEFT);
      text.setMinWidth(64);
      text.setPrefWidth(TEXT);
      percent.setMinWidth(52);
      percent.setAlignment(Pos.CENTER_RIGHT);
      percent.getStyleClass().add("caption");
      bar.getStyleClass().add("candidate-bar");
      rank.getStyleClass().addAll("caption", "text-muted");
      rank.setMinWidth(0);
      bar.setMinWidth(Region.USE_PREF_SIZE);
      bar.setMaxWidth(Region.USE_PREF_SIZE);
      track.setAlignment(Pos.CENTER_LEFT);
      track.setMinWidth(0);
      track.setPrefWidth(
          0); // what is left in a row, whatever it holds: bars begin below one another
      HBox.setHgrow(track, Priority.ALWAYS);
      setPrefWidth(0); // as wide as the list, never wider
    }

    @Override
    protected void updateItem(@Nullable Candidate item, boolean empty) {
      super.updateItem(item, empty);
      bar.prefWidthProperty().unbind();
      if (item == null || empty) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      boolean beyond = item.rank() > getIndex() + 1;
      text.setText(item.text() + (item.actual() ? " ✓" : ""));
      rank.setText(beyond ? "rank " + Formats.count(item.rank()) : "");
      text.getStyleClass().setAll("label", item.actual() ? "candidate-actual" : "candidate");
      percent.setText(item.percent());
      bar.prefWidthProperty().bind(track.widthProperty().multiply(item.share()));
      setGraphic(row);
      setAccessibleText(
          "%d: %s, %s%s"
              .formatted(
                  item.rank(),
                  item.text(),
                  item.percent(),
                  item.actual() ? ", the token that comes next" : ""));
    }
  }
}
