package org.lambdascope.app.common;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The heading of a part of a page, with what it means; more nodes go to its right end. */
public final class SectionHeading extends HBox {

  /**
   * A heading.
   *
   * @param meaning shown on demand
   */
  public SectionHeading(String title, String meaning) {
    super(6);
    Label label = new Label(title);
    label.getStyleClass().add("section-title");
    label.setMinWidth(Region.USE_PREF_SIZE);
    Label help = new Label("?");
    help.getStyleClass().add("help-mark");
    help.setMinWidth(Region.USE_PREF_SIZE);
    Tooltip tooltip = new Tooltip(meaning);
    tooltip.setWrapText(true);
    tooltip.setMaxWidth(380);
    help.setTooltip(tooltip);
    help.setAccessibleText(meaning);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    getChildren().addAll(label, help, gap);
    setAlignment(Pos.CENTER_LEFT);
    setPadding(new Insets(4, 2, 0, 2));
  }
}
