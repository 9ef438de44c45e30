package org.lambdascope.engine.format.gguf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.Quoted;

/**
 * Typed access to the metadata of a GGUF file. A getter with a default returns it where the key is
 * absent; a value of another type is an error in every case. Any integer type serves as a whole
 * number if its value fits, and whole numbers serve as real ones.
 */
public final class GgufMetadata {

  private interface Conversion<T> {
    @Nullable T of(GgufValue value);
  }

  private final String location;
  private final Map<String, GgufValue> values;

  GgufMetadata(String location, Map<String, GgufValue> values) {
    this.location = location;
    this.values = Collections.unmodifiableMap(values);
  }

  /** All keys, in file order. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Whether the file has the key. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value as stored. */
  public Optional<GgufValue> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A text. */
  public String getString(String key) throws ModelFormatException {
    return require(key, "a text", GgufMetadata::text);
  }

  /** A text, or the default. */
  public String getString(String key, String absent) throws ModelFormatException {
    return optional(key, "a text", GgufMetadata::text).orElse(absent);
  }

  /** A whole number of 32 bits, signed. */
  public int getInt(String key) throws ModelFormatException {
    return require(key, "a whole number below 2^31", GgufMetadata::wholeInt);
  }

  /** A whole number of 32 bits, signed, or the default. */
  public int getInt(String key, int absent) throws ModelFormatException {
    return optional(key, "a whole number below 2^31", GgufMetadata::wholeInt).orElse(absent);
  }

  /** A whole number of 64 bits, signed. */
  public long getLong(String key) throws ModelFormatException {
    return require(key, "a whole number below 2^63", GgufMetadata::whole);
  }

  /** A whole number of 64 bits, signed, or the default. */
  public long getLong(String key, long absent) throws ModelFormatException {
    return optional(key, "a whole number below 2^63", GgufMetadata::whole).orElse(absent);
  }

  /** A number, rounded to float. */
  public float getFloat(String key) throws ModelFormatException {
    return require(key, "a number", GgufMetadata::real).floatValue();
  }

  /** A number, rounded to float, or the default. */
  public float getFloat(String key, float absent) throws ModelFormatException {
    return optional(key, "a number", GgufMetadata::real).map(Double::floatValue).orElse(absent);
  }

  /** A truth value. */
  public boolean getBool(String key) throws ModelFormatException {
    return require(key, "a truth value", GgufMetadata::flag);
  }

  /** A truth value, or the default. */
  public boolean getBool(String key, boolean absent) throws ModelFormatException {
    return optional(key, "a truth value", GgufMetadata::flag).orElse(absent);
  }

  /** An array of texts. */
  public List<String> getStringList(String key) throws ModelFormatException {
    return require(key, "an array of texts", v -> list(v, GgufMetadata::text));
  }

  /** An array of texts, or the default. */
  public List<String> getStringList(String key, List<String> absent) throws ModelFormatException {
    return optional(key, "an array of texts", v -> list(v, GgufMetadata::text)).orElse(absent);
  }

  /** An array of whole numbers of 32 bits, signed. */
  public List<Integer> getIntList(String key) throws ModelFormatException {
    return require(
        key, "an array of whole numbers below 2^31", v -> list(v, GgufMetadata::wholeInt));
  }

  /** An array of whole numbers of 32 bits, signed, or the default. */
  public List<Integer> getIntList(String key, List<Integer> absent) throws ModelFormatException {
    return optional(
            key, "an array of whole numbers below 2^31", v -> list(v, GgufMetadata::wholeInt))
        .orElse(absent);
  }

  /** An array of numbers, rounded to float. */
  public List<Float> getFloatList(String key) throws ModelFormatException {
    return require(key, "an array of numbers", v -> list(v, GgufMetadata::realFloat));
  }

  /** An array of numbers, rounded to float, or the default. */
  public List<Float> getFloatList(String key, List<Float> absent) throws ModelFormatException {
    return optional(key, "an array of numbers", v -> list(v, GgufMetadata::realFloat))
        .orElse(absent);
  }

  private <T> T require(String key, String expected, Conversion<T> conversion)
      throws ModelFormatException {
    Optional<T> value = optional(key, expected, conversion);
    if (value.isEmpty()) {
      throw new ModelFormatException(
          location, "expected key %s (%s), found nothing".formatted(Quoted.of(key), expected));
    }
    return value.get();
  }

  private <T> Optional<T> optional(String key, String expected, Conversion<T> conversion)
      throws ModelFormatException {
    GgufValue value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    @Nullable T converted = conversion.of(value);
    if (converted == null) {
      throw new ModelFormatException(
          location,
          "expected key %s to be %s, found %s"
              .formatted(Quoted.of(key), expected, value.describe()));
    }
    return Optional.of(converted);
  }

  private static @Nullable String text(GgufValue value) {
    return value instanceof GgufValue.Text text ? text.value() : null;
  }

  private static @Nullable Long whole(GgufValue value) {
    if (value instanceof GgufValue.Whole whole
        && (whole.type() != GgufValueType.UINT64 || whole.value() >= 0)) {
      return whole.value();
    }
    return null;
  }

  private static @Nullable Integer wholeInt(GgufValue value) {
    @Nullable Long whole = whole(value);
    return whole != null && whole == whole.intValue() ? Integer.valueOf(whole.intValue()) : null;
  }

  private static @Nullable Double real(GgufValue value) {
    if (value instanceof GgufValue.Real real) {
      return real.value();
    }
    @Nullable Long whole = whole(value);
    return whole == null ? null : Double.valueOf(whole.doubleValue());
  }

  private static @Nullable Float realFloat(GgufValue value) {
    @Nullable Double real = real(value);
    return real == null ? null : Float.valueOf(real.floatValue());
  }

  private static @Nullable Boolean flag(GgufValue value) {
    return value instanceof GgufValue.Flag flag ? flag.value() : null;
  }

  private static <T> @Nullable List<T> list(GgufValue value, Conversion<T> conversion) {
    if (!(value instanceof GgufValue.Values array)) {
      return null;
    }
    List<T> list = new ArrayList<>(array.values().size());
    for (GgufValue item : array.values()) {
      @Nullable T converted = conversion.of(item);
      if (converted == null) {
        return null;
      }
      list.add(converted);
    }
    return Collections.unmodifiableList(list);
  }
}
