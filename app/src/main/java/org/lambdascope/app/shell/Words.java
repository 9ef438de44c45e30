package org.lambdascope.app.shell;

import javafx.geometry.Insets;
import javafx.scene.control.Alert;
import javafx.scene.control.Alert.AlertType;
import javafx.scene.control.Label;
import javafx.stage.Modality;
import javafx.stage.Window;

/** The words of the field, as this window uses them. */
final class Words {

  private static final String TEXT =
      """
      arm — one named configuration that is compared with others
      n_global, n_local — sizes of the two branches of the Λ-mask: initial tokens that stay visible, and recent tokens, the query counted
      L_pretrain — the longest distance the model saw in training; the distance ceiling
      raw distance d — query position minus key position
      effective distance — the distance that the positional encoding is given for that pair
      NLL — negative log-likelihood of a token, in nats: 0 is certain
      entropy — −Σ p ln p over visible keys, after the softmax
      badge “= vanilla up to position p” — up to there the arm sees the same keys at the same distances

      Click a token, or a place on a curve, to select a position; arrow keys walk.
      Ctrl+Enter runs, Esc cancels, Ctrl+D switches the theme, Ctrl+E exports all figures.
      """;

  private Words() {}

  static void show(Window owner) {
    Alert alert = new Alert(AlertType.INFORMATION);
    alert.initOwner(owner);
    alert.initModality(Modality.NONE);
    alert.setTitle("Lambdascope");
    alert.setHeaderText("Words used here");
    Label label = new Label(TEXT);
    label.setWrapText(true);
    label.setPrefWidth(600);
    label.setPadding(new Insets(14, 16, 10, 16));
    alert.getDialogPane().setContent(label);
    alert.show();
  }
}
