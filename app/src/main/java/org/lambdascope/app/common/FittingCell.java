package org.lambdascope.app.common;

import java.util.List;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * A name that may be written in several ways: the longest that fits is shown, and a tooltip has all
 * of it.
 *
 * @param <S> the table's rows
 */
public final class FittingCell<S> extends TableCell<S, List<String>> {

  /** An empty cell. */
  public FittingCell() {
    // Where even the shortest is too long: the ends of names differ more often than their middles.
    setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
    widthProperty().subscribe(w -> fit());
    fontProperty().subscribe(f -> fit());
  }

  @Override
  protected void updateItem(@Nullable List<String> forms, boolean empty) {
    super.updateItem(forms, empty);
    Tips.on(this, forms == null || empty ? "" : forms.getFirst());
    fit();
  }

  private void fit() {
    List<String> forms = getItem();
    if (isEmpty() || forms == null) {
      setText("");
      return;
    }
    double room = getWidth() - snappedLeftInset() - snappedRightInset();
    setText(forms.stream().filter(form -> width(form) <= room).findFirst().orElse(forms.getLast()));
  }

  private double width(String words) {
    Text text = new Text(words);
    text.setFont(getFont());
    return Math.ceil(text.getLayoutBounds().getWidth());
  }
}
