package org.lambdascope.app.workbench;

import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.PropertySheet;
import org.controlsfx.property.editor.PropertyEditor;
import org.lambdascope.app.common.SliderField;
import org.lambdascope.app.common.Soon;
import org.lambdascope.app.common.Tips;
import org.lambdascope.app.words.Words;

/** Sliders and fields for the selected arm. */
public final class ArmPropertiesView extends StackPane {

  private final PropertySheet sheet = new PropertySheet();
  private final Label empty = new Label("Open a model to set its L_pretrain and its arms.");

  /** Shows a view-model. */
  public ArmPropertiesView(ArmPropertiesViewModel viewModel) {
    sheet.setFocusTraversable(false); // its fields are
    sheet.setModeSwitcherVisible(false);
    sheet.setSearchBoxVisible(false);
    // A flat list: with headings only one group would be open at a time.
    sheet.setMode(PropertySheet.Mode.NAME);
    sheet.setPropertyEditorFactory(item -> new Editor((Item) item));
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
  }

  private void show(ArmPropertiesViewModel viewModel) {
    List<Item> items = viewModel.items().stream().map(Item::new).toList();
    sheet.getItems().setAll(items);
    empty.setVisible(items.isEmpty());
    sheet.setVisible(!items.isEmpty());
  }

  private record Item(ArmParameterItem parameter) implements PropertySheet.Item {

    @Override
    public Class<?> getType() {
      return Integer.class;
    }

    @Override
    public String getCategory() {
      return parameter.category();
    }

    @Override
    public String getName() {
      return parameter.symbol();
    }

    @Override
    public String getDescription() {
      return parameter.description();
    }

    @Override
    public Object getValue() {
      return parameter.value().get();
    }

    @Override
    public void setValue(Object value) {
      parameter.value().set((Integer) value);
    }

    @Override
    public Optional<ObservableValue<? extends Object>> getObservableValue() {
      return Optional.of(parameter.value());
    }
  }

  private static final class Editor implements PropertyEditor<Integer> {

    private final SliderField field;

    Editor(Item item) {
      ArmParameterItem p = item.parameter();
      field = new SliderField(p.symbol(), p.min(), p.sliderMax(), p.unit(), p.reset());
      field.setId("parameter-" + p.id());
      field.valueProperty().bindBidirectional(p.value());
      field.disableProperty().bind(p.idle());
      String word = Words.parameter(p.id()).map(w -> "\n" + w.definition()).orElse("");
      Tips.on(field, p.description() + word);
    }

    @Override
    public Node getEditor() {
      return field;
    }

    @Override
    public Integer getValue() {
      return field.valueProperty().get();
    }

    @Override
    public void setValue(Integer value) {
      field.valueProperty().set(value);
    }
  }
}
