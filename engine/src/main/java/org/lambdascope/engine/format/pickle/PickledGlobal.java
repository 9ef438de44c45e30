package org.lambdascope.engine.format.pickle;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.tensor.DType;

/**
 * The Python names that a checkpoint of tensors needs. Nothing of Python is ever called: each is a
 * word that {@link PickleReader} understands. Every other name is refused.
 */
enum PickledGlobal {
  ORDERED_DICT("collections", "OrderedDict", 0, null),
  REBUILD_TENSOR("torch._utils", "_rebuild_tensor_v2", 0, null),
  REBUILD_PARAMETER("torch._utils", "_rebuild_parameter", 0, null),
  FLOAT("torch", "FloatStorage", 4, DType.F32),
  HALF("torch", "HalfStorage", 2, DType.F16),
  BFLOAT16("torch", "BFloat16Storage", 2, DType.BF16),
  DOUBLE("torch", "DoubleStorage", 8, null),
  LONG("torch", "LongStorage", 8, null),
  INT("torch", "IntStorage", 4, null),
  SHORT("torch", "ShortStorage", 2, null),
  CHAR("torch", "CharStorage", 1, null),
  BYTE("torch", "ByteStorage", 1, null),
  BOOL("torch", "BoolStorage", 1, null);

  private final String module;
  private final String name;
  private final int elementBytes;
  private final @Nullable DType dtype;

  PickledGlobal(String module, String name, int elementBytes, @Nullable DType dtype) {
    this.module = module;
    this.name = name;
    this.elementBytes = elementBytes;
    this.dtype = dtype;
  }

  /** The word for a Python name, if it is known. */
  static Optional<PickledGlobal> find(String module, String name) {
    return Arrays.stream(values())
        .filter(g -> g.module.equals(module) && g.name.equals(name))
        .findFirst();
  }

  /** Bytes per element of a storage; 0 for what is no storage. */
  int elementBytes() {
    return elementBytes;
  }

  /** The engine's element type, or null if it cannot be read. */
  @Nullable DType dtype() {
    return dtype;
  }

  /** The element type as PyTorch calls it, such as {@code BFloat16}. */
  String storedType() {
    return name.replace("Storage", "");
  }
}
