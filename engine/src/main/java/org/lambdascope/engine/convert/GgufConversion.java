package org.lambdascope.engine.convert;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.format.gguf.GgufEntries;
import org.lambdascope.engine.format.gguf.GgufFile;
import org.lambdascope.engine.format.gguf.GgufValue;
import org.lambdascope.engine.format.gguf.GgufWriter;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.KernelsProvider;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.GgufModel;
import org.lambdascope.engine.model.GgufTensor;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;
import org.lambdascope.engine.tokenizer.GgufTokenizers;

/**
 * A model on its way into a GGUF file, in a type of one's choice. Tensors are read from the mapped
 * source and written a few rows at a time, so memory does not grow with the model.
 *
 * <p>Vectors (norms, biases) are F32. Where matrices are Q4_0, the output head, or the embedding
 * that serves as one, is Q8_0, since errors there reach every logit. Rows that are not whole blocks
 * are F16. All three are what llama.cpp does, but for the head of models whose rows are whole
 * blocks of 256, where it takes Q6_K.
 */
public final class GgufConversion implements AutoCloseable {

  /** The types that can be written. */
  public static final Set<DType> TYPES =
      Set.of(DType.F32, DType.F16, DType.BF16, DType.Q8_0, DType.Q4_0);

  private static final String EMBEDDING = "token_embd.weight";
  private static final String HEAD = "output.weight";
  private static final int QUANTIZATION_VERSION = 2;
  private static final int BATCH_BYTES = 4 << 20;
  private static final int MIB_SHIFT = 20;

  private final WeightSource source;
  private final GgufEntries entries;
  private final List<GgufTensor> tensors;
  private final List<GgufWriter.Declared> declared;
  private final Kernels kernels = KernelsProvider.load();

  private GgufConversion(
      WeightSource source, GgufEntries entries, List<GgufTensor> tensors, DType type)
      throws ModelFormatException {
    this.source = source;
    this.entries = entries;
    this.tensors = tensors;
    entries.count("general.file_type", fileType(type));
    entries.count("general.quantization_version", QUANTIZATION_VERSION);
    boolean hasHead = tensors.stream().anyMatch(t -> t.name().equals(HEAD));
    declared = new ArrayList<>(tensors.size());
    for (GgufTensor tensor : tensors) {
      declared.add(
          new GgufWriter.Declared(
              tensor.name(), storedType(tensor, type, hasHead), tensor.source().shape()));
    }
  }

