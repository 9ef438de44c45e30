package org.lambdascope.engine.attention;

import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Shows one head of a cache page as floats, rows of features padded to whole vectors: in place
 * where they are such floats, widened into a space of its own where they are not.
 */
final class PageReader {

  private final Kernels kernels;
  private final float[] space;
  private float[] data = {};
  private int offset;

  PageReader(Kernels kernels, int headDim) {
    this.kernels = kernels;
    this.space = new float[Kernels.padded(headDim) * Kernels.BLOCK];
  }

  /** Shows a head until the next call. */
  void open(CachePage page, int head) {
    if (page instanceof CachePage.F32 floats
        && (page.order() == CachePage.Order.POSITIONS
            || Kernels.padded(page.headDim()) == page.headDim())) {
      data = floats.data();
      offset = floats.index(head, 0, 0);
    } else {
      kernels.readPage(page, head, space);
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
