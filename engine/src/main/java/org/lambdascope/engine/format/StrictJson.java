package org.lambdascope.engine.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects in UTF-8 without duplicate keys and with nothing after them. */
public final class StrictJson {

  // Names are not canonicalised: a header with 1e5 distinct names would only fill the symbol table.
  // Python's json module writes NaN and Infinity, and published configurations hold them.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Reads a file that holds one object.
   *
   * @param maxBytes refuses longer files
   * @throws ModelFormatException if the file is absent, a folder, unreadable, empty, too long, not
   *     UTF-8, not JSON or not an object
   */
  public static ObjectNode readObject(Path file, int maxBytes) throws IOException {
    MappedFile.requireFile(file);
    String where = file.toString();
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(maxBytes);
      if (in.read() >= 0) {
        throw new ModelFormatException(
            where, "expected at most %d bytes of JSON, found more".formatted(maxBytes));
      }
    }
    if (bytes.length == 0) {
      throw new ModelFormatException(where, "expected a JSON object, found an empty file");
    }
    return parseObject(where, bytes);
  }

  /**
   * Parses one object.
   *
   * @param where the bytes come from, for messages
   * @throws ModelFormatException if they are not UTF-8, not JSON or not an object
   */
  public static ObjectNode parseObject(String where, byte[] utf8) throws ModelFormatException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new ModelFormatException(where, "expected JSON in UTF-8, found other bytes", e);
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new ModelFormatException(where, "expected JSON, found a fault" + place(e), e);
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new ModelFormatException(where, "expected a JSON object, found " + describe(node));
  }

  private static String place(JacksonException e) {
    String message = e.getOriginalMessage();
    String first = message == null ? "" : message.lines().findFirst().orElse("");
    // A document beyond Jackson's limits fails without a place.
    @Nullable TokenStreamLocation at = e.getLocation();
    return at == null
        ? ": " + first
        : " at line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), first);
  }

  /** A value in the words of a message, such as {@code the text "abc"} or {@code nothing}. */
  public static String describe(@Nullable JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return "nothing";
    }
    if (node.isNull()) {
      return "null";
    }
    if (node.isString()) {
      return "the text " + Quoted.of(node.stringValue());
    }
    if (node.isObject()) {
      return "an object";
    }
    if (node.isArray()) {
      return "a list of " + node.size();
    }
    String literal = node.toString();
    return literal.length() <= 40 ? literal : literal.substring(0, 40) + "…";
  }
}
