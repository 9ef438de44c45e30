package org.lambdascope.engine.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A checked view of the {@code config.json} of a model folder, or of an object in it. A key whose
 * value is {@code null} counts as absent; a value of another type is an error in every getter.
 */
public final class HfConfig {

  private static final String CONFIG = "config.json";
  private static final String GENERATION_CONFIG = "generation_config.json";
  private static final int MAX_BYTES = 1 << 24;
  private static final String WHOLE = "a whole number";
  private static final String NUMBER = "a number";
  private static final String TEXT = "a text";
  private static final String TRUTH = "true or false";
  private static final String TEXTS = "a list of texts";
  private static final String IDS = "a token id or a list of token ids";

  private interface Conversion<T> {
    @Nullable T of(JsonNode node);
  }

  private final String location;
  private final ObjectNode root;
  private final @Nullable HfConfig generation;

  private HfConfig(String location, ObjectNode root, @Nullable HfConfig generation) {
    this.location = location;
    this.root = root;
    this.generation = generation;
  }

  /**
   * Reads {@code config.json}, and {@code generation_config.json} if there is one.
   *
   * @throws ModelFormatException if the folder or its {@code config.json} is absent, unreadable or
   *     not a JSON object
   */
  public static HfConfig read(Path folder) throws IOException {
    MappedFile.requireFolder(folder);
    Path file = folder.resolve(GENERATION_CONFIG);
    @Nullable HfConfig generation = null;
    Path config = folder.resolve(CONFIG);
    ObjectNode root = StrictJson.readObject(config, MAX_BYTES);
    if (Files.exists(file)) {
      generation = new HfConfig(file.toString(), StrictJson.readObject(file, MAX_BYTES), null);
    }
    return new HfConfig(config.toString(), root, generation);
  }

  /** Where the values come from, for messages. */
  public String location() {
    return location;
  }

  /** All keys, in file order, with those whose value is null. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(root.propertyNames()));
  }

  /** Whether the key has a value other than null. */
  public boolean has(String key) {
    return root.hasNonNull(key);
  }

  /** A whole number from -2^31 to 2^31 - 1. */
  public int requireInt(String key) throws ModelFormatException {
    return require(key, WHOLE, HfConfig::whole);
  }

  /** A whole number from 1 to 2^31 - 1. */
  public int requirePositive(String key) throws ModelFormatException {
    int value = requireInt(key);
    if (value < 1) {
      throw new ModelFormatException(
          location, "%s: expected a positive number, found %d".formatted(key, value));
    }
    return value;
  }

  /** A whole number from -2^31 to 2^31 - 1, if there is one. */
  public OptionalInt optionalInt(String key) throws ModelFormatException {
    Optional<Integer> value = optional(key, WHOLE, HfConfig::whole);
    return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
  }

  /** A finite number. */
  public double requireDouble(String key) throws ModelFormatException {
    return require(key, NUMBER, HfConfig::number);
  }

  /** A finite number, if there is one. */
  public OptionalDouble optionalDouble(String key) throws ModelFormatException {
    Optional<Double> value = optional(key, NUMBER, HfConfig::number);
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }

  /** A text. */
  public String requireString(String key) throws ModelFormatException {
    return require(key, TEXT, HfConfig::text);
  }

  /** A text, if there is one. */
  public Optional<String> optionalString(String key) throws ModelFormatException {
    return optional(key, TEXT, HfConfig::text);
  }

  /** A truth value. */
  public boolean requireBool(String key) throws ModelFormatException {
    return require(key, TRUTH, HfConfig::truth);
  }

  /** A truth value, if there is one. */
  public Optional<Boolean> optionalBool(String key) throws ModelFormatException {
    return optional(key, TRUTH, HfConfig::truth);
  }

  /** A list of texts, empty where absent. */
  public List<String> stringList(String key) throws ModelFormatException {
    return optional(key, TEXTS, n -> list(n, HfConfig::text)).orElse(List.of());
  }

  /** A list of finite numbers, if there is one, such as the factors of a rotary scaling. */
  public Optional<List<Double>> optionalDoubleList(String key) throws ModelFormatException {
    return optional(key, "a list of numbers", n -> list(n, HfConfig::number));
  }

  /** An object inside this one, if there is one, such as {@code rope_scaling}. */
  public Optional<HfConfig> optionalObject(String key) throws ModelFormatException {
    return optional(
        key,
        "an object",
        n -> n instanceof ObjectNode o ? new HfConfig(location + ": " + key, o, null) : null);
  }

  /** Class names of the model, such as {@code LlamaForCausalLM}; empty where absent. */
  public List<String> architectures() throws ModelFormatException {
    return stringList("architectures");
  }

  /** The family, such as {@code llama}. */
  public String modelType() throws ModelFormatException {
    return requireString("model_type");
  }

  /**
   * Token ids that end a text: those of {@code generation_config.json} if it names any, else those
   * of {@code config.json}, as transformers does; empty where neither names any.
   */
  public List<Integer> eosTokenIds() throws ModelFormatException {
    if (generation != null) {
      List<Integer> ids = generation.eosTokenIds();
      if (!ids.isEmpty()) {
        return ids;
      }
    }
    return optional("eos_token_id", IDS, HfConfig::ids).orElse(List.of());
  }

  private <T> T require(String key, String expected, Conversion<T> conversion)
      throws ModelFormatException {
    Optional<T> value = optional(key, expected, conversion);
    if (value.isEmpty()) {
      throw new ModelFormatException(
          location,
          "expected key %s (%s), found %s"
              .formatted(Quoted.of(key), expected, StrictJson.describe(root.get(key))));
    }
    return value.get();
  }

  private <T> Optional<T> optional(String key, String expected, Conversion<T> conversion)
      throws ModelFormatException {
    JsonNode node = root.get(key);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    @Nullable T value = conversion.of(node);
    if (value == null) {
      throw new ModelFormatException(
          location,
          "expected key %s to be %s, found %s"
              .formatted(Quoted.of(key), expected, StrictJson.describe(node)));
    }
    return Optional.of(value);
  }

  private static @Nullable Integer whole(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt()
        ? Integer.valueOf(node.intValue())
        : null;
  }

  private static @Nullable Double number(JsonNode node) {
    if (!node.isNumber()) {
      return null;
    }
    double value = node.asDouble(Double.NaN);
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static @Nullable Boolean truth(JsonNode node) {
    return node.isBoolean() ? Boolean.valueOf(node.booleanValue()) : null;
  }

  private static @Nullable List<Integer> ids(JsonNode node) {
    if (node.isArray()) {
      return list(node, HfConfig::whole);
    }
    @Nullable Integer id = whole(node);
    return id == null ? null : List.of(id);
  }

  private static <T> @Nullable List<T> list(JsonNode node, Conversion<T> conversion) {
    if (!node.isArray()) {
      return null;
    }
    List<T> list = new ArrayList<>(node.size());
    for (JsonNode item : node) {
      @Nullable T value = conversion.of(item);
      if (value == null) {
        return null;
      }
      list.add(value);
    }
    return Collections.unmodifiableList(list);
  }
}
