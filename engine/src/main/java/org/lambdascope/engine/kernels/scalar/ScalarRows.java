package org.lambdascope.engine.kernels.scalar;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Reads rows of a stored matrix as floats, one element after the other. The vector kernels read
 * embeddings by it too: a row a token is too rarely for the compiler to be relied on, and vectors
 * that it does not see through are garbage.
 */
public final class ScalarRows {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final DType dtype;
  private final MemorySegment data;
  private final int rows;
  private final int columns;
  private final long rowBytes;

  /**
   * Views a matrix.
   *
   * @throws IllegalArgumentException if the tensor has not 2 dimensions
   */
  public ScalarRows(Tensor weight) {
    if (weight.rank() != 2) {
      throw new IllegalArgumentException(
          "tensor %s: expected 2 dimensions, found %s"
              .formatted(weight.name(), Arrays.toString(weight.shape())));
    }
    name = weight.name();
    dtype = weight.dtype();
    data = weight.data();
    rows = weight.dim(0);
    columns = weight.dim(1);
    rowBytes = dtype.bytes(columns);
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /**
   * Writes row {@code row} to {@code out[outOffset … outOffset + columns)}.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public void read(int row, float[] out, int outOffset) {
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException(
          "tensor %s: expected a row in [0, %d), found %d".formatted(name, rows, row));
    }
    long start = row * rowBytes;
    switch (dtype) {
      case F32 -> {
        for (int k = 0; k < columns; k++) {
          out[outOffset + k] = data.get(FLOAT, start + 4L * k);
        }
      }
      case F16 -> {
        for (int k = 0; k < columns; k++) {
          out[outOffset + k] = Float.float16ToFloat(data.get(SHORT, start + 2L * k));
        }
      }
      case BF16 -> {
        for (int k = 0; k < columns; k++) {
          out[outOffset + k] = Float.intBitsToFloat(data.get(SHORT, start + 2L * k) << 16);
        }
      }
      default -> {
        for (int k = 0; k < columns; k++) {
          long block = start + (long) (k / dtype.blockSize()) * dtype.blockBytes();
          out[outOffset + k] = ScalarBlocks.element(dtype, data, block, k % dtype.blockSize());
        }
      }
    }
  }
}
