package org.lambdascope.app.common;

import javafx.geometry.Insets;
import javafx.scene.control.TextField;
import javafx.scene.text.Text;

/**
 * Keeps a field as wide as its text. Where a text that is aligned right does not fit, the toolkit
 * moves it to and fro in every layout, each of which asks for another.
 */
final class FittingWidth {

  private static final double CARET = 4;

  private final TextField field;
  private final double least;
  private final Text ruler = new Text();

  private FittingWidth(TextField field, double least) {
    this.field = field;
    this.least = least;
  }

  /**
   * Keeps a field wide enough.
   *
   * @param least its least width
   */
  static void keep(TextField field, double least) {
    FittingWidth width = new FittingWidth(field, least);
    field.textProperty().subscribe(text -> width.fit());
    field.fontProperty().subscribe(font -> width.fit());
    field.insetsProperty().subscribe(insets -> width.fit());
  }

  private void fit() {
    ruler.setFont(field.getFont());
    ruler.setText(field.getText());
    Insets insets = field.getInsets();
    double needed = ruler.getLayoutBounds().getWidth() + insets.getLeft() + insets.getRight();
    field.setMinWidth(Math.max(least, Math.ceil(needed + CARET)));
  }
}
