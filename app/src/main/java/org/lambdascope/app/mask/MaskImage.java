package org.lambdascope.app.mask;

import java.nio.IntBuffer;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.lambdascope.engine.experiment.ArmMask;

/**
 * A picture of a mask, which can be made on any thread.
 *
 * @param of what it shows
 * @param image its pixels
 */
record MaskImage(View of, Image image) {

  /**
   * What is to be seen of a mask.
   *
   * @param mask the mask
   * @param span its cells
   * @param palette their colours
   * @param pretrainLength {@code L_pretrain}, in tokens
   * @param width in pixels of the screen
   * @param height in pixels of the screen
   */
  record View(
      ArmMask mask, MaskSpan span, MaskPalette palette, int pretrainLength, int width, int height) {

    /** Whether a picture of the other may stand in for this one while it is drawn. */
    boolean resembles(View other) {
      return mask.arm().kind() == other.mask.arm().kind() && palette == other.palette;
    }
  }

  /** Draws a mask. */
  static MaskImage of(View view) {
    int[] pixels =
        new MaskPicture(view.mask(), view.span(), view.palette(), view.pretrainLength())
            .draw(view.width(), view.height());
    PixelBuffer<IntBuffer> buffer =
        new PixelBuffer<>(
            view.width(),
            view.height(),
            IntBuffer.wrap(pixels), // opaque: premultiplied or not is the same
            PixelFormat.getIntArgbPreInstance());
    return new MaskImage(view, new WritableImage(buffer));
  }
}
