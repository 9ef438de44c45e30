package org.lambdascope.engine.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.lambdascope.engine.format.ModelFormatException;

/**
 * Checks the precompiled character map of a SentencePiece normalizer: a double-array trie and the
 * strings that its values point to. The library walks the trie without looking where it steps, so
 * every step must be known to stay inside.
 *
 * <p>Source: SentencePiece, {@code normalizer.cc} (uint32 size of the trie, trie, strings) and
 * Darts-clone, whose units these are.
 */
final class CharacterMap {

  private static final int UNIT_BYTES = 4;
  private static final int LABELS = 256;

  private CharacterMap() {}

  static void check(ByteBuffer map, String where) throws ModelFormatException {
    if (!map.hasRemaining()) {
      return;
    }
    ByteBuffer in = map.slice().order(ByteOrder.LITTLE_ENDIAN);
    long trieBytes = in.remaining() < UNIT_BYTES ? -1 : Integer.toUnsignedLong(in.getInt());
    if (trieBytes <= 0 || trieBytes >= in.remaining() || trieBytes % (LABELS * UNIT_BYTES) != 0) {
      throw new ModelFormatException(
          where,
          "expected a trie in whole blocks of 1024 bytes followed by strings, but found a trie of "
              + trieBytes
              + " bytes with "
              + in.remaining()
              + " to come");
    }
    int units = (int) (trieBytes / UNIT_BYTES);
    int strings = in.remaining() - (int) trieBytes;
    for (int i = 0; i < units; i++) {
      if (!staysInside(in, i, units, strings)) {
        throw new ModelFormatException(
            where,
            "expected unit " + i + " of the trie to point inside the map, but it points elsewhere");
      }
    }
    if (in.get(in.limit() - 1) != 0) {
      throw new ModelFormatException(where, "expected a closing zero byte after the strings");
    }
  }

  private static boolean staysInside(ByteBuffer map, int unit, int units, int strings) {
    int bits = map.getInt(UNIT_BYTES * (1 + unit));
    if (bits < 0) {
      return true; // a value: looked at only from the unit before it
    }
    int offset = (bits >>> 10) << ((bits & (1 << 9)) >>> 6);
    int target = unit ^ offset;
    // A step lands on target ^ label, so anywhere in the target's block of labels.
    if ((target | (LABELS - 1)) >= units) {
      return false;
    }
    boolean hasValue = (bits & (1 << 8)) != 0;
    return !hasValue || (map.getInt(UNIT_BYTES * (1 + target)) & Integer.MAX_VALUE) < strings;
  }
}
