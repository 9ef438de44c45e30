package org.lambdascope.engine.study;

/**
 * What a unit of work needs, as it is predicted.
 *
 * @param work about how many multiply-adds it takes, those that write counted as often as reading
 *     is faster
 * @param bytes that its caches and captures take at most at a time
 */
public record UnitNeed(double work, long bytes) {

  /** Nothing. */
  static final UnitNeed NONE = new UnitNeed(0, 0);

  /** This and then another. */
  UnitNeed then(UnitNeed next) {
    return new UnitNeed(work + next.work, Math.max(bytes, next.bytes));
  }

  /** This, that many times. */
  UnitNeed times(double count) {
    return new UnitNeed(count * work, bytes);
  }
}
