package org.lambdascope.engine.experiment.context;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A LLaMA or CEPE checkpoint of a given shape with random weights in BF16, in the published layout:
 * what a step costs does not depend on the weights.
 */
public final class RandomCheckpoint {

  private static final float DEVIATION = 0.02f;
  private static final int BUFFER = 1 << 20;

  private RandomCheckpoint() {}

  /**
   * A shape.
   *
   * @param name for people
   * @param decoder the decoder; with an encoder, every layer has cross-attention
   * @param encoder the encoder; null for a plain LLaMA
   * @param vocabulary ids
   * @param window {@code max_position_embeddings}
   */
  public record Shape(
      String name, Stack decoder, @Nullable Stack encoder, int vocabulary, int window) {

    /** 12 layers of width 768 with the vocabulary of Llama 2, and an encoder of 4 of width 512. */
    public static final Shape LLAMA_110M =
        new Shape(
            "llama-110m",
            new Stack(12, 768, 12, 12, 2048),
            new Stack(4, 512, 8, 8, 1376),
            32_000,
            2048);

    /** That of TinyLlama 1.1B, but for a tied embedding; no encoder. */
    public static final Shape LLAMA_1_1B =
        new Shape("llama-1.1b", new Stack(22, 2048, 32, 4, 5632), null, 32_000, 2048);

    /** For a look at the command: a second per length. */
    public static final Shape TINY =
        new Shape("tiny", new Stack(2, 64, 4, 4, 176), new Stack(2, 48, 4, 4, 128), 512, 256);

    /** All shapes that have names. */
    public static Map<String, Shape> named() {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      shapes.put(LLAMA_110M.name, LLAMA_110M);
      shapes.put(LLAMA_1_1B.name, LLAMA_1_1B);
      shapes.put(TINY.name, TINY);
      return shapes;
    }

    /** The decoder alone. */
    public Shape withoutEncoder() {
      return new Shape(name, decoder, null, vocabulary, window);
    }
  }

  /**
   * A stack of LLaMA blocks.
   *
   * @param layers how many
   * @param width hidden size
   * @param heads query heads
   * @param keyValueHeads key/value heads
   * @param intermediate width of the MLP
   */
  public record Stack(int layers, int width, int heads, int keyValueHeads, int intermediate) {}

