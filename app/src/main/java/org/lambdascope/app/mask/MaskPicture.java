package org.lambdascope.app.mask;

import java.util.Arrays;
import org.lambdascope.engine.experiment.ArmMask;
import org.lambdascope.engine.experiment.MaskRun;
import org.lambdascope.engine.experiment.Reach;

/**
 * Draws masks into pixels. A row of pixels is the query in its middle; a pixel is shaded by the
 * share of its keys that the query sees, but never so faintly that a branch narrower than a pixel
 * would vanish. Work and memory follow the pixels, not the text.
 */
final class MaskPicture {

  /** What is seen of a pixel at least, if anything in it is visible. */
  private static final double LEAST = 0.5;

  private static final int OPAQUE = 0xFF << 24;

  private final ArmMask mask;
  private final MaskSpan span;
  private final MaskPalette palette;
  private final int pretrainLength;
  private final int chunk;

  /** {@code [width]}: how much of each pixel of the row is seen, and in which colour. */
  private double[] cover = {};

  private int[] colours = {};

  /** Whether the row that was drawn last has stripes, which differ from row to row of pixels. */
  private boolean striped;

  MaskPicture(ArmMask mask, MaskSpan span, MaskPalette palette, int pretrainLength) {
    this.mask = mask;
    this.span = span;
    this.palette = palette;
    this.pretrainLength = pretrainLength;
    this.chunk = mask.arm().parameters().getOrDefault("chunk", Integer.MAX_VALUE);
  }

  /**
   * Draws the span.
   *
   * @return {@code [height, width]}, {@code 0xAARRGGBB}
   */
  int[] draw(int width, int height) {
    int[] pixels = new int[width * height];
    int drawn = -1;
    cover = new double[width];
    colours = new int[width];
    for (int y = 0; y < height; y++) {
      int query = span.queryFrom() + (int) ((y + 0.5) / height * span.queries());
      if (query == drawn && !striped) {
        System.arraycopy(pixels, (y - 1) * width, pixels, y * width, width);
      } else {
        row(query, pixels, y, width);
        drawn = query;
      }
    }
    return pixels;
  }

  private void row(int query, int[] pixels, int y, int width) {
    double perPixel = (double) span.keys() / width;
    Arrays.fill(cover, 0);
    striped = false;
    for (MaskRun run : mask.row(query)) {
      striped |= run.reach() == Reach.CANDIDATE || run.reach() == Reach.PASSAGE;
      add(run, query, y, perPixel);
    }
    for (int x = 0; x < width; x++) {
      // A pixel that holds the query's own key is not all future.
      boolean future = span.keyFrom() + x * perPixel >= query + 1;
      int ground = future ? palette.future() : palette.hidden();
      double share = cover[x] == 0 ? 0 : Math.clamp(cover[x], LEAST, 1);
      pixels[y * width + x] = OPAQUE | MaskPalette.mix(ground, colours[x], share);
    }
  }

  /** Adds a run's share of every pixel to {@link #cover} and {@link #colours}. */
  private void add(MaskRun run, int query, int y, double perPixel) {
    double from = (run.from() - span.keyFrom()) / perPixel;
    double to = (run.to() - span.keyFrom()) / perPixel;
    if (perPixel < 1) {
      from = Math.rint(from); // cells of several pixels have sharp sides
      to = Math.rint(to);
    }
    for (int x = (int) Math.max(0, from); x < Math.min(cover.length, to); x++) {
      double left = Math.max(from, x);
      double right = Math.min(to, x + 1.0);
      int key = span.keyFrom() + (int) ((left + right) / 2 * perPixel);
      int colour = colour(run, query, Math.clamp(key, run.from(), run.to() - 1), x, y);
      double share = right - left;
      colours[x] = MaskPalette.mix(colours[x], colour, share / (cover[x] + share));
      cover[x] += share;
    }
  }

  private int colour(MaskRun run, int query, int key, int x, int y) {
    return switch (run.reach()) {
      case LOCAL, GLOBAL, MIDDLE ->
          palette.distance(run.effectiveDistance(query, key), pretrainLength);
      // Stripes: not all of it is seen.
      case CANDIDATE -> (x + y) % 6 < 2 ? palette.retrieved() : palette.hidden();
      case PASSAGE -> (x + y) % 6 < 2 ? chunkColour(key) : palette.hidden();
      case ENCODED -> chunkColour(key);
    };
  }

  /** Neighbouring chunks differ in lightness. */
  private int chunkColour(int key) {
    double fade = key / chunk % 2 == 0 ? 0.15 : 0.5;
    return MaskPalette.mix(palette.encoded(), palette.hidden(), fade);
  }
}
