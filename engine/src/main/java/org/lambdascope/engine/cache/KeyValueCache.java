package org.lambdascope.engine.cache;

import java.util.Arrays;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Keys and values of one text, in pages of {@link #BLOCK} rows. A page of one layer is {@code
 * [kvHeads, headDim, BLOCK]}: rows are the lanes of the kernels. Pages come into being when their
 * first row is written.
 *
 * <p>Keys are kept rotated to their own position, and also un-rotated where a policy reads them so.
 */
public final class KeyValueCache {

  /** Rows per page. */
  public static final int BLOCK = Kernels.BLOCK;

  /** Which keys are also kept un-rotated. */
  public enum Unrotated {
    /** None. */
    NONE,
    /** The rows that are never overwritten. */
    SINKS,
    /** All. */
    ALL
  }

  private final CacheLayout layout;
  private final Unrotated unrotated;
  private final int headDim;
  private final int pageSize;
  private final Layer[] layers;
  private long bytes;

  private static final class Layer {
    private float[][] rotatedKeys = {};
    private float[][] plainKeys = {};
    private float[][] values = {};
  }

  /**
   * An empty cache.
   *
   * @param layers decoder layers
   * @param keyValueHeads key/value heads per layer
   * @param headDim features per head
   * @param layout where rows lie
   * @param unrotated which keys are also kept un-rotated
   */
  public KeyValueCache(
      int layers, int keyValueHeads, int headDim, CacheLayout layout, Unrotated unrotated) {
    this.layout = layout;
    this.unrotated = unrotated;
    this.headDim = headDim;
    this.pageSize = Math.multiplyExact(Math.multiplyExact(keyValueHeads, headDim), BLOCK);
    this.layers = new Layer[layers];
    for (int l = 0; l < layers; l++) {
      this.layers[l] = new Layer();
    }
  }

  /** Where rows lie. */
  public CacheLayout layout() {
    return layout;
  }

  /** Bytes of all pages. */
  public long bytes() {
    return bytes;
  }

  /** Bytes that a cache takes once {@code tokens} positions were written. */
  public static long predictedBytes(
      int layers,
      int keyValueHeads,
      int headDim,
      CacheLayout layout,
      Unrotated unrotated,
      long tokens) {
    long pages = Math.ceilDiv(layout.rows(tokens), (long) BLOCK);
    long plain =
        switch (unrotated) {
          case NONE -> 0;
          case SINKS -> Math.min(pages, Math.ceilDiv(layout.sinks(), BLOCK));
          case ALL -> pages;
        };
    long pageBytes = (long) keyValueHeads * headDim * BLOCK * Float.BYTES;
    return layers * (2 * pages + plain) * pageBytes;
  }

  /**
   * Makes room for positions in every layer. Called by one thread before {@link #write}.
   *
   * @param from first position
   * @param count how many
   */
  public void reserve(int from, int count) {
    for (int p = from; p < from + count; p++) {
      int row = layout.row(p);
      int page = row / BLOCK;
      boolean plain =
          unrotated == Unrotated.ALL || (unrotated == Unrotated.SINKS && row < layout.sinks());
      for (Layer layer : layers) {
        layer.rotatedKeys = withPage(layer.rotatedKeys, page);
        layer.values = withPage(layer.values, page);
        if (plain) {
          layer.plainKeys = withPage(layer.plainKeys, page);
        }
      }
    }
  }

  private float[][] withPage(float[][] pages, int page) {
    float[][] grown =
        page < pages.length ? pages : Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
    if (grown[page] == null) {
      grown[page] = new float[pageSize];
      bytes += (long) pageSize * Float.BYTES;
    }
    return grown;
  }

  /**
   * Writes one head's key and value at a position that was reserved. Different heads may be written
   * by different threads.
   *
   * @param plain the key as projected, {@code [headDim]}
   * @param rotated the key rotated to its position, {@code [headDim]}
   * @param value {@code [headDim]}
   */
  public void write(
      int layer,
      int keyValueHead,
      int position,
      float[] plain,
      int plainOffset,
      float[] rotated,
      int rotatedOffset,
      float[] value,
      int valueOffset) {
    int row = layout.row(position);
    int page = row / BLOCK;
    int lane = keyValueHead * headDim * BLOCK + row % BLOCK;
    Layer store = layers[layer];
    scatter(rotated, rotatedOffset, store.rotatedKeys[page], lane);
    scatter(value, valueOffset, store.values[page], lane);
    if (page < store.plainKeys.length && store.plainKeys[page] != null) {
      scatter(plain, plainOffset, store.plainKeys[page], lane);
    }
  }

  private void scatter(float[] from, int offset, float[] page, int lane) {
    for (int d = 0; d < headDim; d++) {
      page[lane + d * BLOCK] = from[offset + d];
    }
  }

  /** The page that holds {@code row}'s keys, rotated to their positions or un-rotated. */
  public float[] keyPage(int layer, int row, boolean plain) {
    Layer store = layers[layer];
    return (plain ? store.plainKeys : store.rotatedKeys)[row / BLOCK];
  }

  /** The page that holds {@code row}'s values. */
  public float[] valuePage(int layer, int row) {
    return layers[layer].values[row / BLOCK];
  }

  /** Where a head's {@code [headDim, BLOCK]} begins in a page. */
  public int headOffset(int keyValueHead) {
    return keyValueHead * headDim * BLOCK;
  }
}
