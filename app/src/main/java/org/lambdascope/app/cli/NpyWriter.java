package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a float32 matrix as NumPy's {@code .npy}, version 1.0: little-endian, C order, row by row,
 * so that the matrix need not be held.
 */
final class NpyWriter {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The data begin at a multiple of this, as the format asks. */
  private static final int ALIGNMENT = 64;

  private final OutputStream out;
  private final ByteBuffer row;
  private final int columns;

  /**
   * Writes the header.
   *
   * @param rows rows that will follow
   * @param columns values per row
   */
  NpyWriter(OutputStream out, int rows, int columns) throws IOException {
    this.out = out;
    this.columns = columns;
    row =
        ByteBuffer.allocate(Math.multiplyExact(columns, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    String description =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, columns);
    int unpadded = MAGIC.length + Short.BYTES + description.length() + 1;
    int total = Math.ceilDiv(unpadded, ALIGNMENT) * ALIGNMENT;
    String header = description + " ".repeat(total - unpadded) + "\n";
    out.write(MAGIC);
    out.write(header.length() & 0xFF);
    out.write(header.length() >>> 8);
    out.write(header.getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes one row {@code [columns]}, from {@code offset}. */
  void row(float[] values, int offset) throws IOException {
    row.clear();
    row.asFloatBuffer().put(values, offset, columns);
    out.write(row.array());
  }
}
