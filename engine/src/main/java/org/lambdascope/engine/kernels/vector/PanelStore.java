package org.lambdascope.engine.kernels.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Room for weights that stay packed. Packing is done for every pass over many rows. In a small
 * model that is read again at every move of a slider it is a tenth of the time, and memory is
 * better spent on doing it once; a large one has neither the time to save nor the memory.
 */
final class PanelStore {

  /** Bytes that the packed weights of a model may take: those of some 16 million parameters. */
  private static final long ROOM = 64L << 20;

  private static final long LINE = 64;

  private final AtomicLong wanted = new AtomicLong();

  /** Says of a matrix that is bound how many bytes it would take. */
  void want(long bytes) {
    wanted.addAndGet(bytes);
  }

  /** Whether there is room for all that was bound. */
  boolean hasRoom() {
    return wanted.get() <= ROOM;
  }

  /** Room that begins with a cache line. */
  MemorySegment allocate(long bytes) {
    return Arena.ofAuto().allocate(bytes, LINE);
  }
}
