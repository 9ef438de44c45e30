package org.lambdascope.engine.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.tensor.DType;

/**
 * One entry of a file's table of tensors, checked against the file.
 *
 * @param name the name in the file
 * @param storedType the element type as the file calls it, such as {@code BF16} or {@code Q4_K}
 * @param dtype the element type, or null if this engine cannot read it
 * @param shape dimensions, outermost first
 * @param offset of the first byte, from the beginning of the file
 * @param bytes that the tensor takes
 */
public record TensorInfo(
    String name, String storedType, @Nullable DType dtype, long[] shape, long offset, long bytes) {

  public TensorInfo {
    shape = shape.clone();
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Whether the engine can read the tensor; otherwise it is only listed. */
  public boolean readable() {
    return dtype != null;
  }

  /** End of the tensor, exclusive, from the beginning of the file. */
  public long end() {
    return offset + bytes;
  }

  @Override
  public String toString() {
    return "%s %s%s".formatted(name, storedType, Arrays.toString(shape));
  }
}
