package org.lambdascope.engine.model;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lambdascope.engine.format.safetensors.SafetensorsSource;
import org.lambdascope.engine.tensor.Tensor;

/**
 * A small model with the logits that PyTorch computed for it, one folder of {@code
 * src/test/resources/reference}; {@code src/test/reference} says how they were made.
 *
 * @param name the folder
 * @param model what {@link ModelLoader#openDecoder} opens
 * @param tokens ids, {@code [T]}
 * @param logits per arm, as the command line writes it: {@code [T, vocabulary]}
 */
record ReferenceFixture(String name, Path model, int[] tokens, Map<String, float[]> logits) {

  /** Models in F32 whose logits cover every arm. */
  static final List<String> ALL_ARMS = List.of("mha", "gqa", "mqa-bias", "mha-odd");

  /** Other families than LLaMA, or variants of it, under every arm. */
  static final List<String> FAMILIES =
      List.of(
          "mpt",
          "mpt-odd",
          "gptj",
          "neox-parallel",
          "neox-sequential",
          "mistral",
          "qwen2",
          "qwen3",
          "phi3",
          "llama3",
          "yarn",
          "dynamic",
          "longrope");

  /** Models with logits of the arms that change positions. */
  static final List<String> POSITIONS =
      List.of(
          "gqa",
          "mqa-bias",
          "gptj",
          "neox-parallel",
          "neox-sequential",
          "mpt",
          "mistral",
          "phi3",
          "longrope");

  /** One model in every stored type, under three arms. */
  static final List<String> STORED_TYPES =
      List.of("f16", "bf16", "gguf-f32", "gguf-q8_0", "gguf-q4_0");

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Models of both that also have logits of the arms that retrieve keys. */
  static final List<String> RETRIEVAL =
      List.of("gqa", "mqa-bias", "qwen3", "mistral", "mpt-odd", "gptj", "neox-parallel");

  private static final String TOKENS = "tokens";

  static ReferenceFixture read(String name) throws IOException {
    return read(name, "expected.safetensors");
  }

  /** One of {@link #POSITIONS} with the logits of the arms that change positions. */
  static ReferenceFixture readPositions(String name) throws IOException {
    return read(name, "positions.safetensors");
  }

  /** One of {@link #RETRIEVAL} with the logits of the arms that retrieve keys. */
  static ReferenceFixture readRetrieval(String name) throws IOException {
    return read(name, "retrieval.safetensors");
  }

  private static ReferenceFixture read(String name, String logitsFile) throws IOException {
    Path folder = folder(name);
    Path gguf = folder.resolve("model.gguf");
    try (SafetensorsSource source = SafetensorsSource.openFile(folder.resolve(logitsFile))) {
      float[] ids = floats(source.get(TOKENS));
      int[] tokens = new int[ids.length];
      for (int t = 0; t < ids.length; t++) {
        tokens[t] = (int) ids[t];
      }
      Map<String, float[]> logits = new LinkedHashMap<>();
      for (String arm : source.names()) {
        if (!arm.equals(TOKENS)) {
          logits.put(arm, floats(source.get(arm)));
        }
      }
      return new ReferenceFixture(name, Files.exists(gguf) ? gguf : folder, tokens, logits);
    }
  }

  static Path folder(String name) {
    URL url = ReferenceFixture.class.getResource("/reference/" + name);
    if (url == null) {
      throw new IllegalStateException("expected test resources in reference/" + name);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("expected test resources in a folder, found " + url, e);
    }
  }

  static float[] floats(Tensor tensor) {
    return tensor.data().toArray(FLOAT);
  }
}
