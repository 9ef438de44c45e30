package org.lambdascope.app.workbench;

import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.Region;
import org.lambdascope.app.common.Tips;

/** The presets of the selected arm; the first puts all its parameters back. */
public final class PresetMenu extends MenuButton {

  /** Follows a view-model. */
  public PresetMenu(ArmPropertiesViewModel viewModel) {
    super("Presets");
    setId("presets");
    setMinWidth(Region.USE_PREF_SIZE);
    getStyleClass().addAll("flat", "small");
    Tips.on(this, "Defaults of the selected arm, and settings that are worth a look");
    setAccessibleText("Presets of the selected arm");
    setOnShowing(e -> fill(viewModel));
    viewModel.items().addListener((ListChangeListener<ArmParameterItem>) c -> fill(viewModel));
    fill(viewModel);
  }

  private void fill(ArmPropertiesViewModel viewModel) {
    List<ArmPreset> presets = viewModel.presets();
    getItems().clear();
    for (ArmPreset preset : presets) {
      boolean first = getItems().isEmpty();
      MenuItem item = new MenuItem(first ? "Reset to the defaults" : preset.name());
      item.setMnemonicParsing(false);
      item.setOnAction(e -> viewModel.apply(preset));
      getItems().add(item);
      if (first && presets.size() > 1) {
        getItems().add(new SeparatorMenuItem());
      }
    }
    setDisable(getItems().isEmpty());
  }
}
