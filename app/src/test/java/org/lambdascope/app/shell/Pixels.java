package org.lambdascope.app.shell;

import javafx.scene.Node;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/** What is drawn, seen from outside. */
final class Pixels {

  private static final double NEAR = 0.05;

  private Pixels() {}

  /** How many pixels of a node are of a colour. Called on the FX thread. */
  static int count(Node node, Color colour) {
    WritableImage image = node.snapshot(null, null);
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    int count = 0;
    for (int argb : pixels) {
      boolean near =
          near(argb >> 16, colour.getRed())
              && near(argb >> 8, colour.getGreen())
              && near(argb, colour.getBlue());
      count += near ? 1 : 0;
    }
    return count;
  }

  private static boolean near(int channel, double wanted) {
    return Math.abs((channel & 0xFF) / 255.0 - wanted) < NEAR;
  }
}
