package org.lambdascope.engine.format.gguf;

/** Types of metadata values. */
public enum GgufValueType {
  UINT8(0, 1),
  INT8(1, 1),
  UINT16(2, 2),
  INT16(3, 2),
  UINT32(4, 4),
  INT32(5, 4),
  FLOAT32(6, 4),
  BOOL(7, 1),
  /** A length in 8 bytes, then UTF-8. */
  STRING(8, 8),
  /** An element type in 4 bytes, a length in 8, then the elements. */
  ARRAY(9, 12),
  UINT64(10, 8),
  INT64(11, 8),
  FLOAT64(12, 8);

  private final int code;
  private final int minBytes;

  GgufValueType(int code, int minBytes) {
    this.code = code;
    this.minBytes = minBytes;
  }

  /** Its code in the file. */
  int code() {
    return code;
  }

  /** The fewest bytes that a value takes in the file. */
  int minBytes() {
    return minBytes;
  }
}
