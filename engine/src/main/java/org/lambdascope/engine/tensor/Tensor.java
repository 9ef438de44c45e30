package org.lambdascope.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A named, read-only, row-major weight: a view of a memory-mapped file, of a copy of it, or of a
 * heap array.
 *
 * @param name the name in its file
 * @param dtype the element type
 * @param shape dimensions, outermost first, as PyTorch prints them
 * @param data exactly {@code dtype.bytes(elements)} bytes, little-endian
 */
public record Tensor(String name, DType dtype, long[] shape, MemorySegment data) {

  public Tensor {
    shape = shape.clone();
    long expected = dtype.bytes(elements(shape));
    if (data.byteSize() != expected) {
      throw new IllegalArgumentException(
          "tensor %s %s%s: expected %d bytes, found %d"
              .formatted(name, dtype, Arrays.toString(shape), expected, data.byteSize()));
    }
    if (shape.length > 0 && shape[shape.length - 1] % dtype.blockSize() != 0) {
      throw new IllegalArgumentException(
          "tensor %s: rows of %d elements are not whole %s blocks"
              .formatted(name, shape[shape.length - 1], dtype));
    }
  }

  /** Wraps a float array without a copy. */
  public static Tensor ofFloats(String name, float[] values, long... shape) {
    return new Tensor(name, DType.F32, shape, MemorySegment.ofArray(values).asReadOnly());
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** Size of dimension {@code axis}, as an int. */
  public int dim(int axis) {
    return Math.toIntExact(shape[axis]);
  }

  /** Product of the dimensions. */
  public long elements() {
    return elements(shape);
  }

  private static long elements(long[] shape) {
    long n = 1;
    for (long d : shape) {
      n = Math.multiplyExact(n, d);
    }
    return n;
  }

  @Override
  public String toString() {
    return "%s %s%s".formatted(name, dtype, Arrays.toString(shape));
  }

  @Override
  public boolean equals(Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
