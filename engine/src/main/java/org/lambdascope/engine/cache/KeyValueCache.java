package org.lambdascope.engine.cache;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Keys and values of one text, in pages of {@link #BLOCK} rows. Pages come into being when their
 * first row is reserved.
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
  private final CacheType type;
  private final int keyValueHeads;
  private final int headDim;
  private final Layer[] layers;
  private long bytes;

  private static final class Layer {
    /** {@code [copy, page]}. */
    private final @Nullable CachePage[][] keys;

    private @Nullable CachePage[] values = {};

    Layer(int copies) {
      keys = new CachePage[copies][0];
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
   * @param type how numbers are stored
   */
  public KeyValueCache(
      int layers,
      int keyValueHeads,
      int headDim,
      CacheLayout layout,
      List<Extent> copies,
      CacheType type) {
    this.layout = layout;
    this.copies = List.copyOf(copies);
    this.type = type;
    this.keyValueHeads = keyValueHeads;
    this.headDim = headDim;
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
      CacheType type,
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
    return layers * (keys + pages) * type.pageBytes(keyValueHeads, headDim);
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
        layer.values = withPage(layer.values, page, CachePage.Order.FEATURES);
        for (int c = 0; c < layer.keys.length; c++) {
          if (copies.get(c) == Extent.ALL || row < layout.sinks()) {
            layer.keys[c] = withPage(layer.keys[c], page, CachePage.Order.POSITIONS);
          }
        }
      }
    }
  }

  private @Nullable CachePage[] withPage(
      @Nullable CachePage[] pages, int page, CachePage.Order order) {
    @Nullable CachePage[] grown =
        page < pages.length ? pages : Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
    if (grown[page] == null) {
      grown[page] = type.newPage(order, keyValueHeads, headDim);
      bytes += type.pageBytes(keyValueHeads, headDim);
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
    page(layers[layer].values, row).write(keyValueHead, row % BLOCK, value, offset);
  }

  /**
   * Writes a copy of one head's key at a position that was reserved, unless it is not kept there.
   *
   * @param key {@code [headDim]}
   */
  public void writeKey(
      int layer, int keyValueHead, int position, int copy, float[] key, int offset) {
    int row = layout.row(position);
    @Nullable CachePage[] pages = layers[layer].keys[copy];
    CachePage page = row / BLOCK < pages.length ? pages[row / BLOCK] : null;
    if (page != null) {
      page.write(keyValueHead, row % BLOCK, key, offset);
    }
  }

  /**
   * Reads back a copy of one head's key that was written.
   *
   * @param key {@code [headDim]}; overwritten
   */
  public void readKey(int layer, int keyValueHead, int position, int copy, float[] key) {
    int row = layout.row(position);
    CachePage page = keyPage(layer, row, copy);
    for (int d = 0; d < headDim; d++) {
      key[d] = page.get(keyValueHead, d, row % BLOCK);
    }
  }

  private static CachePage page(@Nullable CachePage[] pages, int row) {
    CachePage page = pages[row / BLOCK];
    if (page == null) {
      throw new IllegalStateException("expected row %d to be reserved".formatted(row));
    }
    return page;
  }

  /** The page that holds a copy of {@code row}'s key. */
  public CachePage keyPage(int layer, int row, int copy) {
    return page(layers[layer].keys[copy], row);
  }

  /** The page that holds {@code row}'s values. */
  public CachePage valuePage(int layer, int row) {
    return page(layers[layer].values, row);
  }
}
