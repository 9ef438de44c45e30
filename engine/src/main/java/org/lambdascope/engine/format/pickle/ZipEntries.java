package org.lambdascope.engine.format.pickle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lambdascope.engine.format.MappedFile;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.Quoted;

/**
 * The uncompressed entries of a zip file, as ranges of the mapped file: large storages are then
 * viewed where they lie. Reads the central directory, with the zip64 records of large files (PKWARE
 * APPNOTE 4.3, 4.5.3).
 */
final class ZipEntries {

  /**
   * A stored entry.
   *
   * @param offset of its first byte in the file
   * @param bytes how many
   */
  record Entry(long offset, long bytes) {}

  private static final ValueLayout.OfInt INT = little(ValueLayout.JAVA_INT_UNALIGNED);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;

  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int END_64_BYTES = 56;
  private static final int LOCATOR_BYTES = 20;
  private static final int MAX_COMMENT = 0xffff;
  private static final long IN_ZIP64 = 0xffff_ffffL;
  private static final int MAX_ENTRIES = 1_000_000;

  private final String where;
  private final MemorySegment data;

  private ZipEntries(MappedFile file) {
    where = file.path().toString();
    data = file.data();
  }

  private static ValueLayout.OfInt little(ValueLayout.OfInt layout) {
    return layout.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether a file begins as a zip does. */
  static boolean isZip(MappedFile file) {
    return file.size() >= LOCAL_BYTES && file.data().get(INT, 0) == LOCAL;
  }

  /**
   * Reads the directory.
   *
   * @return entries by name, in the directory's order
   * @throws ModelFormatException if the directory is malformed, or an entry is compressed
   */
  static Map<String, Entry> read(MappedFile file) throws ModelFormatException {
    return new ZipEntries(file).read();
  }

  private Map<String, Entry> read() throws ModelFormatException {
    long end = end();
    long count = u16(end + 10);
    long at = u32(end + 16);
    if (at == IN_ZIP64 || count == 0xffff) {
      long end64 = end64(end);
      count = u64(end64 + 32);
      at = u64(end64 + 48);
    }
    if (count < 0 || count > MAX_ENTRIES) {
      throw fault("expected at most %d entries, found %d".formatted(MAX_ENTRIES, count));
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      require(at, CENTRAL_BYTES, "directory");
      if (data.get(INT, at) != CENTRAL) {
        throw fault(
            "expected entry %d of the zip directory at byte %d, found other bytes"
                .formatted(i, at));
      }
      int nameBytes = u16(at + 28);
      int extraBytes = u16(at + 30);
      require(at + CENTRAL_BYTES, (long) nameBytes + extraBytes, "directory");
      String name = text(at + CENTRAL_BYTES, nameBytes);
      Entry entry = entry(at, name, at + CENTRAL_BYTES + nameBytes, extraBytes);
      if (entries.put(name, entry) != null) {
        throw fault("expected each entry once, found %s twice".formatted(Quoted.of(name)));
      }
      at += CENTRAL_BYTES + nameBytes + extraBytes + u16(at + 32);
    }
    return entries;
  }

  private Entry entry(long at, String name, long extra, int extraBytes)
      throws ModelFormatException {
    int method = u16(at + 10);
    if (method != 0) {
      throw fault(
          "entry %s: expected it to be stored, found compression method %d; torch.save does not compress"
              .formatted(Quoted.of(name), method));
    }
    long bytes = u32(at + 24);
    long header = u32(at + 42);
    if (bytes == IN_ZIP64 || header == IN_ZIP64) {
      long field = zip64(extra, extraBytes, name);
      if (bytes == IN_ZIP64) {
        bytes = u64(field);
        field += 8;
      }
      if (u32(at + 20) == IN_ZIP64) {
        field += 8; // the compressed size, which is the same
      }
      if (header == IN_ZIP64) {
        header = u64(field);
      }
    }
    require(header, LOCAL_BYTES, "entry " + Quoted.of(name));
    if (data.get(INT, header) != LOCAL) {
      throw fault(
          "entry %s: expected its header at byte %d, found other bytes"
              .formatted(Quoted.of(name), header));
    }
    long start = header + LOCAL_BYTES + u16(header + 26) + u16(header + 28);
    require(start, bytes, "entry " + Quoted.of(name));
    return new Entry(start, bytes);
  }

  private long zip64(long extra, int extraBytes, String name) throws ModelFormatException {
    long at = extra;
    long end = extra + extraBytes;
    while (at + 4 <= end) {
      int size = u16(at + 2);
      if (u16(at) == 1 && at + 4 + size <= end) {
        require(
            at + 4, 24, "entry " + Quoted.of(name)); // whatever its size says, reads stay inside
        return at + 4;
      }
      at += 4 + size;
    }
    throw fault("entry %s: expected a zip64 field, found none".formatted(Quoted.of(name)));
  }

  private long end() throws ModelFormatException {
    long size = data.byteSize();
    long first = Math.max(0, size - END_BYTES - MAX_COMMENT);
    for (long at = size - END_BYTES; at >= first; at--) {
      if (data.get(INT, at) == END) {
        return at;
      }
    }
    throw fault("expected a zip directory at the end, found none; the file is cut short");
  }

  private long end64(long end) throws ModelFormatException {
    long locator = end - LOCATOR_BYTES;
    if (locator < 0 || data.get(INT, locator) != LOCATOR_64) {
      throw fault("expected a zip64 locator before the end of the directory, found none");
    }
    long at = u64(locator + 8);
    require(at, END_64_BYTES, "zip64 directory");
    if (data.get(INT, at) != END_64) {
      throw fault("expected a zip64 directory at byte %d, found other bytes".formatted(at));
    }
    return at;
  }

  private void require(long offset, long bytes, String what) throws ModelFormatException {
    if (offset < 0 || bytes < 0 || offset > data.byteSize() || bytes > data.byteSize() - offset) {
      throw fault(
          "%s: expected %d bytes from byte %d on, found a file of %d bytes"
              .formatted(what, bytes, offset, data.byteSize()));
    }
  }

  private int u16(long at) {
    return Short.toUnsignedInt(data.get(SHORT, at));
  }

  private long u32(long at) {
    return Integer.toUnsignedLong(data.get(INT, at));
  }

  private long u64(long at) {
    return data.get(LONG, at);
  }

  private String text(long at, int bytes) {
    byte[] utf8 = data.asSlice(at, bytes).toArray(ValueLayout.JAVA_BYTE);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private ModelFormatException fault(String what) {
    return new ModelFormatException(where, what);
  }
}
