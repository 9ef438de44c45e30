package org.lambdascope.engine.tokenizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lambdascope.engine.format.ModelFormatException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Byte-level BPE vocabularies that do not come as a {@code tokenizer.json}: writes one in memory
 * and lets the Hugging Face library encode with it.
 */
final class ByteLevelBpe {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Guards against a table sized by a broken id. */
  private static final int MAX_ID = 1 << 24;

  private ByteLevelBpe() {}

  /** An added token: recognised in text before anything else. */
  record Added(int id, String text, boolean isControl) {}

  static Tokenizer forGguf(GgufVocabulary vocabulary) throws IOException {
    String where = vocabulary.where();
    PreTokenizer pre = PreTokenizer.named(vocabulary.pre().orElse("default"), where);
    PieceType[] types = vocabulary.pieceTypes();
    List<Added> added = new ArrayList<>();
    for (int id = 0; id < types.length; id++) {
      if (types[id] == PieceType.CONTROL || types[id] == PieceType.USER_DEFINED) {
        added.add(new Added(id, vocabulary.tokens().get(id), types[id] == PieceType.CONTROL));
      }
    }
    return load(
        vocabulary.tokens(),
        vocabulary.merges(),
        added,
        pre,
        new SpecialIds(
            vocabulary.bosId(), vocabulary.addBos().orElse(pre.addsBos()), vocabulary.eosIds()),
        where,
        "byte-level BPE, pre-tokenizer " + pre.name() + " (GGUF)");
  }

  /**
   * Builds the tokenizer.
   *
   * @param tokens per id, written in the byte alphabet, added ones as plain text
   * @param merges pairs with a space between, best first
   */
  static Tokenizer load(
      List<String> tokens,
      List<String> merges,
      List<Added> added,
      PreTokenizer pre,
      SpecialIds special,
      String where,
      String description)
      throws IOException {
    byte[] json = JSON.writeValueAsBytes(json(tokens, merges, added, pre, where));
    return HfTokenizer.load(json, table(tokens, added), special, where, description);
  }

  private static TokenTable table(List<String> tokens, List<Added> added) {
    ByteAlphabet alphabet = new ByteAlphabet();
    String[] texts = tokens.toArray(String[]::new);
    byte[][] bytes = new byte[texts.length][];
    for (int id = 0; id < texts.length; id++) {
      bytes[id] = alphabet.bytesOrText(texts[id]);
    }
    for (Added token : added) {
      bytes[token.id()] =
          token.isControl() ? new byte[0] : token.text().getBytes(StandardCharsets.UTF_8);
    }
    return new TokenTable(texts, bytes, false);
  }

  private static ObjectNode json(
      List<String> tokens, List<String> merges, List<Added> added, PreTokenizer pre, String where)
      throws ModelFormatException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    ArrayNode addedTokens = root.putArray("added_tokens");
    for (Added token : added) {
      addedTokens
          .addObject()
          .put("id", token.id())
          .put("content", token.text())
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", token.isControl());
    }
    root.putNull("normalizer");
    root.set("pre_tokenizer", pre.json());
    root.putNull("post_processor");
    root.putObject("decoder")
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", false);
    ObjectNode model = root.putObject("model");
    model.put("type", "BPE");
    for (String absent :
        List.of("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix")) {
      model.putNull(absent);
    }
    model
        .put("fuse_unk", false)
        .put("byte_fallback", false)
        .put("ignore_merges", pre.ignoresMerges());
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    ArrayNode pairs = model.putArray("merges");
    for (String merge : merges) {
      int space = merge.indexOf(' ', 1);
      if (space < 0 || space + 1 == merge.length()) {
        throw new ModelFormatException(
            where,
            "expected a merge as two tokens with a space between, but found '" + merge + "'");
      }
      pairs.addArray().add(merge.substring(0, space)).add(merge.substring(space + 1));
    }
    return root;
  }

  /** The tokens of a map from text to id, by id; ids that the map leaves out are empty. */
  static List<String> byId(Map<String, Integer> vocabulary, String where)
      throws ModelFormatException {
    int largest = -1;
    for (Map.Entry<String, Integer> entry : vocabulary.entrySet()) {
      int id = entry.getValue();
      if (id < 0 || id > MAX_ID) {
        throw new ModelFormatException(
            where,
            "expected token ids in [0, " + MAX_ID + "], but '" + entry.getKey() + "' has " + id);
      }
      largest = Math.max(largest, id);
    }
    String[] texts = new String[largest + 1];
    Arrays.fill(texts, "");
    vocabulary.forEach((text, id) -> texts[id] = text);
    return List.of(texts);
  }
}
