package org.lambdascope.engine.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.gguf.GgufEntries;
import tools.jackson.databind.JsonNode;

/**
 * Says a folder's tokenizer as GGUF files do, under the keys {@code tokenizer.ggml.*} that
 * llama.cpp's converter writes: byte-level BPE from {@code tokenizer.json} as {@code gpt2},
 * SentencePiece BPE from {@code tokenizer.model} as {@code llama}.
 */
public final class GgufTokenizers {

  private static final String PREFIX = "tokenizer.ggml.";

  /** What llama.cpp's converter gives pieces that SentencePiece does not score. */
  private static final float UNSCORED = -1000;

  private final Path folder;
  private final FolderTokens tokens;
  private final int vocabularySize;
  private final GgufEntries entries;

  private GgufTokenizers(
      Path folder, FolderTokens tokens, int vocabularySize, GgufEntries entries) {
    this.folder = folder;
    this.tokens = tokens;
    this.vocabularySize = vocabularySize;
    this.entries = entries;
  }

  /**
   * Adds a folder's tokenizer to a file's metadata; that of a folder without one is {@code none}.
   *
   * @param vocabularySize rows of the model's embedding, all of which get a token
   * @throws ModelFormatException if the tokenizer is malformed, or of a kind that GGUF cannot say
   */
  public static void write(Path folder, int vocabularySize, GgufEntries entries)
      throws IOException {
    new GgufTokenizers(folder, FolderTokens.read(folder), vocabularySize, entries).write();
  }

  private void write() throws IOException {
    Path json = folder.resolve("tokenizer.json");
    Path sentencePiece = folder.resolve("tokenizer.model");
    if (Files.isRegularFile(json)) {
      JsonNode root = JsonFiles.parse(Files.readAllBytes(json), json.toString());
      if (!root.path("model").path("byte_fallback").asBoolean(false)) {
        byteLevel(root, json.toString());
        return;
      }
    }
    if (Files.isRegularFile(sentencePiece)) {
      sentencePiece(sentencePiece);
      return;
    }
    if (Files.isRegularFile(json) || Files.isRegularFile(folder.resolve("vocab.json"))) {
      throw new ModelFormatException(
          folder.toString(),
          "expected a tokenizer.json with byte-level BPE or a tokenizer.model, found neither;"
              + " others are not converted");
    }
    entries.text(PREFIX + "model", "none");
  }

  private void byteLevel(JsonNode root, String where) throws IOException {
    JsonNode model = root.path("model");
    if (!model.path("type").asString("BPE").equals("BPE")) {
      throw new ModelFormatException(
          where,
          "expected a BPE model, found %s, which is not converted"
              .formatted(model.path("type").asString()));
    }
    String normalizer = root.path("normalizer").path("type").asString("NFC");
    if (!normalizer.equals("NFC")) {
      throw new ModelFormatException(
          where,
          "normalizer: expected none or NFC, found %s, which GGUF cannot say"
              .formatted(normalizer));
    }
    PreTokenizer pre =
        PreTokenizer.of(
            root.path("pre_tokenizer"), model.path("ignore_merges").asBoolean(false), where);
    Map<String, Integer> ids = JsonFiles.vocabulary(model.path("vocab"), where);
    Set<Integer> control = new HashSet<>();
    Set<Integer> added = new HashSet<>();
    for (JsonNode token : root.path("added_tokens")) {
      String content = token.path("content").asString("");
      int id = JsonFiles.id(token.path("id"), where, "added token '" + content + "'");
      ids.put(content, id);
      added.add(id);
      if (token.path("special").asBoolean(false)) {
        control.add(id);
      }
    }
    List<String> texts = ByteLevelBpe.byId(ids, where);
    Set<Integer> known = new HashSet<>(ids.values());
    entries.text(PREFIX + "model", "gpt2");
    entries.text(PREFIX + "pre", pre.name());
    List<PieceType> types = new ArrayList<>();
    for (int id = 0; id < texts.size(); id++) {
      types.add(
          control.contains(id)
              ? PieceType.CONTROL
              : added.contains(id)
                  ? PieceType.USER_DEFINED
                  : known.contains(id) ? PieceType.NORMAL : PieceType.UNUSED);
    }
    tokensAndTypes(texts, types, where);
    List<String> merges = new ArrayList<>();
    for (JsonNode merge : model.path("merges")) {
      merges.add(
          merge.isArray()
              ? merge.path(0).asString("") + " " + merge.path(1).asString("")
              : merge.asString(""));
    }
    entries.texts(PREFIX + "merges", merges);
    special(ids);
  }

