package org.lambdascope.app.models;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.KernelsProvider;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.LoadedDecoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Normalisation;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.tensor.Tensor;
import org.lambdascope.engine.tokenizer.StreamingDecoder;
import org.lambdascope.engine.tokenizer.Tokenizer;

/** Models that can be opened but not run: one token per byte. */
public final class FakeModels {

  private FakeModels() {}

  /** A model that says whether it was closed. */
  public static final class Weights implements WeightSource {

    private boolean closed;

    public boolean closed() {
      return closed;
    }

    @Override
    public Set<String> names() {
      return Set.of();
    }

    @Override
    public Optional<Tensor> find(String name) {
      return Optional.empty();
    }

    @Override
    public Tensor get(String name) throws ModelFormatException {
      throw new ModelFormatException("fake", "no tensor " + name);
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public String location() {
      return "fake";
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** A model with 2 layers of 4 heads. */
  public static LanguageModel model(Path path, int pretrainLength, WeightSource weights) {
    ModelConfig config =
        new ModelConfig(
            "llama",
            256,
            8,
            16,
            2,
            4,
            2,
            2,
            Normalisation.rms(1e-5),
            new Rope(2, 10_000, RopeLayout.HALF_SPLIT),
            pretrainLength,
            Edge.UNBOUNDED,
            true,
            -1,
            Set.of());
    Decoder decoder = new FakeDecoder(config);
    return new LanguageModel(
        new LoadedDecoder(path, "fake", decoder, ThreadTeam.single(), decoder.kernels(), weights),
        new Bytes());
  }

  private record FakeDecoder(ModelConfig config) implements Decoder {

    @Override
    public Kernels kernels() {
      return KernelsProvider.load();
    }

    @Override
    public long weightBytes() {
      return 0;
    }

    @Override
    public long parameters() {
      return 0;
    }

    @Override
    public String dtypes() {
      return "F32";
    }

    @Override
    public DecoderSession newSession(ContextPolicy policy, int maxChunk, Probe probe) {
      throw new IllegalStateException("not to be run");
    }

    @Override
    public void unembed(float[] residual, int offset, float[] logits) {
      throw new IllegalStateException("not to be run");
    }

    @Override
    public long cacheBytes(ContextPolicy policy, int maxChunk, long tokens) {
      return tokens;
    }
  }

  private static final class Bytes implements Tokenizer {

    @Override
    public int[] encode(String text, boolean addBos) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int[] ids = new int[bytes.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = bytes[i] & 0xFF;
      }
      return ids;
    }

    @Override
    public String decode(int[] ids) {
      byte[] bytes = new byte[ids.length];
      for (int i = 0; i < ids.length; i++) {
        bytes[i] = (byte) ids[i];
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public StreamingDecoder newStreamingDecoder() {
      throw new IllegalStateException("not to be run");
    }

    @Override
    public byte[] tokenBytes(int id) {
      return new byte[] {(byte) id};
    }

    @Override
    public String tokenText(int id) {
      return Integer.toString(id);
    }

    @Override
    public int vocabularySize() {
      return 256;
    }

    @Override
    public OptionalInt bosId() {
      return OptionalInt.empty();
    }

    @Override
    public boolean addsBosByDefault() {
      return false;
    }

    @Override
    public Set<Integer> eosIds() {
      return Set.of();
    }

    @Override
    public String description() {
      return "bytes";
    }
  }
}
