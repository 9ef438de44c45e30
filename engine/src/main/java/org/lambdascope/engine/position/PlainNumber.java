package org.lambdascope.engine.position;

/** Writes whole numbers without a fraction: {@code 10000}, not {@code 10000.0}. */
final class PlainNumber {

  private PlainNumber() {}

  static String of(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
