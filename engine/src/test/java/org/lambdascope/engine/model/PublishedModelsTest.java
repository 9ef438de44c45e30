package org.lambdascope.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.convert.GgufConversion;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import org.lambdascope.engine.tensor.DType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Models as they are published: the facts of their {@code config.json} and the names and shapes of
 * their tensors, from {@code resources/published}. Two layers are run on random weights with every
 * width divided by one number, so that all ratios are the true ones.
 */
final class PublishedModelsTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LAYERS = 2;
  private static final Set<String> WIDTHS =
      Set.of(
          "hidden_size",
          "intermediate_size",
          "vocab_size",
          "head_dim",
          "d_model",
          "n_embd",
          "rotary_dim");
  private static final Set<String> LAYER_COUNTS =
      Set.of("num_hidden_layers", "n_layers", "n_layer");

  @TempDir Path folder;

  /** A window of 0 is none. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "llama-7b | llama | 2048 | 0 | 32 | 'RoPE, theta 10000, 4 features, pairs half-split'",
        "llama-2-7b | llama | 4096 | 0 | 32 | 'RoPE, theta 10000, 4 features, pairs half-split'",
        "llama-3.1-8b | llama | 131072 | 0 | 8 | 'RoPE, theta 500000, 4 features, pairs half-split,"
            + " llama3 scaling, factor 8, trained on 8192 before'",
        "mistral-7b-v0.1 | mistral | 32768 | 4096 | 8 | 'RoPE, theta 10000, 4 features, pairs half-split'",
        "qwen2.5-7b | qwen2 | 131072 | 0 | 4 | 'RoPE, theta 1000000, 4 features, pairs half-split'",
        "qwen3-8b | qwen3 | 40960 | 0 | 8 | 'RoPE, theta 1000000, 4 features, pairs half-split'",
        "phi-3-mini-4k | phi3 | 4096 | 2047 | 32 | 'RoPE, theta 10000, 6 features, pairs half-split'",
        "smollm2-135m | llama | 8192 | 0 | 3 | 'RoPE, theta 100000, 4 features, pairs half-split'",
        "mpt-7b | mpt | 2048 | 0 | 32 | 'ALiBi, slopes 0.8408964 to 0.00390625 (largest bias 8)'",
        "mpt-7b-storywriter | mpt | 65536 | 0 | 32 | 'ALiBi, slopes 0.70710677 to 1.5258789E-5"
            + " (largest bias 16)'",
        "gpt-j-6b | gptj | 2048 | 0 | 16 | 'RoPE, theta 10000, 2 features, pairs interleaved'",
        "pythia-1.4b | gpt_neox | 2048 | 0 | 16 | 'RoPE, theta 10000, 2 features, pairs half-split'",
      })
  void runsOnItsPublishedConfigurationAndNames(
      String name,
      String family,
      int pretrainLength,
      int window,
      int keyValueHeads,
      String positions)
      throws IOException {
    write(name);
    int[] tokens = new Random(1).ints(40, 0, 100).toArray();
    float[] logits;
    try (LoadedDecoder model = ModelLoader.openDecoder(folder, 1)) {
      ModelConfig config = model.decoder().config();
      assertThat(config.family()).isEqualTo(family);
      assertThat(config.pretrainLength()).isEqualTo(pretrainLength);
      assertThat(config.slidingWindow()).isEqualTo(window == 0 ? Edge.UNBOUNDED : window);
      assertThat(config.keyValueHeads()).isEqualTo(keyValueHeads);
      assertThat(config.positions().description()).isEqualTo(positions);
      logits = FixtureModels.logits(model.decoder(), FixtureModels.arm("vanilla"), tokens, 16, 40);
      for (float logit : logits) {
        assertThat(logit).isFinite();
      }
      float[] infinite =
          FixtureModels.logits(
              model.decoder(),
              FixtureModels.arm("lm-infinite:global=2,local=40,ceiling=40"),
              tokens,
              16,
              40);
      assertThat(FixtureModels.maxDifference(logits, infinite)).isLessThan(1e-4f);
    }
    Path gguf = folder.resolve("model.gguf");
    try (GgufConversion conversion = GgufConversion.open(folder, DType.F32);
        OutputStream out = Files.newOutputStream(gguf)) {
      conversion.writeTo(out, 1, Progress.NONE, Cancellation.NONE);
    }
    try (LoadedDecoder model = ModelLoader.openDecoder(gguf, 1)) {
      float[] converted =
          FixtureModels.logits(model.decoder(), FixtureModels.arm("vanilla"), tokens, 16, 40);
      assertThat(FixtureModels.maxDifference(logits, converted)).isLessThan(1e-4f);
    }
  }

  private void write(String name) throws IOException {
    JsonNode published;
    try (var in =
        Objects.requireNonNull(
            PublishedModelsTest.class.getResourceAsStream("/published/" + name + ".json"), name)) {
      published = JSON.readTree(in);
    }
    int divisor = published.path("divisor").intValue();
    ObjectNode config = (ObjectNode) published.path("config").deepCopy();
    for (String key : List.copyOf(config.propertyNames())) {
      if (LAYER_COUNTS.contains(key)) {
        config.put(key, LAYERS);
      } else if (WIDTHS.contains(key)) {
        config.put(key, divided(config.path(key).intValue(), divisor, key));
      }
    }
    Files.writeString(folder.resolve("config.json"), config.toString());
    writeWeights(published.path("tensors"), divisor);
  }

  private void writeWeights(JsonNode tensors, int divisor) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    List<Integer> sizes = new ArrayList<>();
    int[] offset = {0};
    for (Map.Entry<String, JsonNode> tensor : tensors.properties()) {
      int copies = tensor.getKey().contains("%d") ? LAYERS : 1;
      for (int l = 0; l < copies; l++) {
        ObjectNode entry = header.putObject(tensor.getKey().replace("%d", Integer.toString(l)));
        entry.put("dtype", "F32");
        ArrayNode shape = entry.putArray("shape");
        int elements = 1;
        for (JsonNode size : tensor.getValue()) {
          int d = divided(size.intValue(), divisor, tensor.getKey());
          shape.add(d);
          elements *= d;
        }
        entry.putArray("data_offsets").add(offset[0]).add(offset[0] + 4 * elements);
        offset[0] += 4 * elements;
        sizes.add(shape.size() == 1 ? -elements : elements);
      }
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(8 + json.length + offset[0]).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(json.length).put(json);
    Random random = new Random(2);
    for (int size : sizes) {
      for (int i = 0; i < Math.abs(size); i++) {
        float value = (float) (0.1 * random.nextGaussian());
        out.putFloat(size < 0 ? 1 + value : value);
      }
    }
    Files.write(folder.resolve("model.safetensors"), out.array());
  }

  private static int divided(int width, int divisor, String what) {
    if (width % divisor != 0) {
      throw new AssertionError(
          "%s: expected a multiple of %d, found %d".formatted(what, divisor, width));
    }
    return width / divisor;
  }
}
