package org.lambdascope.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.attention.SoftmaxRow;
import org.lambdascope.engine.experiment.ArmParser;
import org.lambdascope.engine.experiment.ScoreListener;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.format.safetensors.SafetensorsSource;
import org.lambdascope.engine.kernels.KernelsProvider;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.llama.LlamaFamily;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.tensor.Tensor;

/** A model that overflows is a finding, not an accident: results say so, and nothing breaks. */
final class OverflowTest {

  private static Path folder() throws Exception {
    return Path.of(
        Objects.requireNonNull(OverflowTest.class.getResource("/reference/gqa")).toURI());
  }

  @ParameterizedTest
  @CsvSource({
    "model.layers.0.mlp.down_proj.weight, Infinity, 1",
    "model.layers.0.self_attn.k_proj.weight, 3e38, 1",
    "model.layers.1.self_attn.v_proj.weight, NaN, 2",
    "model.embed_tokens.weight, NaN, 1",
  })
  void scoresBecomeNaNAndDiagnosticsSurvive(String weight, float value, int threads)
      throws Exception {
    try (SafetensorsSource source = SafetensorsSource.open(folder());
        ThreadTeam team = new ThreadTeam(threads)) {
      Decoder decoder =
          new LlamaFamily()
              .open(
                  HfConfig.read(folder()),
                  new Broken(source, weight, value),
                  KernelsProvider.load(),
                  team);
      int[] tokens = new Random(5).ints(70, 0, decoder.config().vocabularySize()).toArray();
      ScoreResult result =
          Scoring.score(
              decoder,
              ArmParser.parse("lm-infinite:global=4,local=16,ceiling=12", 16),
              tokens,
              new ScoreOptions(13, CaptureOptions.PAPER),
              ScoreListener.NONE,
              Cancellation.NONE);
      assertThat(result.cancelled()).isFalse();
      assertThat(result.meanNll(0, 70)).isNaN();
      Diagnostics found = result.diagnostics();
      LogitsByDistance logits = Objects.requireNonNull(found.logitsByDistance());
      assertThat(logits.local().count(0, 0, 0)).isEqualTo(70);
      assertThat(Objects.requireNonNull(found.entropy()).bins()).isEqualTo(70);
    }
  }

  @Test
  void aKeyWithoutWeightHasNoPartInTheEntropy() {
    // Two keys of weight 1 and one whose logit overflowed to −∞.
    float[] x = {2, Float.NEGATIVE_INFINITY, 2};
    double[] weighted = new double[1];
    float sum = KernelsProvider.load().expAndSum(x, 0, 3, 2, weighted, 0);
    assertThat(EntropyCollector.entropy(new Sums(sum, weighted[0]))).isEqualTo(Math.log(2));
  }

  @Test
  void capturesThatNoArrayHoldsAreRefusedInWords() {
    CaptureOptions options = new CaptureOptions(true, false, false, 1 << 20, 1, 0, 1);
    assertThatThrownBy(
            () -> new DiagnosticsProbe(new ScalarKernels(), options, 80, 64, 8192, 1 << 20, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("logits by distance: expected at most 2^31 values")
        .hasMessageContaining("80 × 64 × 1048576");
  }

  private record Sums(float weightSum, double weightedLogits) implements SoftmaxRow {
    @Override
    public int query() {
      return 2;
    }

    @Override
    public int visibleKeys() {
      return 3;
    }

    @Override
    public float maxLogit() {
      return 2;
    }
  }

  /** A model one of whose weights is not what training left there. */
  private record Broken(WeightSource source, String weight, float value) implements WeightSource {
    @Override
    public Set<String> names() {
      return source.names();
    }

    @Override
    public Optional<Tensor> find(String name) throws ModelFormatException {
      return source.find(name).isPresent() ? Optional.of(get(name)) : Optional.empty();
    }

    @Override
    public Tensor get(String name) throws ModelFormatException {
      Tensor tensor = source.get(name);
      if (!name.equals(weight)) {
        return tensor;
      }
      float[] values = new float[(int) tensor.elements()];
      Arrays.fill(values, value);
      return Tensor.ofFloats(name, values, tensor.shape());
    }

    @Override
    public long bytes() {
      return source.bytes();
    }

    @Override
    public String location() {
      return source.location();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
