package org.lambdascope.engine.format.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lambdascope.engine.format.MappedFile;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.TensorInfo;
import org.lambdascope.engine.format.TensorTable;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.tensor.Tensor;

/**
 * A GGUF file, version 2 or 3, little-endian, memory-mapped. Shapes are outermost first, the
 * reverse of the file's own order.
 *
 * <p>Tensors in the types of {@link org.lambdascope.engine.tensor.DType} can be read. Others are
 * listed by {@link #infos()} and asking for one of them fails.
 */
public final class GgufFile implements WeightSource {

  static final String SUPPORTED =
      "F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, IQ4_NL, Q2_K, Q3_K, Q4_K, Q5_K or Q6_K";

  private final String location;
  private final int version;
  private final GgufMetadata metadata;
  private final TensorTable table;
  private final Arena arena;
  private final AtomicBoolean closed = new AtomicBoolean();

  private GgufFile(
      String location, int version, GgufMetadata metadata, TensorTable table, Arena arena) {
    this.location = location;
    this.version = version;
    this.metadata = metadata;
    this.table = table;
    this.arena = arena;
  }

  /**
   * Opens a file.
   *
   * @throws ModelFormatException if it is malformed
   */
  public static GgufFile open(Path path) throws IOException {
    Arena arena = Arena.ofShared();
    boolean done = false;
    try {
      MappedFile file = MappedFile.open(path, arena);
      GgufReader.Head head = new GgufReader(file).read();
      String location = path.toString();
      TensorTable.Builder table = new TensorTable.Builder(location, SUPPORTED);
      head.tensors().forEach(t -> table.add(file, t));
      GgufFile opened =
          new GgufFile(
              location,
              head.version(),
              new GgufMetadata(location, head.metadata()),
              table.build(),
              arena);
      done = true;
      return opened;
    } finally {
      if (!done) {
        arena.close();
      }
    }
  }

  /** 2 or 3. */
  public int version() {
    return version;
  }

  /** Hyperparameters, vocabulary and what else the file says about the model. */
  public GgufMetadata metadata() {
    return metadata;
  }

  /** What the file says about each tensor, in file order. */
  public List<TensorInfo> infos() {
    return table.infos();
  }

  @Override
  public Set<String> names() {
    return table.names();
  }

  @Override
  public Optional<Tensor> find(String name) throws ModelFormatException {
    return table.find(name);
  }

  @Override
  public Tensor get(String name) throws ModelFormatException {
    return table.get(name);
  }

  @Override
  public long bytes() {
    return table.bytes();
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public void moveToLargePages() {
    table.moveToLargePages(arena);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      arena.close();
    }
  }
}
