package org.lambdascope.app.workbench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.PropertySheet;
import org.lambdascope.app.common.Soon;

/** Sliders and fields for the selected arm. */
public final class ArmPropertiesView extends StackPane {

  private final PropertySheet sheet = new PropertySheet();
  private final Label empty = new Label("Open a model to set its L_pretrain and its arms.");

  /** Those that were ever shown: to make one takes longer than to show it again. */
  private final Map<ArmParameterRow.Look, ArmParameterRow> rows = new HashMap<>();

  /** Shows a view-model. */
  public ArmPropertiesView(ArmPropertiesViewModel viewModel) {
    sheet.setFocusTraversable(false); // its fields are
    sheet.setModeSwitcherVisible(false);
    sheet.setSearchBoxVisible(false);
    // A flat list: with headings only one group would be open at a time.
    sheet.setMode(PropertySheet.Mode.NAME);
    sheet.setPropertyEditorFactory(row -> (ArmParameterRow) row);
    empty.getStyleClass().add("text-muted");
    empty.setWrapText(true);
    empty.setPadding(new Insets(6)); // with the sheet's own, where the text of other panels begins
    setAlignment(empty, Pos.TOP_LEFT);
    getStyleClass().add("arm-properties");
    getChildren().addAll(sheet, empty);
    // What is opened changes the model, the arm and the length, each of which makes other numbers.
    Soon change = new Soon(() -> show(viewModel));
    viewModel.items().addListener((ListChangeListener<ArmParameterItem>) c -> change.ask());
    show(viewModel);
    sceneProperty().subscribe((before, now) -> keepWhatIsShown());
  }

  /**
   * Forgets the rows that are not shown: those that are go along into another window, while the
   * others would come there with the styles that they had in this one.
   */
  private void keepWhatIsShown() {
    for (ArmParameterRow row : List.copyOf(rows.values())) {
      if (!sheet.getItems().contains(row)) {
        row.unfollow();
        rows.values().remove(row);
      }
    }
  }

  private void show(ArmPropertiesViewModel viewModel) {
    List<ArmParameterRow> shown = viewModel.items().stream().map(this::row).toList();
    // The sheet makes everything anew for other items, also if they look the same.
    if (!sheet.getItems().equals(shown)) {
      sheet.getItems().setAll(shown);
    }
    empty.setVisible(shown.isEmpty());
    sheet.setVisible(!shown.isEmpty());
  }

  private ArmParameterRow row(ArmParameterItem parameter) {
    ArmParameterRow row =
        rows.computeIfAbsent(ArmParameterRow.Look.of(parameter), ArmParameterRow::new);
    row.follow(parameter);
    return row;
  }
}
