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
    if (size == capacity && (capacity == 0 || kernels.max(x, offset, n) <= values[0])) {
      return;
    }
    for (int k = 0; k < n; k++) {
      float value = x[offset + k];
      if (size < capacity) {
        if (!Float.isNaN(value)) {
          push(value, firstKey + k);
        }
      } else if (value > values[0]) {
        sink(value, firstKey + k);
      }
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
