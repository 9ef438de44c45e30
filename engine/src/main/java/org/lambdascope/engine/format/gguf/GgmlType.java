package org.lambdascope.engine.format.gguf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.tensor.DType;

/**
 * Element types of tensors in GGUF files: code, elements per block and bytes per block as ggml
 * defines them, so that the extent of a tensor is known even where it cannot be read.
 */
enum GgmlType {
  F32(0, 1, 4, DType.F32),
  F16(1, 1, 2, DType.F16),
  Q4_0(2, 32, 18, DType.Q4_0),
  Q4_1(3, 32, 20, DType.Q4_1),
  Q5_0(6, 32, 22, DType.Q5_0),
  Q5_1(7, 32, 24, DType.Q5_1),
  Q8_0(8, 32, 34, DType.Q8_0),
  Q8_1(9, 32, 36, null),
  Q2_K(10, 256, 84, DType.Q2_K),
  Q3_K(11, 256, 110, DType.Q3_K),
  Q4_K(12, 256, 144, DType.Q4_K),
  Q5_K(13, 256, 176, DType.Q5_K),
  Q6_K(14, 256, 210, DType.Q6_K),
  Q8_K(15, 256, 292, null),
  IQ2_XXS(16, 256, 66, null),
  IQ2_XS(17, 256, 74, null),
  IQ3_XXS(18, 256, 98, null),
  IQ1_S(19, 256, 50, null),
  IQ4_NL(20, 32, 18, DType.IQ4_NL),
  IQ3_S(21, 256, 110, null),
  IQ2_S(22, 256, 82, null),
  IQ4_XS(23, 256, 136, null),
  I8(24, 1, 1, null),
  I16(25, 1, 2, null),
  I32(26, 1, 4, null),
  I64(27, 1, 8, null),
  F64(28, 1, 8, null),
  IQ1_M(29, 256, 56, null),
  BF16(30, 1, 2, DType.BF16),
  TQ1_0(34, 256, 54, null),
  TQ2_0(35, 256, 66, null),
  MXFP4(39, 32, 17, null);

  private static final Map<Integer, GgmlType> BY_CODE = new HashMap<>();

  static {
    for (GgmlType type : values()) {
      BY_CODE.put(type.code, type);
    }
  }

  private final int code;
  private final int blockSize;
  private final int blockBytes;
  private final @Nullable DType dtype;

  GgmlType(int code, int blockSize, int blockBytes, @Nullable DType dtype) {
    this.code = code;
    this.blockSize = blockSize;
    this.blockBytes = blockBytes;
    this.dtype = dtype;
  }

  /** The type of a code, if it is known. */
  static Optional<GgmlType> of(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** The type that stores an engine's type. */
  static GgmlType of(DType dtype) {
    for (GgmlType type : values()) {
      if (type.dtype == dtype) {
        return type;
      }
    }
    throw new IllegalArgumentException("expected a type that GGUF has, found " + dtype);
  }

  /** Its number in the file. */
  int code() {
    return code;
  }

  /** Elements per block, along the innermost dimension. */
  int blockSize() {
    return blockSize;
  }

  /** Bytes per block. */
  int blockBytes() {
    return blockBytes;
  }

  /** The engine's type, or null if it cannot be read. */
  @Nullable DType dtype() {
    return dtype;
  }
}
