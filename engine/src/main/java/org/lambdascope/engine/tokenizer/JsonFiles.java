package org.lambdascope.engine.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lambdascope.engine.format.ModelFormatException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON files that describe tokenizers. */
final class JsonFiles {

  private static final JsonMapper JSON = JsonMapper.shared();

  private JsonFiles() {}

  /** The object in a file, or an empty one where there is no file. */
  static JsonNode readIfThere(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? parse(Files.readAllBytes(file), file.toString())
        : JSON.createObjectNode();
  }

  /** The object that a file's bytes hold. */
  static JsonNode parse(byte[] bytes, String where) throws ModelFormatException {
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (JacksonException e) {
      throw new ModelFormatException(
          where, "expected a JSON object, but " + fault(e) + place(e), e);
    }
    if (!node.isObject()) {
      throw new ModelFormatException(
          where, "expected a JSON object, but found " + node.getNodeType());
    }
    return node;
  }

  /** A map from token to id, such as {@code vocab.json}. */
  static Map<String, Integer> readVocabulary(Path file) throws IOException {
    return vocabulary(readIfThere(file), file.toString());
  }

  /** A map from token to id. */
  static Map<String, Integer> vocabulary(JsonNode object, String where)
      throws ModelFormatException {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      ids.put(entry.getKey(), id(entry.getValue(), where, "token '" + entry.getKey() + "'"));
    }
    return ids;
  }

  /** An id. */
  static int id(JsonNode node, String where, String what) throws ModelFormatException {
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
      throw new ModelFormatException(
          where, "expected a whole number from 0 as id of " + what + ", but found " + node);
    }
    return node.intValue();
  }

  /** Jackson's message without its note on where the source may not be shown. */
  private static String fault(JacksonException e) {
    return String.valueOf(e.getOriginalMessage())
        .replaceFirst("(?s) ?\\(start marker.*| at \\[.*", "");
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }
}
