package org.lambdascope.engine.model.cepe;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encoded chunks by their tokens. They are held softly: what a session attends to stays, and the
 * rest goes when the heap is wanted for something else. Not thread-safe.
 */
final class ChunkMemory {

  private record Key(int[] tokens) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Arrays.equals(tokens, key.tokens);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(tokens);
    }
  }

  private static final class Entry extends SoftReference<PhiChunk> {
    private final Key key;

    Entry(Key key, PhiChunk chunk, ReferenceQueue<PhiChunk> cleared) {
      super(chunk, cleared);
      this.key = key;
    }
  }

  private final Map<Key, Entry> entries = new HashMap<>();
  private final ReferenceQueue<PhiChunk> cleared = new ReferenceQueue<>();

  /** The chunk with these tokens, if it is still there. */
  @Nullable PhiChunk find(int[] tokens) {
    Entry entry = entries.get(new Key(tokens));
    return entry == null ? null : entry.get();
  }

  /** Remembers a chunk. */
  void put(int[] tokens, PhiChunk chunk) {
    for (Reference<? extends PhiChunk> gone = cleared.poll(); gone != null; gone = cleared.poll()) {
      if (gone instanceof Entry entry) {
        entries.remove(entry.key, entry);
      }
    }
    Key key = new Key(tokens.clone());
    entries.put(key, new Entry(key, chunk, cleared));
  }
}
