package org.lambdascope.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.format.pickle.PickleSource;
import org.lambdascope.engine.format.safetensors.SafetensorsSource;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.KernelsProvider;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.tokenizer.Tokenizers;

/** Opens models: a Hugging Face folder, or a GGUF file. */
public final class ModelLoader {

  private ModelLoader() {}

  /** All processors. */
  public static int defaultThreads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Opens a model on all processors.
   *
   * @throws IOException if it cannot be read, or is not what it should be
   */
  public static LanguageModel open(Path path) throws IOException {
    return open(path, defaultThreads());
  }

  /**
   * Opens a model.
   *
   * @param path a folder with {@code config.json}, or a GGUF file
   * @param threads threads that it runs on, at least 1
   * @throws IOException if it cannot be read, or is not what it should be
   */
  public static LanguageModel open(Path path, int threads) throws IOException {
    LoadedDecoder network = openDecoder(path, threads);
    try {
      return new LanguageModel(
          network,
          network.weights() instanceof GgufFile file
              ? Tokenizers.forGguf(file)
              : Tokenizers.forFolder(path));
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /**
   * Opens a model without its tokenizer, for work on ids alone.
   *
   * @param path a folder with {@code config.json}, or a GGUF file
   * @param threads threads that it runs on, at least 1
   * @throws IOException if it cannot be read, or is not what it should be
   */
  public static LoadedDecoder openDecoder(Path path, int threads) throws IOException {
    return openDecoder(path, threads, true);
  }

  /**
   * As {@link #openDecoder}, for who asks about the model and does not run it: its weights stay
   * where they are.
   */
  public static LoadedDecoder inspectDecoder(Path path, int threads) throws IOException {
    return openDecoder(path, threads, false);
  }

  private static LoadedDecoder openDecoder(Path path, int threads, boolean toRun)
      throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(
          path.toString(), null, "expected a model folder or a GGUF file, found nothing");
    }
    Kernels kernels = KernelsProvider.load();
    ThreadTeam team = new ThreadTeam(threads);
    WeightSource weights = null;
    try {
      if (Files.isDirectory(path)) {
        HfConfig config = HfConfig.read(path);
        Family family = family(config);
        weights = openWeights(path);
        if (toRun) {
          weights.moveToLargePages();
        }
        return new LoadedDecoder(
            path,
            weights instanceof PickleSource ? "PyTorch" : "safetensors",
            family.open(config, weights, kernels, team),
            team,
            kernels,
            weights);
      }
      GgufFile file = GgufFile.open(path);
      weights = file;
      if (toRun) {
        file.moveToLargePages();
      }
      Family family = family(file.metadata().getString("general.architecture"), file.location());
      return new LoadedDecoder(
          path,
          "GGUF v" + file.version(),
          family.open(file, kernels, team),
          team,
          kernels,
          weights);
    } catch (IOException | RuntimeException e) {
      team.close();
      if (weights != null) {
        weights.close();
      }
      throw e;
    }
  }

  /**
   * Opens the weights in a model's folder.
   *
   * @throws IOException if there are none, or they are not what they should be
   */
  public static WeightSource openWeights(Path folder) throws IOException {
    return !SafetensorsSource.isIn(folder) && PickleSource.isIn(folder)
        ? PickleSource.open(folder)
        : SafetensorsSource.open(folder);
  }

  /**
   * Says a checkpoint as a GGUF file does.
   *
   * @throws ModelFormatException if no family knows it, or a GGUF file cannot say it
   */
  public static GgufModel toGguf(HfConfig config, WeightSource weights)
      throws ModelFormatException {
    return family(config).toGguf(config, weights);
  }

  /** Names of all architectures that can be opened. */
  public static Set<String> architectures() {
    Set<String> names = new TreeSet<>();
    for (Family family : ServiceLoader.load(Family.class)) {
      names.addAll(family.architectures());
    }
    return names;
  }

  /**
   * By class name where a family claims it, as CEPE does, which calls itself a "llama"; else by
   * type.
   */
  private static Family family(HfConfig config) throws ModelFormatException {
    for (Family family : ServiceLoader.load(Family.class)) {
      if (config.architectures().stream().anyMatch(family.architectures()::contains)) {
        return family;
      }
    }
    return family(config.modelType(), config.location());
  }

  /** The family that answers to a name. */
  static Family family(String architecture, String where) throws ModelFormatException {
    for (Family family : ServiceLoader.load(Family.class)) {
      if (family.architectures().contains(architecture)) {
        return family;
      }
    }
    throw new ModelFormatException(
        where,
        "architecture: expected one of %s, found \"%s\"".formatted(architectures(), architecture));
  }
}
