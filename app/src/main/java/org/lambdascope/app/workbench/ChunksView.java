package org.lambdascope.app.workbench;

import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Tips;

/** A text with the encoder's chunks beside it, and below it the chunk that is selected. */
final class ChunksView extends BorderPane {

  private static final double LIST_WIDTH = 92;
  private static final double ROW_HEIGHT = 36;

  /** Narrower than this, the list has no room beside the text. */
  private static final double LEAST_WIDTH = 260;

  private static final double BELOW_HEIGHT = 2.5 * ROW_HEIGHT;

  private final ChunksViewModel viewModel;
  private final ListView<EncoderChunk> list = new ListView<>();
  private final Label text = new Label();
  private final Label state = new Label();
  private final Subscription following;
  private boolean showing;

  /**
   * Shows a view-model.
   *
   * @param tokens the decoder's text
   */
  ChunksView(ChunksViewModel viewModel, Region tokens) {
    this.viewModel = viewModel;
    list.setItems(viewModel.chunks());
    list.setFixedCellSize(ROW_HEIGHT);
    list.setCellFactory(l -> new Cell());
    list.setId("encoder-chunks");
    list.setAccessibleText("Chunks of the encoder and the selected token’s share of each");
    list.setPrefSize(LIST_WIDTH, 0);
    list.setMinWidth(LIST_WIDTH);
    list.getStyleClass().add("chunk-list");
    text.setWrapText(true);
    text.setMaxHeight(96);
    text.setId("chunk-text");
    text.getStyleClass().add("chunk-text");
    state.getStyleClass().addAll("text-muted", "caption");
    state.setWrapText(true);
    VBox foot = new VBox(2, state, text);
    foot.getStyleClass().add("chunk-foot");
    setCenter(tokens);
    setBottom(foot);
    widthProperty().subscribe(w -> place(w.doubleValue(), foot));
    HBox.setHgrow(tokens, Priority.ALWAYS);
    list.getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            chunk -> {
              if (!showing && chunk != null) {
                viewModel.selectedProperty().set(chunk.index());
              }
            });
    viewModel.chunks().addListener((ListChangeListener<EncoderChunk>) c -> reveal());
    following =
        Subscription.combine(
            viewModel.textProperty().subscribe(this::showText),
            viewModel.stateProperty().subscribe(state::setText),
            viewModel.selectedProperty().subscribe(i -> reveal()));
    reveal();
  }

  /** Beside the text, or below it where that would leave no room for its lines. */
  private void place(double width, VBox foot) {
    boolean below = width > 0 && width < LEAST_WIDTH;
    if (below == foot.getChildren().contains(list) && (below || getRight() == list)) {
      return;
    }
    list.getStyleClass().remove("below");
    if (below) {
      setRight(null);
      list.getStyleClass().add("below");
      list.setMinHeight(BELOW_HEIGHT);
      foot.getChildren().addFirst(list);
    } else {
      foot.getChildren().remove(list);
      list.setMinHeight(Region.USE_COMPUTED_SIZE);
      setRight(list);
    }
    requestParentLayout();
  }

  /** Dims what belongs to earlier settings. */
  void setStale(boolean stale) {
    double opacity = stale ? 0.4 : 1;
    list.setOpacity(opacity);
    state.setOpacity(opacity);
    text.setOpacity(opacity);
  }

  /** Ends listening. */
  void dispose() {
    following.unsubscribe();
    viewModel.dispose();
  }

  private void showText(String now) {
    text.setText(now);
    text.setVisible(!now.isEmpty());
    text.setManaged(!now.isEmpty());
    Tips.on(text, now);
  }

  /** Keeps the chosen chunk chosen, and in sight what the token looks at most. */
  private void reveal() {
    showing = true;
    try {
      int chosen = viewModel.selectedProperty().get();
      if (chosen >= 0 && chosen < viewModel.chunks().size()) {
        list.getSelectionModel().select(chosen);
      } else {
        list.getSelectionModel().clearSelection();
      }
      int heaviest = viewModel.heaviest();
      int sight = heaviest == ChunksViewModel.NONE ? chosen : heaviest;
      if (sight >= 0) {
        list.scrollTo(Math.max(0, sight - 1));
      }
    } finally {
      showing = false;
    }
  }

  /** One chunk: its index, and the share as a number and a bar. */
  private final class Cell extends ListCell<EncoderChunk> {

    private final Label name = new Label();
    private final Label share = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final VBox box;

    Cell() {
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      name.getStyleClass().add("caption");
      share.getStyleClass().addAll("caption", "metric");
      bar.getStyleClass().add("thin-progress");
      bar.setMaxWidth(Double.MAX_VALUE);
      box = new VBox(2, new HBox(name, gap, share), bar);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable EncoderChunk chunk, boolean empty) {
      super.updateItem(chunk, empty);
      if (empty || chunk == null) {
        setGraphic(null);
        Tips.on(this, "");
        return;
      }
      boolean reached = !Double.isNaN(chunk.mass());
      // Beside a share the list has no room for the word; the tooltip and the title have it.
      name.setText((reached ? "#" : "chunk ") + chunk.index());
      share.setText(reached ? chunk.share() : "");
      bar.setProgress(reached ? chunk.mass() : 0);
      bar.setVisible(reached);
      setOpacity(reached || viewModel.heaviest() == ChunksViewModel.NONE ? 1 : 0.5);
      setGraphic(box);
      setAccessibleText(chunk.title() + ", " + chunk.share());
      Tips.on(this, () -> chunk.title() + "\n" + viewModel.textOf(chunk.index()));
    }
  }
}
