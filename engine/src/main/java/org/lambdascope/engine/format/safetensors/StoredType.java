package org.lambdascope.engine.format.safetensors;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.tensor.DType;

/** Element types that the safetensors format knows; {@link #dtype()} for those we read. */
enum StoredType {
  F32(32, DType.F32),
  F16(16, DType.F16),
  BF16(16, DType.BF16),
  BOOL(8, null),
  U8(8, null),
  I8(8, null),
  U16(16, null),
  I16(16, null),
  U32(32, null),
  I32(32, null),
  U64(64, null),
  I64(64, null),
  F64(64, null),
  C64(64, null),
  F4(4, null),
  F6_E2M3(6, null),
  F6_E3M2(6, null),
  F8_E4M3(8, null),
  F8_E5M2(8, null),
  F8_E8M0(8, null),
  F8_E4M3FNUZ(8, null),
  F8_E5M2FNUZ(8, null);

  private final int bits;
  private final @Nullable DType dtype;

  StoredType(int bits, @Nullable DType dtype) {
    this.bits = bits;
    this.dtype = dtype;
  }

  /** Bits per element. */
  int bits() {
    return bits;
  }

  /** The engine's type, or null if it cannot be read. */
  @Nullable DType dtype() {
    return dtype;
  }
}
