package org.lambdascope.engine.cache;

/** Where the cache keeps each position's key and value. */
public sealed interface CacheLayout {

  /** The row of a position that is still kept. */
  int row(int position);

  /**
   * How many positions from {@code position} on, itself counted, lie in consecutive rows. A long
   * run when the layout never breaks.
   */
  int consecutive(int position);

  /** Rows in use after {@code tokens} positions were written. */
  long rows(long tokens);

  /** The first positions, which are never overwritten. */
  int sinks();

  /** The oldest position after the sinks that is still kept when {@code next} is written next. */
  int oldest(int next);

  /** Row = position; nothing is ever dropped. */
  record Contiguous() implements CacheLayout {
    @Override
    public int row(int position) {
      return position;
    }

    @Override
    public int consecutive(int position) {
      return Integer.MAX_VALUE - position;
    }

    @Override
    public long rows(long tokens) {
      return tokens;
    }

    @Override
    public int sinks() {
      return 0;
    }

    @Override
    public int oldest(int next) {
      return 0;
    }
  }

  /**
   * The first {@code sinks} positions for ever, then a ring. Row = position until the ring closes,
   * so until then the layout is that of {@link Contiguous} and kernels add in the same order.
   *
   * @param sinks rows that are never overwritten
   * @param ring rows of the ring
   */
  record SinkAndRing(int sinks, int ring) implements CacheLayout {
    @Override
    public int row(int position) {
      return position < sinks ? position : sinks + (position - sinks) % ring;
    }

    @Override
    public int consecutive(int position) {
      // Up to the ring's end: sinks run into the ring's first lap, and only into that.
      if (position < sinks) {
        return sinks - position;
      }
      return ring - (position - sinks) % ring;
    }

    @Override
    public int oldest(int next) {
      return Math.max(sinks, next - ring);
    }

    @Override
    public long rows(long tokens) {
      return Math.min(tokens, (long) sinks + ring);
    }
  }

  /**
   * The layout that keeps {@code sinks} initial and {@code recent} last positions while up to
   * {@code maxChunk} are written before they are read.
   */
  static CacheLayout keeping(int sinks, int recent, int maxChunk) {
    long wanted = (long) sinks + recent - 1 + maxChunk;
    long whole = Math.ceilDiv(wanted, KeyValueCache.BLOCK) * (long) KeyValueCache.BLOCK;
    if (whole > Integer.MAX_VALUE) {
      // No text is that long, so the ring never closes; but the sinks must stay known as sinks.
      return new SinkAndRing(sinks, Math.max(1, Integer.MAX_VALUE - sinks));
    }
    return new SinkAndRing(sinks, (int) whole - sinks);
  }
}
