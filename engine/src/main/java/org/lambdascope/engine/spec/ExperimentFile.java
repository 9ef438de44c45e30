package org.lambdascope.engine.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An experiment file.
 *
 * @param path where it is
 * @param name of the run
 * @param model a path or the name of a bundled model, with its place
 * @param pretrainLength {@code L_pretrain}; 0: what the model's files say
 * @param cache how keys and values are stored: one of {@link #CACHES}
 * @param seed of everything that is drawn, where nothing else is said
 * @param experiments in their order
 */
public record ExperimentFile(
    Path path,
    String name,
    SpecNode model,
    int pretrainLength,
    String cache,
    int seed,
    List<ExperimentSpec> experiments) {

  /** The version of the schema that this program reads. */
  public static final int VERSION = 1;

  /** How keys and values may be stored, by the names of the command line; the first is usual. */
  public static final List<String> CACHES = List.of("f32", "f16", "bf16", "q8");

  public ExperimentFile {
    experiments = List.copyOf(experiments);
  }

  /**
   * Reads a file.
   *
   * @throws SpecException if it says something that cannot be done, with the line
   * @throws IOException if it cannot be read
   */
  public static ExperimentFile read(Path path) throws IOException {
    return of(path, SpecNode.read(path));
  }

  /**
   * Reads a text that is not, or not yet, what a file holds.
   *
   * @param path names the file in messages, and the run where the text does not
   * @throws SpecException if it says something that cannot be done, with the line
   */
  public static ExperimentFile parse(Path path, String text) throws SpecException {
    return of(path, YamlText.parse(String.valueOf(path.getFileName()), text).fields());
  }

  private static ExperimentFile of(Path path, SpecFields fields) throws SpecException {
    SpecNode version = fields.required("lambdascope");
    if (version.integer(0) != VERSION) {
      throw version.expected("%d, the version of the schema".formatted(VERSION));
    }
    int seed = fields.integer("seed", 0, 1);
    Optional<SpecNode> arms = fields.optional("arms");
    Optional<SpecNode> data = fields.optional("data");
    Optional<SpecNode> cache = fields.optional("cache");
    ExperimentReader reader =
        new ExperimentReader(
            seed,
            arms.isPresent() ? arms.get().items() : List.of(),
            data.isPresent() ? DataSpec.of(data.get(), seed) : null);
    List<ExperimentSpec> experiments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (SpecNode item : fields.required("experiments").items()) {
      ExperimentSpec experiment = reader.read(item);
      if (!names.add(experiment.header().name())) {
        throw item.error("two experiments are named '%s'".formatted(experiment.header().name()));
      }
      experiments.add(experiment);
    }
    ExperimentFile file =
        new ExperimentFile(
            path,
            fields.text("name", baseName(path)),
            fields.required("model"),
            fields.integer("pretrain-length", 1, 0),
            cache.isPresent() ? cache.get().oneOf(CACHES) : CACHES.getFirst(),
            seed,
            experiments);
    file.model.text();
    fields.end();
    return file;
  }

  /** This file under the name of another run. */
  public ExperimentFile named(String newName) {
    return new ExperimentFile(path, newName, model, pretrainLength, cache, seed, experiments);
  }

  /** The kinds of experiments, in the order of the manual. */
  public static List<String> kinds() {
    return ExperimentReader.KINDS;
  }

  private static String baseName(Path path) {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