  private void sentencePiece(Path file) throws IOException {
    String where = file.toString();
    SentencePieceModel model = SentencePieceModel.parse(Files.readAllBytes(file), where);
    if (model.kind() != SentencePieceModel.Kind.BPE) {
      throw new ModelFormatException(
          where,
          "expected a SentencePiece model of type BPE, found %s, which is not converted"
              .formatted(model.kind().label()));
    }
    List<String> texts = new ArrayList<>();
    List<PieceType> types = new ArrayList<>();
    List<Float> scores = new ArrayList<>();
    Map<String, Integer> ids = new HashMap<>();
    for (SentencePieceModel.Piece piece : model.pieces()) {
      ids.putIfAbsent(piece.text(), texts.size());
      texts.add(piece.text());
      types.add(piece.type());
      scores.add(piece.score());
    }
    Set<String> control = tokens.controlTokens();
    for (Map.Entry<String, Integer> token : tokens.addedTokens().entrySet()) {
      int id = token.getValue();
      while (texts.size() <= id) {
        texts.add("");
        types.add(PieceType.UNUSED);
        scores.add(UNSCORED);
      }
      texts.set(id, token.getKey());
      types.set(id, control.contains(token.getKey()) ? PieceType.CONTROL : PieceType.USER_DEFINED);
      ids.put(token.getKey(), id);
    }
    entries.text(PREFIX + "model", "llama");
    entries.text(PREFIX + "pre", "default");
    tokensAndTypes(texts, types, where);
    while (scores.size() < vocabularySize) {
      scores.add(UNSCORED);
    }
    entries.reals(PREFIX + "scores", scores);
    int unknown = types.indexOf(PieceType.UNKNOWN);
    if (unknown >= 0) {
      entries.count(PREFIX + "unknown_token_id", unknown);
    }
    entries.flag(PREFIX + "add_space_prefix", model.addDummyPrefix());
    special(ids);
  }

  /** Writes both lists, filled up to a token for each row of the embedding. */
  private void tokensAndTypes(List<String> texts, List<PieceType> types, String where)
      throws ModelFormatException {
    if (texts.size() > vocabularySize) {
      throw new ModelFormatException(
          where,
          "expected at most %d tokens, one for each row of the embedding, found %d"
              .formatted(vocabularySize, texts.size()));
    }
    List<String> all = new ArrayList<>(texts);
    List<Integer> codes = new ArrayList<>();
    for (int id = 0; id < vocabularySize; id++) {
      PieceType type = id < types.size() ? types.get(id) : PieceType.UNUSED;
      codes.add(type.code());
      if (id >= all.size()) {
        all.add("");
      }
      if (all.get(id).isEmpty()) {
        all.set(id, "[PAD" + id + "]");
      }
    }
    entries.texts(PREFIX + "tokens", all);
    entries.integers(PREFIX + "token_type", codes);
  }

  /** The ids that frame a text, as the folder's own tokenizer has them. */
  private void special(Map<String, Integer> ids) throws IOException {
    Tokenizer tokenizer = Tokenizers.forFolder(folder);
    tokenizer.bosId().ifPresent(id -> entries.count(PREFIX + "bos_token_id", id));
    Set<Integer> eos = new LinkedHashSet<>();
    OptionalInt named = tokens.named("eos_token", ids);
    named.ifPresent(eos::add);
    tokenizer.eosIds().stream().sorted().forEach(eos::add);
    List<String> keys = List.of("eos_token_id", "eot_token_id", "eom_token_id");
    int next = 0;
    for (int id : eos) {
      if (next < keys.size()) {
        entries.count(PREFIX + keys.get(next++), id);
      }
    }
    tokens.named("pad_token", ids).ifPresent(id -> entries.count(PREFIX + "padding_token_id", id));
    entries.flag(PREFIX + "add_bos_token", tokenizer.addsBosByDefault());
    JsonNode template = tokens.tokenizerConfig().path("chat_template");
    if (template.isString()) {
      entries.text("tokenizer.chat_template", template.stringValue());
    }
  }
}
