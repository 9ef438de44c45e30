package org.lambdascope.engine.format.gguf;

import java.util.List;
import org.lambdascope.engine.format.Quoted;

/** A metadata value. */
public sealed interface GgufValue {

  /** Its type in the file. */
  GgufValueType type();

  /** In the words of a message: type and value, short. */
  String describe();

  /**
   * Any of the integer types.
   *
   * @param type in the file
   * @param value unsigned values above 2^63 - 1 appear negative
   */
  record Whole(GgufValueType type, long value) implements GgufValue {
    @Override
    public String describe() {
      return type
          + " "
          + (type == GgufValueType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value));
    }
  }

  /**
   * FLOAT32 or FLOAT64.
   *
   * @param type in the file
   * @param value exact
   */
  record Real(GgufValueType type, double value) implements GgufValue {
    @Override
    public String describe() {
      return type + " " + value;
    }
  }

  /**
   * BOOL.
   *
   * @param value 1 in the file is true
   */
  record Flag(boolean value) implements GgufValue {
    @Override
    public GgufValueType type() {
      return GgufValueType.BOOL;
    }

    @Override
    public String describe() {
      return type() + " " + value;
    }
  }

  /**
   * STRING.
   *
   * @param value decoded
   */
  record Text(String value) implements GgufValue {
    @Override
    public GgufValueType type() {
      return GgufValueType.STRING;
    }

    @Override
    public String describe() {
      return type() + " " + Quoted.of(value);
    }
  }

  /**
   * ARRAY.
   *
   * @param elementType of all values
   * @param values unmodifiable
   */
  record Values(GgufValueType elementType, List<GgufValue> values) implements GgufValue {
    @Override
    public GgufValueType type() {
      return GgufValueType.ARRAY;
    }

    @Override
    public String describe() {
      return "an array of %d %s".formatted(values.size(), elementType);
    }
  }
}
