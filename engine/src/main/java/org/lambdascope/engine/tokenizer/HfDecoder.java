package org.lambdascope.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.format.ModelFormatException;
import tools.jackson.databind.JsonNode;

/**
 * The {@code decoder} of a {@code tokenizer.json} as bytes per token. Decoders whose output for a
 * token depends on its neighbours are refused, but for the one leading space of a text.
 */
final class HfDecoder {

  private record Replacement(String from, String to) {}

  private final ByteAlphabet alphabet = new ByteAlphabet();
  private final List<Replacement> replacements = new ArrayList<>();
  private final boolean joinsWords;
  private boolean byteLevel;
  private boolean byteFallback;
  private boolean dropsLeadingSpace;

  private HfDecoder(boolean joinsWords) {
    this.joinsWords = joinsWords;
    this.dropsLeadingSpace = joinsWords;
  }

  static HfDecoder of(JsonNode decoder, String where) throws ModelFormatException {
    // Without a decoder tokens are words with a space between.
    boolean absent = decoder.isMissingNode() || decoder.isNull();
    HfDecoder result = new HfDecoder(absent);
    if (!absent) {
      result.add(decoder, where);
    }
    return result;
  }

  boolean isByteLevel() {
    return byteLevel;
  }

  boolean dropsLeadingSpace() {
    return dropsLeadingSpace;
  }

  byte[] bytes(String token, String where) throws ModelFormatException {
    if (byteLevel) {
      return alphabet.bytesOrText(token);
    }
    if (byteFallback && ByteTokens.isOne(token)) {
      return ByteTokens.parse(token, where);
    }
    String text = joinsWords ? " " + token : token;
    for (Replacement replacement : replacements) {
      text = text.replace(replacement.from(), replacement.to());
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void add(JsonNode step, String where) throws ModelFormatException {
    String type = step.path("type").asString("");
    switch (type) {
      case "Sequence" -> {
        for (JsonNode inner : step.path("decoders")) {
          add(inner, where);
        }
      }
      case "ByteLevel" -> byteLevel = true;
      case "ByteFallback" -> byteFallback = true;
      case "Fuse" -> {
        // Joining is what the token table does anyway.
      }
      case "Replace" -> replacements.add(replacement(step, where));
      case "Metaspace" -> {
        replacements.add(new Replacement(step.path("replacement").asString("\u2581"), " "));
        dropsLeadingSpace |=
            step.has("prepend_scheme")
                ? !step.path("prepend_scheme").asString("").equals("never")
                : step.path("add_prefix_space").asBoolean(true);
      }
      case "Strip" -> strip(step, where);
      default ->
          throw new ModelFormatException(
              where,
              "expected a decoder of ByteLevel, ByteFallback, Replace, Strip, Fuse, Metaspace or"
                  + " Sequence, but found '"
                  + type
                  + "'");
    }
  }

  private void strip(JsonNode step, String where) throws ModelFormatException {
    int start = step.path("start").asInt(0);
    int stop = step.path("stop").asInt(0);
    if (!step.path("content").asString("").equals(" ") || start > 1 || stop != 0) {
      throw new ModelFormatException(
          where,
          "expected a Strip decoder that drops one leading space at most, but found " + step);
    }
    dropsLeadingSpace |= start == 1;
  }

  private static Replacement replacement(JsonNode step, String where) throws ModelFormatException {
    JsonNode from = step.path("pattern").path("String");
    if (!from.isString()) {
      throw new ModelFormatException(
          where, "expected a Replace decoder with a plain string, but found " + step);
    }
    return new Replacement(from.stringValue(), step.path("content").asString(""));
  }
}
