package org.lambdascope.engine.format.gguf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Metadata in the making, in order, in the types that llama.cpp's converter gives the same keys. A
 * key that is given again keeps its place and takes the new value.
 */
public final class GgufEntries {

  private final Map<String, GgufValue> values = new LinkedHashMap<>();

  /** Any value. */
  public GgufEntries put(String key, GgufValue value) {
    values.put(key, value);
    return this;
  }

  /** STRING. */
  public GgufEntries text(String key, String value) {
    return put(key, new GgufValue.Text(value));
  }

  /** UINT32; the value is not negative. */
  public GgufEntries count(String key, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(key + ": expected a number from 0, found " + value);
    }
    return put(key, new GgufValue.Whole(GgufValueType.UINT32, value));
  }

  /** FLOAT32. */
  public GgufEntries real(String key, double value) {
    return put(key, new GgufValue.Real(GgufValueType.FLOAT32, (float) value));
  }

  /** BOOL. */
  public GgufEntries flag(String key, boolean value) {
    return put(key, new GgufValue.Flag(value));
  }

  /** ARRAY of STRING. */
  public GgufEntries texts(String key, List<String> values) {
    List<GgufValue> items = values.stream().<GgufValue>map(GgufValue.Text::new).toList();
    return put(key, new GgufValue.Values(GgufValueType.STRING, items));
  }

  /** ARRAY of INT32. */
  public GgufEntries integers(String key, List<Integer> values) {
    List<GgufValue> items =
        values.stream().<GgufValue>map(v -> new GgufValue.Whole(GgufValueType.INT32, v)).toList();
    return put(key, new GgufValue.Values(GgufValueType.INT32, items));
  }

  /** ARRAY of FLOAT32. */
  public GgufEntries reals(String key, List<Float> values) {
    List<GgufValue> items =
        values.stream().<GgufValue>map(v -> new GgufValue.Real(GgufValueType.FLOAT32, v)).toList();
    return put(key, new GgufValue.Values(GgufValueType.FLOAT32, items));
  }

  /** What there is so far; a view. */
  public Map<String, GgufValue> values() {
    return values;
  }
}
