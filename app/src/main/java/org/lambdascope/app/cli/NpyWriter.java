package org.lambdascope.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.lambdascope.app.npy.Npy;

/**
 * Writes a float32 matrix as NumPy's {@code .npy}, version 1.0: little-endian, C order, row by row,
 * so that the matrix need not be held.
 */
final class NpyWriter {

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
    out.write(Npy.float32Header(rows, columns));
  }

  /** Writes one row {@code [columns]}, from {@code offset}. */
  void row(float[] values, int offset) throws IOException {
    row.clear();
    row.asFloatBuffer().put(values, offset, columns);
    out.write(row.array());
  }
}
