package org.lambdascope.engine.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prompts with known answers, from a JSONL file or made for the run.
 *
 * @param file a path or the name of a bundled prompt file, with its place; null when they are made
 * @param answer the field that holds the answer
 * @param at fields by which results are grouped, such as length and depth, by the coordinate's name
 * @param count prompts per group; 0: all
 * @param made what is made when there is no file
 */
public record PromptSpec(
    @Nullable SpecNode file,
    String answer,
    Map<String, String> at,
    int count,
    @Nullable Made made) {

  /**
   * Pass keys hidden in repetitive text, as Mohtashami and Jaggi made them (2023, arXiv
   * 2305.16300).
   *
   * @param lengths tokens of the prompts
   * @param depths share of the filler before the key, 0 to 1
   * @param count prompts per length and depth
   * @param seed of the keys
   */
  public record Made(int[] lengths, double[] depths, int count, int seed) {}

  static PromptSpec of(SpecFields fields, Map<String, String> groups, int seed)
      throws SpecException {
    Optional<SpecNode> file = fields.optional("prompts");
    Optional<SpecNode> make = fields.optional("make");
    if (file.isPresent() == make.isPresent()) {
      throw fields.error("expected either the key 'prompts' or the key 'make'");
    }
    if (make.isPresent()) {
      SpecFields made = make.get().fields();
      Made what =
          new Made(
              made.required("lengths").integers(32),
              depths(made.required("depths")),
              made.integer("count", 1, 5),
              made.integer("seed", 0, seed));
      made.end();
      return new PromptSpec(null, "answer", groups, 0, what);
    }
    Map<String, String> at = new LinkedHashMap<>();
    for (Map.Entry<String, String> group : groups.entrySet()) {
      String field = fields.text(group.getKey() + "-field", group.getValue());
      at.put(field, field);
    }
    return new PromptSpec(
        file.get(), fields.text("answer-field", "answer"), at, fields.integer("count", 1, 0), null);
  }

  private static double[] depths(SpecNode node) throws SpecException {
    double[] depths = new double[node.items().size()];
    for (int i = 0; i < depths.length; i++) {
      depths[i] =
          node.items().get(i).number("a share from 0 to 1", value -> value >= 0 && value <= 1);
    }
    return depths;
  }
}
