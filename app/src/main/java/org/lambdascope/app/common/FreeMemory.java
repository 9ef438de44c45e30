package org.lambdascope.app.common;

/** The memory that runs may still take. */
@FunctionalInterface
public interface FreeMemory {

  /** Bytes that a run may still take; what nobody uses any more may count as taken. */
  long bytes();

  /**
   * Frees what nobody uses any more, such as the cache of a run that has ended. May take a while.
   */
  default void collect() {}

  /** The heap, where caches lie. */
  static FreeMemory heap() {
    return new FreeMemory() {
      @Override
      public long bytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
      }

      @Override
      public void collect() {
        System.gc();
      }
    };
  }
}
