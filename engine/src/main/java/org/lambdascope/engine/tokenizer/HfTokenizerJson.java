package org.lambdascope.engine.tokenizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.lambdascope.engine.format.ModelFormatException;
import tools.jackson.databind.JsonNode;

/** Reads what decoding needs out of a {@code tokenizer.json}. */
final class HfTokenizerJson {

  private final JsonNode root;
  private final String where;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Set<Integer> addedIds = new HashSet<>();
  private final Set<Integer> controlIds = new HashSet<>();

  private HfTokenizerJson(JsonNode root, String where) throws ModelFormatException {
    this.root = root;
    this.where = where;
    readModel(root.path("model").path("vocab"));
    for (JsonNode token : root.path("added_tokens")) {
      String content = token.path("content").asString("");
      int id = JsonFiles.id(token.path("id"), where, "added token '" + content + "'");
      ids.put(content, id);
      addedIds.add(id);
      if (token.path("special").asBoolean(false)) {
        controlIds.add(id);
      }
    }
    if (ids.isEmpty()) {
      throw new ModelFormatException(
          where, "expected a Hugging Face tokenizer with a vocabulary, but found no tokens");
    }
  }

  /** Loads the tokenizer of a folder. */
  static Tokenizer load(Path file, FolderTokens tokens) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String where = file.toString();
    HfTokenizerJson json = new HfTokenizerJson(JsonFiles.parse(bytes, where), where);
    List<String> texts = ByteLevelBpe.byId(json.ids, where);
    SpecialIds special =
        tokens.specialIds(
            json.ids, texts.size(), new SpecialIds(json.templateBos(), true, Set.of()));
    json.controlIds.addAll(special.eosIds());
    special.bosId().ifPresent(json.controlIds::add);
    String kind = json.root.path("model").path("type").asString("tokenizer");
    return HfTokenizer.load(
        bytes, json.table(texts), special, where, "Hugging Face " + kind + " (tokenizer.json)");
  }

  private void readModel(JsonNode vocabulary) throws ModelFormatException {
    if (vocabulary.isArray()) {
      // Unigram models list pairs of token and score.
      int id = 0;
      for (JsonNode pair : vocabulary) {
        ids.put(pair.path(0).asString(""), id++);
      }
    } else {
      ids.putAll(JsonFiles.vocabulary(vocabulary, where));
    }
  }

  private TokenTable table(List<String> texts) throws ModelFormatException {
    HfDecoder decoder = HfDecoder.of(root.path("decoder"), where);
    byte[][] bytes = new byte[texts.size()][];
    for (int id = 0; id < bytes.length; id++) {
      if (controlIds.contains(id)) {
        bytes[id] = new byte[0];
      } else if (addedIds.contains(id) && decoder.isByteLevel()) {
        bytes[id] = texts.get(id).getBytes(StandardCharsets.UTF_8);
      } else {
        bytes[id] = decoder.bytes(texts.get(id), where);
      }
    }
    return new TokenTable(texts.toArray(String[]::new), bytes, decoder.dropsLeadingSpace());
  }

  /** The token that the file's own template puts in front of a text. */
  private OptionalInt templateBos() {
    JsonNode processor = root.path("post_processor");
    for (JsonNode step :
        processor.path("type").asString("").equals("Sequence")
            ? processor.path("processors")
            : List.of(processor)) {
      JsonNode first = step.path("single").path(0).path("SpecialToken").path("id");
      Integer id = first.isString() ? ids.get(first.stringValue()) : null;
      if (id != null) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }
}
