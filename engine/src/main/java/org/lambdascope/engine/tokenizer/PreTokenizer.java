package org.lambdascope.engine.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lambdascope.engine.format.ModelFormatException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a byte-level BPE cuts text into words before it merges: regular expressions, each applied to
 * the pieces that the one before it left.
 *
 * <p>Source: {@code tokenizer.ggml.pre} of GGUF names the pre-tokenizer of the model's {@code
 * tokenizer.json}, from which these expressions are.
 *
 * @param name the family
 * @param patterns in order
 * @param ignoresMerges whether a word that is in the vocabulary is one token, whatever the merges
 * @param addsBos whether models of this family put BOS in front of a text
 */
record PreTokenizer(String name, List<String> patterns, boolean ignoresMerges, boolean addsBos) {

  private static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  private static final String LLAMA3 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String QWEN2 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final String DIGIT = "\\p{N}";

  /** Names under which files are written; of those that mean the same, llama.cpp's first. */
  private static final List<String> WRITTEN =
      List.of("gpt-2", "llama-bpe", "dbrx", "qwen2", "smollm");

  /** The pre-tokenizer of GPT-2, which GPT-J, GPT-NeoX and MPT share. */
  static PreTokenizer gpt2() {
    return new PreTokenizer("gpt-2", List.of(GPT2), false, false);
  }

  /**
   * The one that a GGUF file names.
   *
   * @param where the file, for messages
   */
  static PreTokenizer named(String name, String where) throws ModelFormatException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "gpt-2", "gpt2", "mpt", "olmo", "jais", "phi-2", "gpt-neox", "pythia" ->
          new PreTokenizer(name, List.of(GPT2), false, false);
      case "llama3", "llama-v3", "llama-bpe" -> new PreTokenizer(name, List.of(LLAMA3), true, true);
      case "dbrx", "smaug-bpe" -> new PreTokenizer(name, List.of(LLAMA3), false, false);
      case "qwen2", "stablelm2", "deepseek-r1-qwen" ->
          new PreTokenizer(name, List.of(QWEN2), false, false);
      case "starcoder", "refact", "command-r", "smollm", "codeshell" ->
          new PreTokenizer(name, List.of(DIGIT, GPT2), false, false);
      case "falcon" ->
          new PreTokenizer(
              name, List.of("[\\p{P}\\$\\+<=>\\^~\\|`]+", GPT2, "[0-9][0-9][0-9]"), false, false);
      case "default" ->
          new PreTokenizer(
              name,
              List.of("[\\p{P}\\$\\+<=>\\^~\\|]+", GPT2, "\\p{N}+", "[0-9][0-9][0-9]"),
              false,
              false);
      default ->
          throw new ModelFormatException(
              where,
              "expected a known tokenizer.ggml.pre (gpt-2, mpt, olmo, phi-2, llama-bpe, dbrx, qwen2,"
                  + " stablelm2, starcoder, refact, command-r, smollm, falcon, default, …), but"
                  + " found '"
                  + name
                  + "'");
    };
  }

  /**
   * The one that a {@code tokenizer.json} describes, by the name that GGUF files have for it.
   *
   * @param node its {@code pre_tokenizer}
   * @param ignoresMerges whether a word that is in the vocabulary is one token
   * @param where the file, for messages
   * @throws ModelFormatException if GGUF has no name for it
   */
  static PreTokenizer of(JsonNode node, boolean ignoresMerges, String where)
      throws ModelFormatException {
    List<String> patterns = new ArrayList<>();
    for (JsonNode step :
        node.path("type").asString("").equals("Sequence")
            ? node.path("pretokenizers")
            : List.of(node)) {
      patterns.addAll(patternsOf(step, where));
    }
    for (String name : WRITTEN) {
      PreTokenizer known = named(name, where);
      if (known.patterns.equals(patterns) && known.ignoresMerges == ignoresMerges) {
        return known;
      }
    }
    throw new ModelFormatException(
        where,
        "pre_tokenizer: expected one that GGUF has a name for (%s), found %s"
            .formatted(String.join(", ", WRITTEN), patterns));
  }

  private static List<String> patternsOf(JsonNode step, String where) throws ModelFormatException {
    switch (step.path("type").asString("")) {
      case "ByteLevel" -> {
        if (!step.path("add_prefix_space").asBoolean(true)) {
          return step.path("use_regex").asBoolean(true) ? List.of(GPT2) : List.of();
        }
      }
      case "Digits" -> {
        if (step.path("individual_digits").asBoolean(false)) {
          return List.of(DIGIT);
        }
      }
      case "Split" -> {
        JsonNode regex = step.path("pattern").path("Regex");
        if (regex.isString()
            && step.path("behavior").asString("").equals("Isolated")
            && !step.path("invert").asBoolean(false)) {
          return List.of(regex.stringValue());
        }
      }
      default -> {}
    }
    throw new ModelFormatException(
        where, "pre_tokenizer: expected steps that GGUF can say, found " + step);
  }

  /** As the {@code pre_tokenizer} of a {@code tokenizer.json}. */
  ObjectNode json() {
    ObjectNode sequence = JsonMapper.shared().createObjectNode();
    sequence.put("type", "Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    for (String pattern : patterns) {
      ObjectNode step = steps.addObject();
      step.put("type", "Split");
      step.putObject("pattern").put("Regex", pattern);
      step.put("behavior", "Isolated").put("invert", false);
    }
    steps
        .addObject()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", false);
    return sequence;
  }
}
