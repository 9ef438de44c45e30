package org.lambdascope.engine.cache;

import java.util.Arrays;
import java.util.List;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Keys and values of one text, in pages of {@link #BLOCK} rows. A page of one layer is {@code
 * [kvHeads, headDim, BLOCK]}: rows are the lanes of the kernels. Pages come into being when their
 * first row is written.
 *
 * <p>Keys are kept in one or more copies, such as rotated to their own position and un-rotated.
 */
public final class KeyValueCache {

  /** Rows per page. */
  public static final int BLOCK = Kernels.BLOCK;

  /** Of which keys a copy is kept. */
  public enum Extent {
    /** The rows that are never overwritten. */
    SINKS,
    /** All. */
    ALL
  }

  private final CacheLayout layout;
  private final List<Extent> copies;
  private final int headDim;
  private final int pageSize;
  private final Layer[] layers;
  private long bytes;

  private static final class Layer {
    /** {@code [copy, page]}. */
    private final float[][][] keys;

    private float[][] values = {};

    Layer(int copies) {
      keys = new float[copies][0][];
    }
  }

  /**
   * An empty cache.
   *
   * @param layers decoder layers
   * @param keyValueHeads key/value heads per layer
   * @param headDim features per head
   * @param layout where rows lie
   * @param copies the copies of keys; at least one
   */
  public KeyValueCache(
      int layers, int keyValueHeads, int headDim, CacheLayout layout, List<Extent> copies) {
    this.layout = layout;
    this.copies = List.copyOf(copies);
    this.headDim = headDim;
    this.pageSize = Math.multiplyExact(Math.multiplyExact(keyValueHeads, headDim), BLOCK);
    this.layers = new Layer[layers];
    for (int l = 0; l < layers; l++) {
      this.layers[l] = new Layer(copies.size());
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
      List<Extent> copies,
      long tokens) {
    long pages = Math.ceilDiv(layout.rows(tokens), (long) BLOCK);
    long keys = 0;
    for (Extent extent : copies) {
      keys +=
          switch (extent) {
            case SINKS -> Math.min(pages, Math.ceilDiv(layout.sinks(), BLOCK));
            case ALL -> pages;
          };
    }
    long pageBytes = (long) keyValueHeads * headDim * BLOCK * Float.BYTES;
    return layers * (keys + pages) * pageBytes;
  }

  /**
   * Makes room for positions in every layer. Called by one thread before any is written.
   *
   * @param from first position
   * @param count how many
   */
  public void reserve(int from, int count) {
    for (int p = from; p < from + count; p++) {
      int row = layout.row(p);
      int page = row / BLOCK;
      for (Layer layer : layers) {
        layer.values = withPage(layer.values, page);
        for (int c = 0; c < layer.keys.length; c++) {
          if (copies.get(c) == Extent.ALL || row < layout.sinks()) {
            layer.keys[c] = withPage(layer.keys[c], page);
          }
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
   * Writes one head's value at a position that was reserved. Different heads may be written by
   * different threads.
   *
   * @param value {@code [headDim]}
   */
  public void writeValue(int layer, int keyValueHead, int position, float[] value, int offset) {
    int row = layout.row(position);
    scatter(value, offset, layers[layer].values[row / BLOCK], lane(keyValueHead, row));
  }

  /**
   * Writes a copy of one head's key at a position that was reserved, unless it is not kept there.
   *
   * @param key {@code [headDim]}
   */
  public void writeKey(
      int layer, int keyValueHead, int position, int copy, float[] key, int offset) {
    int row = layout.row(position);
    float[][] pages = layers[layer].keys[copy];
    int page = row / BLOCK;
    if (page < pages.length && pages[page] != null) {
      scatter(key, offset, pages[page], lane(keyValueHead, row));
    }
  }

  /**
   * Reads back a copy of one head's key that was written.
   *
   * @param key {@code [headDim]}; overwritten
   */
  public void readKey(int layer, int keyValueHead, int position, int copy, float[] key) {
    int row = layout.row(position);
    float[] page = keyPage(layer, row, copy);
    int lane = lane(keyValueHead, row);
    for (int d = 0; d < headDim; d++) {
      key[d] = page[lane + d * BLOCK];
    }
  }

  private int lane(int keyValueHead, int row) {
    return headOffset(keyValueHead) + row % BLOCK;
  }

  private void scatter(float[] from, int offset, float[] page, int lane) {
    for (int d = 0; d < headDim; d++) {
      page[lane + d * BLOCK] = from[offset + d];
    }
  }

  /** The page that holds a copy of {@code row}'s key. */
  public float[] keyPage(int layer, int row, int copy) {
    return layers[layer].keys[copy][row / BLOCK];
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
