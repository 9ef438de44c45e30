package org.lambdascope.engine.format.pickle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds pickles opcode by opcode, and the zip files around them. */
final class PickleBytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleBytes() {
    op(0x80).op(2);
  }

  PickleBytes op(int opcode) {
    out.write(opcode);
    return this;
  }

  PickleBytes global(String module, String name) {
    return op('c').raw(module + "\n" + name + "\n");
  }

  PickleBytes text(String text) {
    op('X').op(text.length()).op(0).op(0).op(0);
    return raw(text);
  }

  PickleBytes number(int value) {
    return op('K').op(value);
  }

  private PickleBytes raw(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** A float tensor {@code [rows, 2]} over the storage {@code data/NAME}. */
  PickleBytes tensor(String storage, int rows, int rowStride) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .op('(')
        .op('(')
        .text("storage")
        .global("torch", "FloatStorage")
        .text(storage)
        .text("cpu")
        .number(4)
        .op('t')
        .op('Q')
        .number(0)
        .number(rows)
        .number(2)
        .op(0x86)
        .number(rowStride)
        .number(1)
        .op(0x86)
        .op(0x89)
        .global("collections", "OrderedDict")
        .op(')')
        .op('R')
        .op('t')
        .op('R');
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** A checkpoint with one tensor {@code w}: [[0, 1], [2, 3]]. */
  static byte[] checkpoint() {
    return new PickleBytes().op('}').text("w").tensor("0", 2, 2).op('s').op('.').bytes();
  }

  /** The zip that torch.save writes around a pickle, with four floats as the only storage. */
  static byte[] zip(byte[] pickle) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle);
    entries.put("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    byte[] floats = new byte[16];
    for (int i = 0; i < 4; i++) {
      int bits = Float.floatToRawIntBits(i);
      for (int b = 0; b < 4; b++) {
        floats[4 * i + b] = (byte) (bits >> (8 * b));
      }
    }
    entries.put("archive/data/0", floats);
    return zip(entries, ZipEntry.STORED);
  }

  static byte[] zip(Map<String, byte[]> entries, int method) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> e : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(e.getKey());
        entry.setMethod(method);
        entry.setSize(e.getValue().length);
        CRC32 crc = new CRC32();
        crc.update(e.getValue());
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(e.getValue());
        zip.closeEntry();
      }
    }
    return file.toByteArray();
  }
}
