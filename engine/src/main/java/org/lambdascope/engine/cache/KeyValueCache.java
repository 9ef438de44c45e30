package org.lambdascope.engine.cache;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.CachePage;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Keys and values of one text, in pages of {@link #BLOCK} rows, which are the lanes of the
 * kernels. Pages come into being when their first row is reserved.
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
  private final CacheType type;
  private final int keyValueHeads;
  private final int headDim;
  private final Layer[] layers;
  private long bytes;

  private static final class Layer {
    private @Nullable CachePage[] rotatedKeys = {};
    private @Nullable CachePage[] plainKeys = {};
    private @Nullable CachePage[] values = {};
  }

  /**
   * An empty cache.
   *
   * @param layers decoder layers
   * @param keyValueHeads key/value heads per layer
   * @param headDim features per head
   * @param layout where rows lie
   * @param unrotated which keys are also kept un-rotated
   * @param type how numbers are stored
   */
  public KeyValueCache(
      int layers,
      int keyValueHeads,
      int headDim,
      CacheLayout layout,
      Unrotated unrotated,
      CacheType type) {
    this.layout = layout;
    this.unrotated = unrotated;
    this.type = type;
    this.keyValueHeads = keyValueHeads;
    this.headDim = headDim;
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
      CacheType type,
      long tokens) {
    long pages = Math.ceilDiv(layout.rows(tokens), (long) BLOCK);
    long plain =
        switch (unrotated) {
          case NONE -> 0;
          case SINKS -> Math.min(pages, Math.ceilDiv(layout.sinks(), BLOCK));
          case ALL -> pages;
        };
    return layers * (2 * pages + plain) * type.pageBytes(keyValueHeads, headDim);
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

  private @Nullable CachePage[] withPage(@Nullable CachePage[] pages, int page) {
    @Nullable CachePage[] grown =
        page < pages.length ? pages : Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
    if (grown[page] == null) {
      grown[page] = type.newPage(keyValueHeads, headDim);
      bytes += type.pageBytes(keyValueHeads, headDim);
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
    int lane = row % BLOCK;
    Layer store = layers[layer];
    page(store.rotatedKeys, row).write(keyValueHead, lane, rotated, rotatedOffset);
    page(store.values, row).write(keyValueHead, lane, value, valueOffset);
    int number = row / BLOCK;
    if (number < store.plainKeys.length && store.plainKeys[number] != null) {
      store.plainKeys[number].write(keyValueHead, lane, plain, plainOffset);
    }
  }

  private static CachePage page(@Nullable CachePage[] pages, int row) {
    CachePage page = pages[row / BLOCK];
    if (page == null) {
      throw new IllegalStateException("expected row %d to be reserved".formatted(row));
    }
    return page;
  }

  /** The page that holds {@code row}'s keys, rotated to their positions or un-rotated. */
  public CachePage keyPage(int layer, int row, boolean plain) {
    Layer store = layers[layer];
    return page(plain ? store.plainKeys : store.rotatedKeys, row);
  }

  /** The page that holds {@code row}'s values. */
  public CachePage valuePage(int layer, int row) {
    return page(layers[layer].values, row);
  }
}
