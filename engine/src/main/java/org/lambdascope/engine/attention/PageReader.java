package org.lambdascope.engine.attention;

import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Shows features of one head of a cache page as floats {@code [features, BLOCK]}: in place where
 * they are floats, widened into a space of its own where they are not.
 */
final class PageReader {

  private final Kernels kernels;
  private final float[] space;
  private float[] data = {};
  private int offset;

  PageReader(Kernels kernels, int headDim) {
    this.kernels = kernels;
    this.space = new float[headDim * Kernels.BLOCK];
  }

  /** Shows features {@code [feature, feature + features)} until the next call. */
  void open(CachePage page, int head, int feature, int features) {
    if (page instanceof CachePage.F32 floats) {
      data = floats.data();
      offset = floats.index(head, feature);
    } else {
      kernels.readPage(page, head, feature, features, space);
      data = space;
      offset = 0;
    }
  }

  /** Where they are. Do not modify. */
  float[] data() {
    return data;
  }

  /** Where the first begins. */
  int offset() {
    return offset;
  }
}
