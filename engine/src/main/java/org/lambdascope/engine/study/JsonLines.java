package org.lambdascope.engine.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.spec.SpecNode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Files with a JSON object per line. */
final class JsonLines {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private JsonLines() {}

  /** One line. */
  record Line(SpecNode at, Path file, int number, JsonNode object) {

    /** A field that holds a text. */
    String text(String field) throws IOException {
      JsonNode value = object.get(field);
      if (value == null || !value.isString()) {
        throw wrong(field, "a text", value);
      }
      return value.stringValue();
    }

    /** A field that holds a number. */
    double number(String field) throws IOException {
      JsonNode value = object.get(field);
      if (value == null || !value.isNumber()) {
        throw wrong(field, "a number", value);
      }
      return value.doubleValue();
    }

    /** A field that holds texts. */
    List<String> texts(String field) throws IOException {
      JsonNode value = object.get(field);
      if (value == null || !value.isArray() || value.isEmpty()) {
        throw wrong(field, "a list of texts", value);
      }
      List<String> texts = new ArrayList<>();
      for (JsonNode item : value) {
        if (!item.isString()) {
          throw wrong(field, "a list of texts", item);
        }
        texts.add(item.stringValue());
      }
      return texts;
    }

    /** An error in this line. */
    IOException error(String message) {
      return at.error("%s:%d: %s".formatted(file, number, message));
    }

    private IOException wrong(String field, String expected, @Nullable JsonNode found) {
      return error(
          "%s: expected %s, found %s"
              .formatted(
                  field,
                  expected,
                  found == null
                      ? "none; the fields are " + String.join(", ", object.propertyNames())
                      : "a " + found.getNodeType().name().toLowerCase(Locale.ROOT)));
    }
  }

  static List<Line> read(SpecNode at, Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String text : Documents.text(at, file).split("\n", -1)) {
      number++;
      if (text.isBlank()) {
        continue;
      }
      try {
        JsonNode node = JSON.readTree(text);
        if (!node.isObject()) {
          throw at.error("%s:%d: expected a JSON object".formatted(file, number));
        }
        lines.add(new Line(at, file, number, node));
      } catch (JacksonException e) {
        throw at.error(
            "%s:%d: expected a JSON object per line: %s"
                .formatted(file, number, e.getOriginalMessage()));
      }
    }
    return lines;
  }
}
