package org.lambdascope.engine.tokenizer;

import java.util.List;
import java.util.Locale;
import org.lambdascope.engine.format.ModelFormatException;
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
          new PreTokenizer(name, List.of("\\p{N}", GPT2), false, false);
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
