package org.lambdascope.engine.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What the small files beside a tokenizer say about the tokens that begin and end a text.
 *
 * @param tokenizerConfig {@code tokenizer_config.json}, or an empty object
 * @param specialTokensMap {@code special_tokens_map.json}, or an empty object
 * @param addedTokens {@code added_tokens.json}: ids beyond the vocabulary's own
 * @param modelConfigs {@code config.json} and {@code generation_config.json}, or empty objects
 */
record FolderTokens(
    JsonNode tokenizerConfig,
    JsonNode specialTokensMap,
    Map<String, Integer> addedTokens,
    List<JsonNode> modelConfigs) {

  static FolderTokens read(Path folder) throws IOException {
    return new FolderTokens(
        JsonFiles.readIfThere(folder.resolve("tokenizer_config.json")),
        JsonFiles.readIfThere(folder.resolve("special_tokens_map.json")),
        JsonFiles.readVocabulary(folder.resolve("added_tokens.json")),
        List.of(
            JsonFiles.readIfThere(folder.resolve("config.json")),
            JsonFiles.readIfThere(folder.resolve("generation_config.json"))));
  }

  /**
   * The ids that frame a text, by precedence: the tokenizer's files, the model's, the vocabulary's
   * own. An id of the model's files that the vocabulary lacks is passed over: small models are
   * often saved with the ids of a larger relative.
   *
   * @param ids from token to id
   * @param size number of ids
   * @param own what the vocabulary itself says
   */
  SpecialIds specialIds(Map<String, Integer> ids, int size, SpecialIds own) {
    OptionalInt bos = named("bos_token", ids);
    for (JsonNode config : modelConfigs) {
      if (bos.isEmpty()) {
        bos = idsOf(config.path("bos_token_id"), size).stream().mapToInt(i -> i).findFirst();
      }
    }
    if (bos.isEmpty()) {
      bos = own.bosId();
    }
    Set<Integer> eos = new TreeSet<>();
    named("eos_token", ids).ifPresent(eos::add);
    for (JsonNode config : modelConfigs) {
      eos.addAll(idsOf(config.path("eos_token_id"), size));
    }
    if (eos.isEmpty()) {
      eos.addAll(own.eosIds());
    }
    return new SpecialIds(bos, addsBos().orElse(own.addsBos()), eos);
  }

  /** Tokens that are marks rather than text. */
  Set<String> controlTokens() {
    Set<String> tokens = new TreeSet<>();
    for (String key : List.of("bos_token", "eos_token", "unk_token", "pad_token")) {
      text(key).ifPresent(tokens::add);
    }
    for (JsonNode source : List.of(tokenizerConfig, specialTokensMap)) {
      for (JsonNode token : source.path("additional_special_tokens")) {
        content(token).ifPresent(tokens::add);
      }
    }
    return tokens;
  }

  /** Whether a text starts with BOS, if the files say so. */
  private Optional<Boolean> addsBos() {
    JsonNode flag = tokenizerConfig.path("add_bos_token");
    return flag.isBoolean() ? Optional.of(flag.booleanValue()) : Optional.empty();
  }

  /** The id of the token that plays a part, such as {@code eos_token}, if the files name it. */
  OptionalInt named(String key, Map<String, Integer> ids) {
    Integer id = text(key).map(ids::get).orElse(null);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  private Optional<String> text(String key) {
    return content(tokenizerConfig.path(key)).or(() -> content(specialTokensMap.path(key)));
  }

  /** Files write a token as its text or as an object with its content. */
  private static Optional<String> content(JsonNode token) {
    JsonNode text = token.isObject() ? token.path("content") : token;
    return text.isString() ? Optional.of(text.stringValue()) : Optional.empty();
  }

  /** A number, a list of them, or nothing. */
  private static Set<Integer> idsOf(JsonNode value, int size) {
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode item : value.isArray() ? value : List.of(value)) {
      if (item.isIntegralNumber()
          && item.canConvertToInt()
          && item.intValue() >= 0
          && item.intValue() < size) {
        ids.add(item.intValue());
      }
    }
    return ids;
  }
}
