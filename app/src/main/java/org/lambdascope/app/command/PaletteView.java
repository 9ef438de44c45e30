package org.lambdascope.app.command;

import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.OverlayPane;

/** The command palette: a field and what answers it. Works by keys alone. */
public final class PaletteView extends VBox {

  private static final double WIDTH = 640;
  private static final double ROW = 30;
  private static final int ROWS = 12;

  private final PaletteViewModel viewModel;
  private final OverlayPane overlay;
  private final TextField field = new TextField();
  private final ListView<PaletteMatch> list = new ListView<>();
  private final Label help = new Label();

  /** Shows itself on {@code overlay}. */
  public PaletteView(PaletteViewModel viewModel, OverlayPane overlay) {
    super(6);
    this.viewModel = viewModel;
    this.overlay = overlay;
    setId("palette");
    getStyleClass().addAll("overlay-card", "palette");
    setPrefWidth(WIDTH);
    field.setId("palette-query");
    field.setPromptText("A command, model, document, arm or word …");
    field.setAccessibleText("Command palette: type to search, arrows to choose, Enter to run");
    field.textProperty().bindBidirectional(viewModel.queryProperty());
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    list.setId("palette-matches");
    list.setItems(viewModel.matches());
    list.setFixedCellSize(ROW);
    list.setPrefHeight(ROWS * ROW + 4);
    list.setFocusTraversable(false);
    list.setAccessibleText("Commands found");
    list.setCellFactory(l -> new Cell());
    Label none = new Label("No match. Fewer letters match more.");
    none.getStyleClass().add("text-muted");
    list.setPlaceholder(none);
    list.setOnMouseClicked(
        e -> {
          if (list.getSelectionModel().getSelectedIndex() >= 0) {
            choose();
          }
        });
    list.getSelectionModel()
        .selectedIndexProperty()
        .subscribe(
            i -> {
              if (i.intValue() >= 0) {
                viewModel.selectedProperty().set(i.intValue());
              }
            });
    viewModel.selectedProperty().subscribe(i -> showSelected());
    // After the list's own listener, which drops the selection when the matches change.
    viewModel.matches().addListener((ListChangeListener<PaletteMatch>) c -> showSelected());
    help.getStyleClass().addAll("text-muted", "palette-help");
    help.setMinHeight(Region.USE_PREF_SIZE);
    help.setWrapText(true);
    getChildren().addAll(field, list, help);
  }

  /** Opens the palette, or closes it if it is open. */
  public void toggle() {
    if (overlay.shows(this)) {
      overlay.close();
      return;
    }
    viewModel.reset();
    overlay.show(this, Pos.TOP_CENTER, field);
  }

  private void key(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> viewModel.move(1);
      case UP -> viewModel.move(-1);
      case PAGE_DOWN -> viewModel.move(ROWS - 1);
      case PAGE_UP -> viewModel.move(1 - ROWS);
      case ENTER -> choose();
      case TAB -> {} // there is nowhere else to go
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void choose() {
    viewModel
        .choose()
        .ifPresent(
            command -> {
              overlay.close();
              command.run();
            });
  }

  private void showSelected() {
    int at = viewModel.selectedProperty().get();
    if (at >= viewModel.matches().size()) {
      help.setText("");
      return;
    }
    list.getSelectionModel().select(at);
    list.scrollTo(Math.max(0, at - ROWS / 2));
    Command command = viewModel.matches().get(at).command();
    help.setText(command.help() + (command.enabled().get() ? "" : " — cannot be done now"));
  }

  private static final class Cell extends ListCell<PaletteMatch> {

    private static final Font FONT = Font.font("System", 13);

    /** Insets, gaps, a scroll bar, and what bold letters take more. */
    private static final double BESIDE = 72;

    private static final double KEY_BORDER = 24;

    private final TextFlow label = new TextFlow();
    private final Label menu = new Label();
    private final Label keys = new Label();
    private final HBox box;

    Cell() {
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      menu.getStyleClass().add("text-muted");
      keys.getStyleClass().add("keys");
      menu.setMinWidth(Region.USE_PREF_SIZE);
      keys.setMinWidth(Region.USE_PREF_SIZE);
      label.setMinWidth(0);
      label.setMaxHeight(Region.USE_PREF_SIZE);
      box = new HBox(10, label, gap, menu, keys);
      box.setAlignment(Pos.CENTER_LEFT);
      box.setMinWidth(0);
      setPrefWidth(0); // as wide as the list, which then needs no bar to scroll sideways
    }

    @Override
    protected void updateItem(@Nullable PaletteMatch match, boolean empty) {
      super.updateItem(match, empty);
      if (empty || match == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      String shortcut = CommandMenus.keys(match.command());
      double room =
          getListView().getWidth()
              - BESIDE
              - width(match.menu())
              - (shortcut.isEmpty() ? 0 : width(shortcut) + KEY_BORDER);
      letters(shortened(match.command().label(), room), match.hits());
      menu.setText(match.menu());
      keys.setText(shortcut);
      keys.setVisible(!shortcut.isEmpty());
      keys.setManaged(!shortcut.isEmpty());
      box.setOpacity(match.command().enabled().get() ? 1 : 0.5);
      setGraphic(box);
      setAccessibleText(
          match.command().label()
              + ", "
              + match.menu()
              + (shortcut.isEmpty() ? "" : ", ")
              + shortcut);
    }

    /** A text flow would break the line, and a list's rows are one line high. */
    private static String shortened(String label, double room) {
      if (width(label) <= room) {
        return label;
      }
      int most = label.length() - 1;
      while (most > 1 && width(label.substring(0, most) + "…") > room) {
        most--;
      }
      return label.substring(0, most) + "…";
    }

    private static double width(String text) {
      Text ruler = new Text(text);
      ruler.setFont(FONT);
      return ruler.getLayoutBounds().getWidth();
    }

    private void letters(String text, List<Integer> hits) {
      label.getChildren().clear();
      int from = 0;
      while (from < text.length()) {
        boolean hit = hits.contains(from);
        int to = from + 1;
        while (to < text.length() && hits.contains(to) == hit) {
          to++;
        }
        Text run = new Text(text.substring(from, to));
        run.getStyleClass().add(hit ? "palette-hit" : "palette-text");
        label.getChildren().add(run);
        from = to;
      }
    }
  }
}
