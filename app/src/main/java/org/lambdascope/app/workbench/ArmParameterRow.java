package org.lambdascope.app.workbench;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.util.Subscription;
import org.controlsfx.control.PropertySheet;
import org.controlsfx.property.editor.PropertyEditor;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.SliderField;
import org.lambdascope.app.common.Tips;

/** A row of the property sheet. It shows one number after another, if they look the same. */
final class ArmParameterRow implements PropertySheet.Item, PropertyEditor<Object> {

  private final Look look;
  private final SliderField field;
  private @Nullable ArmParameterItem parameter;
  private Subscription following = Subscription.EMPTY;

  /**
   * What can be seen of a number besides its value.
   *
   * @param category what it belongs to
   * @param symbol the field's name for it
   * @param description what it is
   * @param min the least value
   * @param unit the values of 1
   */
  record Look(String id, String category, String symbol, String description, int min, int unit) {

    static Look of(ArmParameterItem p) {
      return new Look(p.id(), p.category(), p.symbol(), p.description(), p.min(), p.unit());
    }
  }

  /** Shows no number yet. */
  ArmParameterRow(Look look) {
    this.look = look;
    field = new SliderField(look.symbol(), look.min(), look.min() + 1, look.unit(), this::reset);
    field.setId("parameter-" + look.id());
    Tips.on(field, look.description());
    field.parentProperty().subscribe(this::explainLabel);
  }

  /** Shows a number in place of the one before. */
  void follow(ArmParameterItem now) {
    unfollow();
    parameter = now;
    following = now.sliderMax().subscribe(end -> field.setSliderMax(end.intValue()));
    field.valueProperty().bindBidirectional(now.value());
    field.disableProperty().bind(now.idle());
  }

  /** Shows no number any more. */
  void unfollow() {
    ArmParameterItem before = parameter;
    if (before != null) {
      field.valueProperty().unbindBidirectional(before.value());
    }
    parameter = null;
    following.unsubscribe();
  }

  private void reset() {
    if (parameter != null) {
      parameter.reset().run();
    }
  }

  /** Explains the label that the sheet puts before the field. */
  private void explainLabel(@Nullable Parent row) {
    if (row != null) {
      row.getChildrenUnmodifiable().stream()
          .filter(n -> n instanceof Label label && label.getLabelFor() == field)
          .forEach(label -> Tips.on(label, look.description()));
    }
  }

  @Override
  public Node getEditor() {
    return field;
  }

  @Override
  public Class<?> getType() {
    return Integer.class;
  }

  @Override
  public String getCategory() {
    return look.category();
  }

  @Override
  public String getName() {
    return look.symbol();
  }

  /** Nothing: the sheet would make a tooltip at once, which is a window with a scene of its own. */
  @Override
  public String getDescription() {
    return "";
  }

  @Override
  public Object getValue() {
    return field.valueProperty().get();
  }

  @Override
  public void setValue(Object value) {
    field.valueProperty().set((Integer) value);
  }

  @Override
  public Optional<ObservableValue<? extends Object>> getObservableValue() {
    return Optional.of(field.valueProperty());
  }
}
