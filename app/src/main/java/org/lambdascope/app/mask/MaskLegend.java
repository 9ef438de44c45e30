package org.lambdascope.app.mask;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.lambdascope.app.common.Formats;
import org.lambdascope.app.common.RenderScale;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.Reach;

/** What the colours of a mask mean. */
final class MaskLegend extends FlowPane {

  private static final double WIDTH = 90;
  private static final double HEIGHT = 12;
  private static final double SWATCH_WIDTH = 18;

  MaskLegend() {
    super(16, 4);
    setAlignment(Pos.CENTER_LEFT);
  }

  /**
   * Says what a picture shows.
   *
   * @param size tokens of the text
   * @param kind of the arm
   * @param reaches ways in which it reaches keys
   */
  void show(MaskPalette palette, int pretrainLength, int size, ArmKind kind, List<Reach> reaches) {
    getChildren()
        .setAll(
            row(
                caption("effective distance 0"),
                ramp(palette, 0, pretrainLength, pretrainLength, WIDTH),
                caption("L_pretrain " + Formats.count(pretrainLength))));
    if (size > pretrainLength) {
      int far = pretrainLength << MaskPalette.DOUBLINGS;
      // Colours stand for ratios here, which the label between the halves shows.
      int middle = pretrainLength << (MaskPalette.DOUBLINGS / 2);
      getChildren()
          .add(
              row(
                  caption("longer than in training"),
                  ramp(palette, pretrainLength + 1, middle, pretrainLength, WIDTH / 2),
                  caption(Formats.count(middle)),
                  ramp(palette, middle, far, pretrainLength, WIDTH / 2),
                  caption("≥ " + Formats.count(far))));
    }
    getChildren().add(row(swatch(palette.hidden(), palette.hidden()), caption("not visible")));
    if (reaches.contains(Reach.CANDIDATE)) {
      getChildren()
          .add(
              row(
                  swatch(palette.retrieved(), palette.hidden()),
                  caption(
                      kind == ArmKind.INFLLM
                          ? "some, in whole blocks that their representatives retrieve"
                          : "some, retrieved by their logits")));
    }
    if (reaches.contains(Reach.PASSAGE)) {
      getChildren()
          .add(
              row(
                  swatch(palette.encoded(), palette.hidden()),
                  caption("some, as retrieved passages")));
    }
    if (reaches.contains(Reach.ENCODED)) {
      getChildren()
          .add(
              row(
                  swatch(palette.encoded(), palette.encoded()),
                  caption("by cross-attention, chunk by chunk")));
    }
  }

  private static Canvas ramp(
      MaskPalette palette, double from, double to, int pretrainLength, double width) {
    Canvas canvas = new Canvas(width, HEIGHT);
    RenderScale.follow(
        canvas,
        () -> {
          GraphicsContext g = canvas.getGraphicsContext2D();
          for (int x = 0; x < width; x++) {
            double share = x / (width - 1);
            // Beyond the trained lengths a colour stands for a ratio.
            double distance = from == 0 ? share * to : from * Math.pow(to / from, share);
            g.setFill(MaskAxes.colour(palette.distance(distance, pretrainLength)));
            g.fillRect(x, 0, 1, HEIGHT);
          }
        });
    return canvas;
  }

  /** A swatch; striped where the two colours differ. */
  private static Canvas swatch(int colour, int ground) {
    Canvas canvas = new Canvas(SWATCH_WIDTH, HEIGHT);
    RenderScale.follow(
        canvas,
        () -> {
          GraphicsContext g = canvas.getGraphicsContext2D();
          g.setFill(MaskAxes.colour(ground));
          g.fillRect(0, 0, SWATCH_WIDTH, HEIGHT);
          g.setFill(MaskAxes.colour(colour));
          for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < SWATCH_WIDTH; x++) {
              if (colour == ground || (x + y) % 6 < 2) {
                g.fillRect(x, y, 1, 1);
              }
            }
          }
        });
    return canvas;
  }

  private static Label caption(String text) {
    Label label = new Label(text);
    label.getStyleClass().addAll("text-muted", "caption");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  private static HBox row(Node... nodes) {
    HBox box = new HBox(6, nodes);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }
}
