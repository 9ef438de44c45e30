package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * All panels of one matrix, each packed when it is first wanted. Two threads that want one at the
 * same time both pack it, with the same numbers.
 */
final class KeptPanels {

  private final MemorySegment[] panels;
  private final AtomicIntegerArray packed;
  private final int deep;

  /** Panels of a matrix {@code [rows, columns]}. */
  KeptPanels(PanelStore store, int rows, int columns) {
    deep = Math.ceilDiv(columns, Scratch.DEPTH);
    panels = new MemorySegment[Math.ceilDiv(rows, Scratch.WIDTH) * deep];
    packed = new AtomicIntegerArray(panels.length);
    MemorySegment room = store.allocate(bytes(rows, columns));
    long at = 0;
    for (int p = 0; p < panels.length; p++) {
      long bytes = bytes(Math.min(Scratch.DEPTH, columns - p % deep * Scratch.DEPTH));
      panels[p] = room.asSlice(at, bytes);
      at += bytes;
    }
  }

  /** Bytes that all panels of a matrix take. */
  static long bytes(int rows, int columns) {
    long deepest = (long) (columns / Scratch.DEPTH) * bytes(Scratch.DEPTH);
    return Math.ceilDiv(rows, Scratch.WIDTH) * (deepest + bytes(columns % Scratch.DEPTH));
  }

  /** Whole vectors of columns: that is how they are transposed. */
  private static long bytes(int depth) {
    return (long) Float.BYTES * Scratch.WIDTH * Lanes.N * Math.ceilDiv(depth, Lanes.N);
  }

  /**
   * Which panel it is.
   *
   * @param output its first, a multiple of {@link Scratch#WIDTH}
   * @param column its first, a multiple of {@link Scratch#DEPTH}
   */
  int index(int output, int column) {
    return output / Scratch.WIDTH * deep + column / Scratch.DEPTH;
  }

  MemorySegment panel(int index) {
    return panels[index];
  }

  boolean isPacked(int index) {
    return packed.get(index) != 0;
  }

  void setPacked(int index) {
    packed.set(index, 1);
  }
}
