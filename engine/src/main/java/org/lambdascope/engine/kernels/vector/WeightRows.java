package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.lambdascope.engine.tensor.Tensor;

/**
 * A stored matrix {@code [rows, columns]}, read where it lies. One subclass per data type: the
 * loops are written out in each, because a vector that crosses a virtual call is put on the heap.
 */
abstract sealed class WeightRows permits DirectRows, NibbleRows, Q2KRows, Q3KRows, Q5KRows {

  static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LE);
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LE);
  static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LE);

  final MemorySegment data;
  final int rows;
  final int columns;
  final long rowBytes;

  WeightRows(Tensor weight) {
    rows = weight.dim(0);
    columns = weight.dim(1);
    rowBytes = weight.dtype().bytes(columns);
    data = offHeap(weight.data());
  }

  /**
   * Views a matrix.
   *
   * @throws IllegalArgumentException if the tensor has not 2 dimensions
   */
  static WeightRows of(Tensor weight) {
    requireMatrix(weight);
    return switch (weight.dtype()) {
      case F32 -> new F32Rows(weight);
      case F16 -> new F16Rows(weight);
      case BF16 -> new Bf16Rows(weight);
      case Q8_0 -> new Q8Rows(weight);
      case Q4_0 -> new Q4Rows(weight);
      case Q4_1, Q5_0, Q5_1, IQ4_NL -> new NibbleRows(weight);
      case Q2_K -> new Q2KRows(weight);
      case Q3_K -> new Q3KRows(weight);
      case Q4_K -> new Q4KRows(weight);
      case Q5_K -> new Q5KRows(weight);
      case Q6_K -> new Q6KRows(weight);
    };
  }

  /**
   * Views one row as a matrix {@code [1, columns]}.
   *
   * @throws IllegalArgumentException if the tensor has not 2 dimensions
   * @throws IndexOutOfBoundsException if there is no such row
   */
  static WeightRows ofRow(Tensor weight, int row) {
    requireMatrix(weight);
    int rows = weight.dim(0);
    int columns = weight.dim(1);
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException(
          "tensor %s: expected a row in [0, %d), found %d".formatted(weight.name(), rows, row));
    }
    long bytes = weight.dtype().bytes(columns);
    return of(
        new Tensor(
            weight.name(),
            weight.dtype(),
            new long[] {1, columns},
            weight.data().asSlice(row * bytes, bytes)));
  }

  private static void requireMatrix(Tensor weight) {
    if (weight.rank() != 2) {
      throw new IllegalArgumentException(
          "tensor %s: expected 2 dimensions, found %s"
              .formatted(weight.name(), Arrays.toString(weight.shape())));
    }
  }

  /**
   * Vectors cannot be loaded from a segment over a {@code float[]}. Such weights are small (tests,
   * values made at run time), so they are copied; mapped files never are.
   */
  private static MemorySegment offHeap(MemorySegment data) {
    return data.isNative()
        ? data
        : Arena.ofAuto().allocate(data.byteSize(), 64).copyFrom(data).asReadOnly();
  }

  /**
   * Refuses a matrix that ends too early. Whoever loops over {@link #data} calls this with its
   * {@code byteSize()}, asked for in the method of the loop: that also tells the compiler which
   * kind of segment it is. Inside the Vector API segments of all kinds meet, and a loop that has to
   * ask at each vector takes a third longer.
   */
  static void requireBytes(long size, long end) {
    if (size < end) {
      throw new IndexOutOfBoundsException(
          "weights: expected at least %d bytes, found %d".formatted(end, size));
    }
  }

  /**
   * Dequantises {@code n} columns of one row from {@code column} on; both are whole blocks, except
   * that {@code n} may end with the row.
   */
  abstract void read(int row, int column, int n, float[] out, int outOffset);
}
