package org.lambdascope.engine.attention;

/**
 * Keys and values of a text's first positions as a decoder computed them, before any rotation: what
 * a cache under another policy is filled from, where both policies read those positions alike.
 */
public final class KeyValueRecord {

  private final int width;
  private final int positions;
  private final float[][] keys; // [layers][positions, width]
  private final float[][] values;

  /**
   * Makes room.
   *
   * @param layers decoder layers
   * @param width features of all key/value heads together
   * @param positions the most that are recorded; later ones are left out
   */
  public KeyValueRecord(int layers, int width, int positions) {
    this.width = width;
    this.positions = positions;
    keys = new float[layers][Math.multiplyExact(positions, width)];
    values = new float[layers][positions * width];
  }

  /** Bytes that a recorded position takes. */
  public static long bytesPerPosition(int layers, int width) {
    return 2L * layers * width * Float.BYTES;
  }

  /** Bytes of the whole record. */
  public long bytes() {
    return positions * bytesPerPosition(keys.length, width);
  }

  /** The most positions that are recorded. */
  public int positions() {
    return positions;
  }

  /**
   * Records a pass of one layer, over what was recorded of these positions before.
   *
   * @param key {@code [count, width]}
   * @param value {@code [count, width]}
   */
  public void write(int layer, int firstPosition, int count, float[] key, float[] value) {
    int n = Math.min(count, positions - firstPosition) * width;
    if (n > 0) {
      System.arraycopy(key, 0, keys[layer], firstPosition * width, n);
      System.arraycopy(value, 0, values[layer], firstPosition * width, n);
    }
  }

  void read(int layer, int firstPosition, int count, float[] key, float[] value) {
    System.arraycopy(keys[layer], firstPosition * width, key, 0, count * width);
    System.arraycopy(values[layer], firstPosition * width, value, 0, count * width);
  }
}
