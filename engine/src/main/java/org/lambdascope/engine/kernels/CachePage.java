package org.lambdascope.engine.kernels;

/**
 * Keys or values of {@link Kernels#BLOCK} positions in all heads of a layer. Different heads may be
 * written by different threads.
 */
public sealed interface CachePage {

  /** What lies side by side, and so becomes the lanes of the kernels. */
  enum Order {
    /**
     * {@code [heads, headDim, BLOCK]}: one feature of all positions. Keys lie so, for a logit then
     * needs no sum across lanes.
     */
    POSITIONS,
    /**
     * {@code [heads, BLOCK, headDim]}: all features of one position. Values lie so, for their
     * weighted sum then needs none, and its lanes are its results.
     */
    FEATURES
  }

  /** Features per head. */
  int headDim();

  /** What lies side by side. */
  Order order();

  /**
   * Stores one head at one position.
   *
   * @param lane the position in the page, in {@code [0, BLOCK)}
   * @param x {@code [headDim]}, from {@code offset}
   */
  void write(int head, int lane, float[] x, int offset);

  /** One number, as the kernels see it. */
  float get(int head, int feature, int lane);

  /** Where a number lies in a page's data. */
  default int index(int head, int feature, int lane) {
    return order() == Order.POSITIONS
        ? (head * headDim() + feature) * Kernels.BLOCK + lane
        : (head * Kernels.BLOCK + lane) * headDim() + feature;
  }

  /** From a feature to the next, at one position. */
  default int featureStep() {
    return order() == Order.POSITIONS ? Kernels.BLOCK : 1;
  }

  /**
   * {@link CacheType#F32}.
   *
   * @param data all heads, in this order
   */
  record F32(int headDim, Order order, float[] data) implements CachePage {
    @Override
    public void write(int head, int lane, float[] x, int offset) {
      int at = index(head, 0, lane);
      int step = featureStep();
      for (int d = 0; d < headDim; d++) {
        data[at + d * step] = x[offset + d];
      }
    }

    @Override
    public float get(int head, int feature, int lane) {
      return data[index(head, feature, lane)];
    }
  }

  /**
   * {@link CacheType#F16}.
   *
   * @param data all heads, in this order
   */
  record F16(int headDim, Order order, short[] data) implements CachePage {
    @Override
    public void write(int head, int lane, float[] x, int offset) {
      int at = index(head, 0, lane);
      int step = featureStep();
      for (int d = 0; d < headDim; d++) {
        data[at + d * step] = Float.floatToFloat16(x[offset + d]);
      }
    }

    @Override
    public float get(int head, int feature, int lane) {
      return Float.float16ToFloat(data[index(head, feature, lane)]);
    }
  }

  /**
   * {@link CacheType#BF16}.
   *
   * @param data all heads, in this order
   */
  record BF16(int headDim, Order order, short[] data) implements CachePage {
    @Override
    public void write(int head, int lane, float[] x, int offset) {
      int at = index(head, 0, lane);
      int step = featureStep();
      for (int d = 0; d < headDim; d++) {
        data[at + d * step] = round(x[offset + d]);
      }
    }

    /** To nearest, ties to even; a NaN stays one, though its payload may lie in the lost half. */
    private static short round(float x) {
      int bits = Float.floatToRawIntBits(x);
      return (short)
          (Float.isNaN(x) ? (bits >> 16) | 0x40 : (bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    @Override
    public float get(int head, int feature, int lane) {
      return Float.intBitsToFloat(data[index(head, feature, lane)] << 16);
    }
  }

  /**
   * {@link CacheType#Q8}.
   *
   * @param data all heads, in this order
   * @param scales in the same order, with the groups of a head in place of its features
   */
  record Q8(int headDim, Order order, byte[] data, float[] scales) implements CachePage {

    /** Features that share a scale; the last group of a head may be smaller. */
    public static final int GROUP = 32;

    /** Groups per head. */
    public static int groups(int headDim) {
      return Math.ceilDiv(headDim, GROUP);
    }

    /** Where a group's scale lies. */
    public int scaleIndex(int head, int group, int lane) {
      return order == Order.POSITIONS
          ? (head * groups(headDim) + group) * Kernels.BLOCK + lane
          : (head * Kernels.BLOCK + lane) * groups(headDim) + group;
    }

    @Override
    public void write(int head, int lane, float[] x, int offset) {
      int at = index(head, 0, lane);
      int step = featureStep();
      for (int from = 0; from < headDim; from += GROUP) {
        int to = Math.min(from + GROUP, headDim);
        float most = 0;
        for (int d = from; d < to; d++) {
          most = Math.max(most, Math.abs(x[offset + d])); // NaN wins
        }
        float scale = most / 127;
        scales[scaleIndex(head, from / GROUP, lane)] = scale;
        for (int d = from; d < to; d++) {
          // The scale of subnormal numbers is so coarse that a quotient may leave the range.
          int q = scale == 0 ? 0 : Math.clamp(Math.round(x[offset + d] / scale), -127, 127);
          data[at + d * step] = (byte) q;
        }
      }
    }

    @Override
    public float get(int head, int feature, int lane) {
      return scales[scaleIndex(head, feature / GROUP, lane)] * data[index(head, feature, lane)];
    }
  }
}