  /**
   * Opens a model for conversion.
   *
   * @param model a Hugging Face folder, or a GGUF file
   * @param type one of {@link #TYPES}: what matrices are stored in
   * @throws IOException if it cannot be read, is not what it should be, or cannot be said in GGUF
   */
  public static GgufConversion open(Path model, DType type) throws IOException {
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException("expected one of %s, found %s".formatted(TYPES, type));
    }
    return Files.isDirectory(model) ? ofFolder(model, type) : ofFile(model, type);
  }

  private static GgufConversion ofFolder(Path folder, DType type) throws IOException {
    HfConfig config = HfConfig.read(folder);
    WeightSource weights = ModelLoader.openWeights(folder);
    try {
      GgufModel model = ModelLoader.toGguf(config, weights);
      Path name = folder.toAbsolutePath().normalize().getFileName();
      if (name != null) {
        model.entries().text("general.name", name.toString());
      }
      GgufTokenizers.write(folder, model.vocabularySize(), model.entries());
      return new GgufConversion(weights, model.entries(), model.tensors(), type);
    } catch (IOException | RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private static GgufConversion ofFile(Path path, DType type) throws IOException {
    GgufFile file = GgufFile.open(path);
    try {
      GgufEntries entries = new GgufEntries();
      for (String key : file.metadata().keys()) {
        if (!key.equals("general.alignment")) { // of the file, not of the model
          GgufValue value = file.metadata().value(key).orElseThrow();
          entries.put(key, value);
        }
      }
      List<GgufTensor> tensors = new ArrayList<>();
      for (String name : file.names()) {
        tensors.add(GgufTensor.inOrder(name, file.get(name)));
      }
      return new GgufConversion(file, entries, tensors, type);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** As {@code llama_ftype} of llama.cpp numbers them. */
  private static int fileType(DType type) {
    return switch (type) {
      case F32 -> 0;
      case F16 -> 1;
      case Q4_0 -> 2;
      case Q8_0 -> 7;
      case BF16 -> 32;
      default ->
          throw new IllegalArgumentException("expected a type that is written, found " + type);
    };
  }

  private DType storedType(GgufTensor tensor, DType type, boolean hasHead)
      throws ModelFormatException {
    Tensor values = tensor.source();
    if (values.rank() == 1) {
      return DType.F32;
    }
    if (values.rank() != 2) {
      throw new ModelFormatException(
          source.location(),
          "tensor %s: expected a vector or a matrix, found shape %s"
              .formatted(values.name(), Arrays.toString(values.shape())));
    }
    if (values.dim(1) % type.blockSize() != 0) {
      return DType.F16;
    }
    boolean head = tensor.name().equals(hasHead ? HEAD : EMBEDDING);
    return head && type == DType.Q4_0 ? DType.Q8_0 : type;
  }

  /** Size of the file in bytes. */
  public long bytes() {
    return GgufWriter.fileBytes(entries.values(), declared);
  }

  /** Whether the file will hold a tokenizer. */
  public boolean hasTokenizer() {
    return entries.values().containsKey("tokenizer.ggml.tokens");
  }

  /** What will be written, in order. */
  public List<GgufWriter.Declared> tensors() {
    return List.copyOf(declared);
  }

  /**
   * Writes the file.
   *
   * @param threads that encode, at least 1
   * @param progress told in MiB
   * @throws IOException if the file cannot be written, or a weight cannot be stored in its type
   */
  public void writeTo(OutputStream out, int threads, Progress progress, Cancellation cancellation)
      throws IOException {
    GgufWriter writer = new GgufWriter(out, entries.values(), declared);
    long total = declared.stream().mapToLong(GgufWriter.Declared::bytes).sum();
    long[] done = {0};
    try (ThreadTeam team = new ThreadTeam(threads)) {
      for (int t = 0; t < tensors.size(); t++) {
        cancellation.check();
        writer.begin();
        DType type = declared.get(t).dtype();
        if (tensors.get(t).source().rank() == 1) {
          vector(tensors.get(t), writer);
        } else {
          matrix(
              tensors.get(t),
              type,
              writer,
              team,
              bytes -> {
                cancellation.check();
                progress.update("converting", (done[0] + bytes) >> MIB_SHIFT, total >> MIB_SHIFT);
              });
        }
        done[0] += declared.get(t).bytes();
      }
      writer.finish();
    }
  }

  private void vector(GgufTensor tensor, GgufWriter writer) throws IOException {
    Tensor source = tensor.source();
    int n = source.dim(0);
    float[] stored = new float[n];
    kernels.readRow(
        new Tensor(source.name(), source.dtype(), new long[] {1, n}, source.data()), 0, stored, 0);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = stored[tensor.sourceRow().applyAsInt(i)];
    }
    if (!RowEncoder.storable(DType.F32, values, n)) {
      throw unstorable(source, DType.F32);
    }
    byte[] bytes = new byte[4 * n];
    RowEncoder.encode(DType.F32, values, n, bytes, 0);
    writer.write(bytes, 0, bytes.length);
  }

  /** Told how many bytes of a tensor are written. */
  private interface Written {
    void bytes(long bytes);
  }

  private void matrix(
      GgufTensor tensor, DType type, GgufWriter writer, ThreadTeam team, Written written)
      throws IOException {
    Tensor source = tensor.source();
    int rows = source.dim(0);
    int columns = source.dim(1);
    int rowBytes = Math.toIntExact(type.bytes(columns));
    int batch = Math.clamp(BATCH_BYTES / Math.max(1, rowBytes), 1, Math.max(1, rows));
    byte[] bytes = new byte[Math.multiplyExact(batch, rowBytes)];
    float[][] scratch = new float[team.size()][columns];
    AtomicInteger bad = new AtomicInteger();
    for (int from = 0; from < rows; from += batch) {
      int first = from;
      int n = Math.min(batch, rows - from);
      team.forEach(
          n,
          (i, worker) -> {
            float[] row = scratch[worker];
            kernels.readRow(source, tensor.sourceRow().applyAsInt(first + i), row, 0);
            if (!RowEncoder.storable(type, row, columns)) {
              bad.incrementAndGet();
            }
            RowEncoder.encode(type, row, columns, bytes, i * rowBytes);
          });
      if (bad.get() > 0) {
        throw unstorable(source, type);
      }
      writer.write(bytes, 0, n * rowBytes);
      written.bytes((long) (from + n) * rowBytes);
    }
  }

  private ModelFormatException unstorable(Tensor tensor, DType type) {
    return new ModelFormatException(
        source.location(),
        "tensor %s: expected finite values%s, found others%s"
            .formatted(
                tensor.name(),
                type == DType.F16 ? " below 65520, the range of F16" : "",
                type == DType.F16 ? "; bf16 has room for them" : ""));
  }

  /** Unmaps the source. */
  @Override
  public void close() {
    source.close();
  }
}
