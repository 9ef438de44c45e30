package org.lambdascope.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.format.safetensors.SafetensorsSource;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/** Opens fixtures, which have no tokenizer, and reads ids through arms. */
final class FixtureModels {

  private FixtureModels() {}

  static LoadedDecoder open(ReferenceFixture fixture, int threads) throws IOException {
    return ModelLoader.openDecoder(fixture.model(), threads);
  }

  /** Opens a fixture on kernels of one's choice. */
  static LoadedDecoder open(ReferenceFixture fixture, int threads, Kernels kernels)
      throws IOException {
    Path path = fixture.model();
    ThreadTeam team = new ThreadTeam(threads);
    if (Files.isDirectory(path)) {
      SafetensorsSource weights = SafetensorsSource.open(path);
      HfConfig config = HfConfig.read(path);
      Decoder decoder =
          ModelLoader.family(config.modelType(), config.location())
              .open(config, weights, kernels, team);
      return new LoadedDecoder(path, "safetensors", decoder, team, kernels, weights);
    }
    GgufFile weights = GgufFile.open(path);
    String architecture = weights.metadata().getString("general.architecture");
    Decoder decoder =
        ModelLoader.family(architecture, weights.location()).open(weights, kernels, team);
    return new LoadedDecoder(path, "GGUF", decoder, team, kernels, weights);
  }

  static Arm arm(String text) {
    return ArmParser.parse(text, 64);
  }

  /**
   * Logits of every position.
   *
   * @param chunk tokens per forward pass
   * @param piece tokens per {@link ContextSession#feed}
   * @return {@code [T, vocabulary]}
   */
  static float[] logits(Decoder decoder, Arm arm, int[] tokens, int chunk, int piece) {
    ContextSession session = ArmSessions.start(decoder, arm, chunk, Probe.NONE);
    int vocabulary = decoder.config().vocabularySize();
    float[] all = new float[tokens.length * vocabulary];
    int[] next = {0};
    for (int from = 0; from < tokens.length; from += piece) {
      int to = Math.min(from + piece, tokens.length);
      session.feed(
          tokens,
          from,
          to,
          (position, logits, offset) -> {
            if (position != next[0]++) {
              throw new AssertionError(
                  "%s: expected the row of position %d, found that of %d"
                      .formatted(arm, next[0] - 1, position));
            }
            System.arraycopy(logits, offset, all, position * vocabulary, vocabulary);
          },
          Cancellation.NONE);
      if (next[0] != to) {
        throw new AssertionError(
            "%s: expected rows up to position %d, found %d".formatted(arm, to, next[0]));
      }
    }
    return all;
  }

  /** Largest difference; NaN counts as infinite. */
  static float maxDifference(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new AssertionError("expected %d logits, found %d".formatted(b.length, a.length));
    }
    float max = 0;
    for (int i = 0; i < a.length; i++) {
      float difference = Math.abs(a[i] - b[i]);
      max = Float.isNaN(difference) ? Float.POSITIVE_INFINITY : Math.max(max, difference);
    }
    return max;
  }
}
