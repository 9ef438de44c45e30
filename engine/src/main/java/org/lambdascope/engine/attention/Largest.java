package org.lambdascope.engine.attention;

import java.util.Arrays;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Keeps the largest of a stream of numbers with the keys that they belong to; of equal ones the
 * earlier. NaN is never kept. Reused, so a choice costs no allocation.
 */
final class Largest {

  private final Kernels kernels;

  // A heap with the one to be dropped next on top: the smallest, and of equal ones the latest.
  private float[] values = new float[8];
  private int[] keys = new int[8];
  private int size;
  private int capacity;

  Largest(Kernels kernels) {
    this.kernels = kernels;
  }

  /** Forgets everything. */
  void start(int capacity) {
    this.capacity = capacity;
    size = 0;
  }

  /** Offers numbers whose keys are {@code firstKey, firstKey + 1, …}, above all keys before. */
  void offer(float[] x, int offset, int n, int firstKey) {
    int k = 0;
    for (; k < n && size < capacity; k++) {
      if (!Float.isNaN(x[offset + k])) {
        push(x[offset + k], firstKey + k);
      }
    }
    while (k < n && capacity > 0) {
      int count = Math.min(n - k, Long.SIZE);
      long above = kernels.above(x, offset + k, count, values[0]);
      for (; above != 0; above &= above - 1) {
        int at = k + Long.numberOfTrailingZeros(above);
        if (x[offset + at] > values[0]) { // which has risen since
          sink(x[offset + at], firstKey + at);
        }
      }
      k += count;
    }
  }

  /** How many are kept. */
  int size() {
    return size;
  }

  /** Sorts the keys that are kept; nothing more may be offered then. */
  int[] sortedKeys() {
    Arrays.sort(keys, 0, size);
    return keys;
  }

  private void push(float value, int key) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      keys = Arrays.copyOf(keys, 2 * size);
    }
    int at = size++;
    while (at > 0 && dropsBefore(value, key, (at - 1) / 2)) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    values[at] = value;
    keys[at] = key;
  }

  /** Replaces the top. */
  private void sink(float value, int key) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child + 1 < size && dropsBefore(values[child + 1], keys[child + 1], child)) {
        child++;
      }
      if (child >= size || dropsBefore(value, key, child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    values[at] = value;
    keys[at] = key;
  }

  private void move(int from, int to) {
    values[to] = values[from];
    keys[to] = keys[from];
  }

  private boolean dropsBefore(float value, int key, int other) {
    return value < values[other] || (value == values[other] && key > keys[other]);
  }
}