  /**
   * Writes {@code config.json} and {@code model.safetensors}.
   *
   * @param folder an existing folder
   */
  public static void write(Path folder, Shape shape, long seed) throws IOException {
    Files.writeString(folder.resolve("config.json"), config(shape));
    Map<String, int[]> tensors = tensors(shape);
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(folder.resolve("model.safetensors")), BUFFER)) {
      byte[] header = header(tensors).getBytes(StandardCharsets.UTF_8);
      out.write(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .array());
      out.write(header);
      SplittableRandom random = new SplittableRandom(seed);
      for (int[] tensor : tensors.values()) {
        write(out, tensor, random);
      }
    }
  }

  private static void write(OutputStream out, int[] shape, SplittableRandom random)
      throws IOException {
    boolean norm = shape.length == 1;
    byte[] row = new byte[shape[shape.length - 1] * Short.BYTES];
    for (int r = 0; r < (norm ? 1 : shape[0]); r++) {
      for (int i = 0; i < row.length; i += Short.BYTES) {
        // Uniform with that deviation: a normal one would cost more and change nothing.
        float value = norm ? 1 : (float) (random.nextDouble(-1, 1) * Math.sqrt(3) * DEVIATION);
        int bits = Float.floatToRawIntBits(value) >>> Short.SIZE;
        row[i] = (byte) bits;
        row[i + 1] = (byte) (bits >>> Byte.SIZE);
      }
      out.write(row);
    }
  }

  private static String header(Map<String, int[]> tensors) {
    StringBuilder header = new StringBuilder("{");
    long offset = 0;
    for (Map.Entry<String, int[]> entry : tensors.entrySet()) {
      int[] shape = entry.getValue();
      long elements = shape.length == 1 ? shape[0] : (long) shape[0] * shape[1];
      long end = offset + elements * Short.BYTES;
      header
          .append(offset == 0 ? "" : ",")
          .append(
              "\"%s\":{\"dtype\":\"BF16\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                  .formatted(
                      entry.getKey(),
                      Arrays.stream(shape)
                          .mapToObj(Integer::toString)
                          .collect(Collectors.joining(",")),
                      offset,
                      end));
      offset = end;
    }
    return header.append("}").toString();
  }

  private static Map<String, int[]> tensors(Shape shape) {
    Map<String, int[]> all = new LinkedHashMap<>();
    stack(all, "model.", shape.decoder(), shape.vocabulary());
    Stack encoder = shape.encoder();
    if (encoder == null) {
      return all;
    }
    stack(all, "encoder.", encoder, shape.vocabulary());
    int d = shape.decoder().width();
    int kv = d / shape.decoder().heads() * shape.decoder().keyValueHeads();
    int e = encoder.width();
    for (int l = 0; l < shape.decoder().layers(); l++) {
      String cross = "model.layers.%d.cross_attn.".formatted(l);
      all.put(cross + "layernorm.weight", new int[] {d});
      all.put(cross + "q_proj.weight", new int[] {d, d});
      all.put(cross + "k_proj.weight", new int[] {kv, e});
      all.put(cross + "v_proj.weight", new int[] {kv, e});
      all.put(cross + "o_proj.weight", new int[] {d, d});
    }
    return all;
  }

  private static void stack(Map<String, int[]> all, String prefix, Stack stack, int vocabulary) {
    int d = stack.width();
    int kv = d / stack.heads() * stack.keyValueHeads();
    int f = stack.intermediate();
    all.put(prefix + "embed_tokens.weight", new int[] {vocabulary, d});
    for (int l = 0; l < stack.layers(); l++) {
      String layer = prefix + "layers.%d.".formatted(l);
      all.put(layer + "input_layernorm.weight", new int[] {d});
      all.put(layer + "self_attn.q_proj.weight", new int[] {d, d});
      all.put(layer + "self_attn.k_proj.weight", new int[] {kv, d});
      all.put(layer + "self_attn.v_proj.weight", new int[] {kv, d});
      all.put(layer + "self_attn.o_proj.weight", new int[] {d, d});
      all.put(layer + "post_attention_layernorm.weight", new int[] {d});
      all.put(layer + "mlp.gate_proj.weight", new int[] {f, d});
      all.put(layer + "mlp.up_proj.weight", new int[] {f, d});
      all.put(layer + "mlp.down_proj.weight", new int[] {d, f});
    }
    all.put(prefix + "norm.weight", new int[] {d});
  }

  private static String config(Shape shape) {
    Stack encoder = shape.encoder();
    return """
        {"architectures": ["%s"], "bos_token_id": 1, "eos_token_id": 2,
         %s,
         "vocab_size": %d, "tie_word_embeddings": true%s}
        """
        .formatted(
            encoder == null ? "LlamaForCausalLM" : "LlamaForCausalContextLM",
            stackConfig(shape.decoder(), shape.window()),
            shape.vocabulary(),
            encoder == null ? "" : encoderConfig(shape, encoder));
  }

  private static String encoderConfig(Shape shape, Stack encoder) {
    return """
        ,
         "num_cross_attn_layers": %d, "encoder_hidden_size": %d,
         "encoder_config": {%s, "vocab_size": %d}"""
        .formatted(
            shape.decoder().layers(),
            encoder.width(),
            stackConfig(encoder, shape.window()),
            shape.vocabulary());
  }

  private static String stackConfig(Stack stack, int window) {
    return """
        "model_type": "llama", "hidden_size": %d, "num_hidden_layers": %d,
         "num_attention_heads": %d, "num_key_value_heads": %d, "intermediate_size": %d,
         "max_position_embeddings": %d, "rms_norm_eps": 1e-5, "rope_theta": 10000.0,
         "hidden_act": "silu\""""
        .formatted(
            stack.width(),
            stack.layers(),
            stack.heads(),
            stack.keyValueHeads(),
            stack.intermediate(),
            window);
  }
}
