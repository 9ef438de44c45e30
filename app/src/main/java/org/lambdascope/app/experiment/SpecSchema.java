package org.lambdascope.app.experiment;

import java.util.ArrayList;
import java.util.List;

/** The keys of experiment files, as {@code docs/experiments.md} lists them. */
final class SpecSchema {

  /** Of the whole file. */
  static final List<SpecField> FILE =
      List.of(
          SpecField.optional("name", SpecField.Type.TEXT, "the file’s name"),
          SpecField.required(
              "model", SpecField.Type.TEXT, "a path, or a bundled name", "lambda-llama"),
          SpecField.optional(
              "pretrain-length", SpecField.Type.NUMBER, "default: what the model’s files say"),
          SpecField.optional(
              "cache",
              SpecField.Type.TEXT,
              "of keys and values: f32, f16, bf16 or q8; default f32"),
          SpecField.optional("seed", SpecField.Type.NUMBER, "1"));

  /** For every experiment that does not name its own. */
  static final List<SpecField> SHARED = shared("for every experiment without its own");

  /** In place of those of the file. */
  static final List<SpecField> OWN = shared("those of the file");

  private static final String LENGTHS = "tokens, such as 512, 1024, 2048";

  private SpecSchema() {}

  private static List<SpecField> shared(String standard) {
    return List.of(
        SpecField.optional("arms", SpecField.Type.LINES, "one a line; " + standard),
        SpecField.optional(
            "data.text", SpecField.Type.LINES, "text files, or bundled names, one a line"),
        SpecField.optional(
            "data.jsonl", SpecField.Type.LINES, "or a file with a JSON object a line"),
        SpecField.optional("data.parquet", SpecField.Type.LINES, "or a Parquet file"),
        SpecField.optional("data.field", SpecField.Type.TEXT, "of JSONL or Parquet; default text"),
        SpecField.optional(
            "data.piece", SpecField.Type.NUMBER, "tokens per piece; texts stay whole"),
        SpecField.optional("data.least", SpecField.Type.NUMBER, "tokens; default 2"),
        SpecField.optional(
            "data.count", SpecField.Type.NUMBER, "texts that are drawn; default all"),
        SpecField.optional("data.seed", SpecField.Type.NUMBER, "of the draw; default the file’s"));
  }

  /** Of an experiment of a kind, without its kind, name, arms and data; none for another kind. */
  static List<SpecField> of(String kind) {
    return switch (kind) {
      case "perplexity" ->
          List.of(
              SpecField.required("lengths", SpecField.Type.NUMBERS, LENGTHS, "512, 1024"),
              SpecField.optional(
                  "window", SpecField.Type.NUMBER, "tokens before a milestone; default 256"),
              SpecField.optional("stride", SpecField.Type.NUMBER, "not measured"),
              SpecField.optional(
                  "smooth", SpecField.Type.NUMBER, "positions per point; default 64"));
      case "generation-quality" ->
          List.of(
              SpecField.required("lengths", SpecField.Type.NUMBERS, LENGTHS, "512, 1024"),
              SpecField.optional("new-tokens", SpecField.Type.NUMBER, "100"));
      case "passkey", "needle" -> retrieval("length-field", "depth-field");
      case "key-value" -> retrieval("entries-field");
      case "qa" ->
          List.of(
              SpecField.required(
                  "questions", SpecField.Type.TEXT, "a JSONL file", "questions.jsonl"),
              SpecField.required(
                  "passages", SpecField.Type.NUMBERS, "how many, such as 1, 2, 5", "1, 2"),
              SpecField.optional("count", SpecField.Type.NUMBER, "questions; default all"),
              SpecField.optional("new-tokens", SpecField.Type.NUMBER, "24"));
      case "efficiency" ->
          List.of(
              SpecField.required("lengths", SpecField.Type.NUMBERS, LENGTHS, "512, 1024"),
              SpecField.optional("repetitions", SpecField.Type.NUMBER, "3"),
              SpecField.optional("new-tokens", SpecField.Type.NUMBER, "32"));
      case "context-scaling" ->
          List.of(
              SpecField.required(
                  "contexts", SpecField.Type.NUMBERS, "tokens, from 0", "0, 256, 512"),
              SpecField.optional("targets", SpecField.Type.NUMBER, "256, or what fits"),
              SpecField.optional("local", SpecField.Type.NUMBER, "0"),
              SpecField.optional("stretches", SpecField.Type.NUMBER, "per text; default 1"),
              SpecField.optional(
                  "decode", SpecField.Type.NUMBER, "targets read one by one; default 16"));
      case "context-controls" ->
          List.of(
              SpecField.required("context", SpecField.Type.NUMBER, "tokens", "512"),
              SpecField.optional("targets", SpecField.Type.NUMBER, "256, or what fits"),
              SpecField.optional("local", SpecField.Type.NUMBER, "0"),
              SpecField.optional("stretches", SpecField.Type.NUMBER, "per text; default 1"),
              SpecField.optional(
                  "seed", SpecField.Type.NUMBER, "of the random orders; default the file’s"));
      case "ablation" ->
          List.of(
              SpecField.required(
                  "arm", SpecField.Type.TEXT, "with its fixed parameters", "lm-infinite"),
              SpecField.required(
                  "grid",
                  SpecField.Type.GRID,
                  "one or two parameters, one a line",
                  "global: 0, 10"),
              SpecField.required("length", SpecField.Type.NUMBER, "tokens read", "1024"),
              SpecField.optional(
                  "from", SpecField.Type.NUMBER, "first scored position; default half the length"));
      case "ood-factors" ->
          List.of(
              SpecField.required("length", SpecField.Type.NUMBER, "tokens read", "1024"),
              SpecField.optional("points", SpecField.Type.NUMBER, "per curve; default 256"),
              SpecField.optional("layers", SpecField.Type.NUMBERS, "counted from 0; default all"),
              SpecField.optional("heads", SpecField.Type.NUMBERS, "counted from 0; default all"));
      default -> List.of();
    };
  }

  private static List<SpecField> retrieval(String... fields) {
    List<SpecField> keys = new ArrayList<>();
    keys.add(SpecField.optional("prompts", SpecField.Type.TEXT, "a JSONL file; or what is made:"));
    keys.add(new SpecField("make.lengths", SpecField.Type.NUMBERS, false, LENGTHS, "512, 1024"));
    keys.add(
        new SpecField(
            "make.depths", SpecField.Type.NUMBERS, false, "0 to 1, such as 0, 0.5", "0, 0.5, 1"));
    keys.add(
        SpecField.optional("make.count", SpecField.Type.NUMBER, "per length and depth; default 5"));
    keys.add(
        SpecField.optional("make.seed", SpecField.Type.NUMBER, "of the keys; default the file’s"));
    keys.add(
        SpecField.optional("answer-field", SpecField.Type.TEXT, "of the prompts; default answer"));
    for (String field : fields) {
      keys.add(SpecField.optional(field, SpecField.Type.TEXT, "of the prompts"));
    }
    keys.add(SpecField.optional("count", SpecField.Type.NUMBER, "prompts per group; default all"));
    keys.add(SpecField.optional("new-tokens", SpecField.Type.NUMBER, "16"));
    return keys;
  }
}
