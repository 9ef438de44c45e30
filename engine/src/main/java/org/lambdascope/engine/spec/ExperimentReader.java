package org.lambdascope.engine.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.spec.ExperimentSpec.Header;

/** Reads the experiments of a file, with what the file says for all of them. */
final class ExperimentReader {

  /** The kinds, in the order of the manual. */
  static final List<String> KINDS =
      List.of(
          "perplexity",
          "generation-quality",
          "passkey",
          "needle",
          "key-value",
          "qa",
          "efficiency",
          "context-scaling",
          "context-controls",
          "ablation",
          "ood-factors");

  private final int seed;
  private final List<SpecNode> arms;
  private final @Nullable DataSpec data;

  /**
   * Makes a reader.
   *
   * @param arms for experiments that name none
   * @param data for experiments that name none; null if the file names none
   */
  ExperimentReader(int seed, List<SpecNode> arms, @Nullable DataSpec data) {
    this.seed = seed;
    this.arms = arms;
    this.data = data;
  }

  ExperimentSpec read(SpecNode node) throws SpecException {
    SpecFields fields = node.fields();
    String kind = fields.required("kind").oneOf(KINDS);
    Header header = header(node, fields, kind);
    ExperimentSpec experiment =
        switch (kind) {
          case "perplexity" -> perplexity(header, fields);
          case "generation-quality" ->
              new ExperimentSpec.GenerationQuality(
                  header,
                  data(fields),
                  fields.required("lengths").integers(1),
                  fields.integer("new-tokens", 1, 100));
          case "qa" ->
              new ExperimentSpec.QuestionAnswering(
                  header,
                  fields.required("questions"),
                  fields.required("passages").integers(0),
                  fields.integer("count", 1, 0),
                  fields.integer("new-tokens", 1, 24));
          case "efficiency" ->
              new ExperimentSpec.Efficiency(
                  header,
                  data(fields),
                  fields.required("lengths").integers(2),
                  fields.integer("repetitions", 1, 3),
                  fields.integer("new-tokens", 2, 32));
          case "context-scaling" -> fixedTargets(header, fields, false);
          case "context-controls" -> fixedTargets(header, fields, true);
          case "ablation" -> ablation(header, fields);
          case "ood-factors" ->
              new ExperimentSpec.OodFactors(
                  header,
                  data(fields),
                  fields.required("length").integer(2),
                  fields.integer("points", 2, 256),
                  numbers(fields, "layers"),
                  numbers(fields, "heads"));
          default ->
              new ExperimentSpec.Retrieval(
                  header,
                  PromptSpec.of(fields, groups(kind), seed),
                  fields.integer("new-tokens", 1, 16));
        };
    fields.end();
    return experiment;
  }

  private Header header(SpecNode node, SpecFields fields, String kind) throws SpecException {
    Optional<SpecNode> own = fields.optional("arms");
    boolean mayBeNone = kind.equals("ablation");
    List<SpecNode> chosen =
        own.isEmpty() ? arms : mayBeNone ? own.get().itemsIfAny() : own.get().items();
    if (chosen.isEmpty() && !mayBeNone) {
      throw node.error("expected the key 'arms', here or at the top of the file");
    }
    for (SpecNode arm : chosen) {
      arm.text();
    }
    String name = fields.text("name", kind);
    if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw fields
          .required("name")
          .expected("at most 64 lower-case letters, digits and hyphens (it names files)");
    }
    return new Header(kind, name, node, chosen);
  }

  private DataSpec data(SpecFields fields) throws SpecException {
    Optional<SpecNode> own = fields.optional("data");
    if (own.isPresent()) {
      return DataSpec.of(own.get(), seed);
    }
    if (data == null) {
      throw fields.error("expected the key 'data', here or at the top of the file");
    }
    return data;
  }

  private ExperimentSpec perplexity(Header header, SpecFields fields) throws SpecException {
    int[] lengths = fields.required("lengths").integers(2);
    int stride = fields.integer("stride", 1, 0);
    if (stride > lengths[0]) {
      throw fields
          .required("stride")
          .expected("at most the shortest length, %d".formatted(lengths[0]));
    }
    return new ExperimentSpec.Perplexity(
        header,
        data(fields),
        lengths,
        fields.integer("window", 1, 256),
        stride,
        fields.integer("smooth", 1, 64));
  }

  private ExperimentSpec fixedTargets(Header header, SpecFields fields, boolean controls)
      throws SpecException {
    return new ExperimentSpec.FixedTargets(
        header,
        data(fields),
        controls
            ? new int[] {fields.required("context").integer(1)}
            : fields.required("contexts").integers(0),
        controls,
        fields.integer("targets", 1, 0),
        fields.integer("local", 0, 0),
        fields.integer("stretches", 1, 1),
        controls ? 0 : fields.integer("decode", 0, 16),
        controls ? fields.integer("seed", 0, seed) : seed);
  }

  private ExperimentSpec ablation(Header header, SpecFields fields) throws SpecException {
    SpecNode grid = fields.required("grid");
    SpecFields entries = grid.fields();
    Map<String, int[]> values = new LinkedHashMap<>();
    for (String key : entries.names()) {
      values.put(key, entries.required(key).integers(0));
    }
    if (values.isEmpty() || values.size() > 2) {
      throw grid.error("expected one or two parameters, found %d".formatted(values.size()));
    }
    int length = fields.required("length").integer(2);
    int from = fields.integer("from", 0, length / 2);
    if (from >= length - 1) {
      throw fields
          .required("from")
          .expected("less than the last predicted position, %d".formatted(length - 2));
    }
    return new ExperimentSpec.Ablation(
        header, data(fields), fields.required("arm"), values, length, from);
  }

  private static int[] numbers(SpecFields fields, String key) throws SpecException {
    Optional<SpecNode> found = fields.optional(key);
    return found.isPresent() ? found.get().integers(0) : new int[0];
  }

  /** Fields that results are grouped by, in our own prompt files. */
  private static Map<String, String> groups(String kind) {
    Map<String, String> groups = new LinkedHashMap<>();
    if (kind.equals("key-value")) {
      groups.put("entries", "entries");
    } else {
      groups.put("length", "characters");
      groups.put("depth", "depth");
    }
    return groups;
  }
}
