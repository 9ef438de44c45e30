package org.lambdascope.engine.tokenizer;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.format.gguf.GgufMetadata;

/**
 * Finds a model's tokenizer.
 *
 * <p>The native libraries come out of their jars and nothing is downloaded. They are unpacked once
 * to {@code .djl.ai} in the home folder, or in the temporary folder where home cannot be written
 * to; the environment variables {@code DJL_CACHE_DIR} and {@code ENGINE_CACHE_DIR} choose another.
 */
public final class Tokenizers {

  private static final String JSON = "tokenizer.json";
  private static final String SENTENCE_PIECE = "tokenizer.model";
  private static final String VOCABULARY = "vocab.json";
  private static final String MERGES = "merges.txt";

  private Tokenizers() {}

  /**
   * The tokenizer of a model, which is a folder or a GGUF file.
   *
   * @throws ModelFormatException if it has none, or a malformed one
   */
  public static Tokenizer of(Path model) throws IOException {
    if (Files.isDirectory(model)) {
      return forFolder(model);
    }
    try (GgufFile file = GgufFile.open(model)) {
      return forGguf(file);
    }
  }

  /**
   * Whether a model, which is a folder or a GGUF file, has a tokenizer, be it well formed or not.
   *
   * @throws IOException if a GGUF file cannot be read
   */
  public static boolean isIn(Path model) throws IOException {
    if (Files.isDirectory(model)) {
      return Stream.of(JSON, SENTENCE_PIECE, VOCABULARY)
          .anyMatch(name -> Files.isRegularFile(model.resolve(name)));
    }
    try (GgufFile file = GgufFile.open(model)) {
      return file.metadata().has("tokenizer.ggml.tokens");
    }
  }

  /**
   * The tokenizer in a model's folder: {@code tokenizer.json} if it is there, else {@code
   * tokenizer.model}, else {@code vocab.json} with {@code merges.txt}. The files {@code
   * tokenizer_config.json}, {@code special_tokens_map.json}, {@code config.json} and {@code
   * generation_config.json}, where they are there, say which tokens begin and end a text.
   *
   * @throws ModelFormatException if none is there, or one is malformed
   */
  public static Tokenizer forFolder(Path folder) throws IOException {
    FolderTokens tokens = FolderTokens.read(folder);
    Path json = folder.resolve(JSON);
    if (Files.isRegularFile(json)) {
      return HfTokenizerJson.load(json, tokens);
    }
    Path sentencePiece = folder.resolve(SENTENCE_PIECE);
    if (Files.isRegularFile(sentencePiece)) {
      return sentencePiece(sentencePiece, tokens);
    }
    Path vocabulary = folder.resolve(VOCABULARY);
    Path merges = folder.resolve(MERGES);
    if (Files.isRegularFile(vocabulary) && Files.isRegularFile(merges)) {
      return gpt2(vocabulary, merges, tokens);
    }
    throw new ModelFormatException(
        folder.toString(),
        "expected "
            + JSON
            + ", "
            + SENTENCE_PIECE
            + " or "
            + VOCABULARY
            + " with "
            + MERGES
            + ", but found none of them");
  }

  /**
   * The tokenizer that a GGUF file carries.
   *
   * @throws ModelFormatException if it carries none, one of an unknown kind, or a malformed one
   */
  public static Tokenizer forGguf(GgufFile file) throws IOException {
    return vocabulary(file).tokenizer();
  }

  private static Tokenizer sentencePiece(Path file, FolderTokens tokens) throws IOException {
    String where = file.toString();
    byte[] bytes = Files.readAllBytes(file);
    SentencePieceModel model = SentencePieceModel.parse(bytes, where);
    Map<String, Integer> ids = new TreeMap<>();
    for (int id = 0; id < model.pieces().size(); id++) {
      ids.putIfAbsent(model.pieces().get(id).text(), id);
    }
    SpecialIds own = SentencePieceTokenizer.ownIds(model);
    return SentencePieceTokenizer.load(
        bytes, model, tokens.specialIds(ids, model.pieces().size(), own), where, SENTENCE_PIECE);
  }

  private static Tokenizer gpt2(Path vocabulary, Path merges, FolderTokens tokens)
      throws IOException {
    String where = vocabulary.toString();
    Map<String, Integer> ids = JsonFiles.readVocabulary(vocabulary);
    Set<String> control = new TreeSet<>(tokens.controlTokens());
    control.add("<|endoftext|>");
    Map<String, Integer> extra = tokens.addedTokens();
    ids.putAll(extra);
    List<ByteLevelBpe.Added> added = new ArrayList<>();
    for (Map.Entry<String, Integer> entry : ids.entrySet()) {
      boolean isControl = control.contains(entry.getKey());
      if (isControl || extra.containsKey(entry.getKey())) {
        added.add(new ByteLevelBpe.Added(entry.getValue(), entry.getKey(), isControl));
      }
    }
    List<String> texts = ByteLevelBpe.byId(ids, where);
    List<String> pairs = new ArrayList<>();
    for (String line : lines(merges)) {
      if (!line.isBlank() && !line.startsWith("#version")) {
        pairs.add(line);
      }
    }
    Integer end = ids.get("<|endoftext|>");
    SpecialIds own =
        new SpecialIds(
            end == null ? OptionalInt.empty() : OptionalInt.of(end),
            false,
            end == null ? Set.of() : Set.of(end));
    return ByteLevelBpe.load(
        texts,
        pairs,
        added,
        PreTokenizer.gpt2(),
        tokens.specialIds(ids, texts.size(), own),
        where,
        "byte-level BPE (" + VOCABULARY + ")");
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new ModelFormatException(
          file.toString(), "expected UTF-8 text, but found bytes that are none", e);
    }
  }

  private static GgufVocabulary vocabulary(GgufFile file) throws ModelFormatException {
    GgufMetadata metadata = file.metadata();
    Set<Integer> eosIds = new TreeSet<>();
    for (String key : List.of("eos_token_id", "eot_token_id", "eom_token_id")) {
      id(metadata, key).ifPresent(eosIds::add);
    }
    return new GgufVocabulary(
        file.location(),
        metadata.getString("tokenizer.ggml.model"),
        metadata.has("tokenizer.ggml.pre")
            ? Optional.of(metadata.getString("tokenizer.ggml.pre"))
            : Optional.empty(),
        metadata.getStringList("tokenizer.ggml.tokens"),
        floats(metadata.getFloatList("tokenizer.ggml.scores", List.of())),
        metadata.getIntList("tokenizer.ggml.token_type", List.of()).stream()
            .mapToInt(Integer::intValue)
            .toArray(),
        metadata.getStringList("tokenizer.ggml.merges", List.of()),
        id(metadata, "bos_token_id"),
        eosIds,
        id(metadata, "unknown_token_id"),
        flag(metadata, "tokenizer.ggml.add_bos_token"),
        flag(metadata, "tokenizer.ggml.add_space_prefix"));
  }

  private static OptionalInt id(GgufMetadata metadata, String name) throws ModelFormatException {
    // Files write an absent id as 2^32 - 1.
    long id = metadata.getLong("tokenizer.ggml." + name, -1);
    return id < 0 || id > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) id);
  }

  private static Optional<Boolean> flag(GgufMetadata metadata, String key)
      throws ModelFormatException {
    return metadata.has(key) ? Optional.of(metadata.getBool(key)) : Optional.empty();
  }

  private static float[] floats(List<Float> values) {
    float[] result = new float[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i);
    }
    return result;
  }
}
