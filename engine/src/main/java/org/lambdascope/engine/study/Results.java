package org.lambdascope.engine.study;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Numbers in and out of the stored results of units. */
final class Results {

  private Results() {}

  /** The results of those units that are done, in the order of their ids. */
  static List<JsonNode> done(Map<String, JsonNode> results, Stream<String> ids) {
    return ids.filter(results::containsKey)
        .map(id -> Objects.requireNonNull(results.get(id)))
        .toList();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An array; null where a value is not finite, which JSON cannot say. */
  static ArrayNode values(float[] values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(values.length);
    for (float value : values) {
      if (Float.isFinite(value)) {
        array.add(value);
      } else {
        array.addNull();
      }
    }
    return array;
  }

  static ArrayNode values(double[] values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(values.length);
    for (double value : values) {
      if (Double.isFinite(value)) {
        array.add(value);
      } else {
        array.addNull();
      }
    }
    return array;
  }

  /** The values of an array; NaN where it holds null. */
  static double[] array(JsonNode result, String name) {
    return array(result.get(name));
  }

  static double[] array(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = array.get(i);
      values[i] = value.isNumber() ? value.doubleValue() : Double.NaN;
    }
    return values;
  }

  /** A number; NaN where the result holds null. */
  static double number(JsonNode result, String name) {
    JsonNode value = result.get(name);
    return value.isNumber() ? value.doubleValue() : Double.NaN;
  }

  /** What a name in a result stands for. */
  static <T> T known(Map<String, T> names, String name) {
    T found = names.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "a result of a unit: expected one of %s, found '%s'".formatted(names.keySet(), name));
    }
    return found;
  }

  static String text(JsonNode result, String name) {
    return result.get(name).stringValue();
  }
}
