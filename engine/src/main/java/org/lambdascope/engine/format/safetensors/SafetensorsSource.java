package org.lambdascope.engine.format.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lambdascope.engine.format.MappedFile;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.Quoted;
import org.lambdascope.engine.format.ShardIndex;
import org.lambdascope.engine.format.TensorInfo;
import org.lambdascope.engine.format.TensorTable;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Tensors of safetensors files, single or sharded, memory-mapped.
 *
 * <p>Tensors in F32, F16 and BF16 can be read. Others, such as the integer buffers of old
 * checkpoints, are listed by {@link #skipped()} and only asking for one of them fails.
 */
public final class SafetensorsSource implements WeightSource {

  /** The file of an unsharded model. */
  public static final String SINGLE_FILE = "model.safetensors";

  /** The index of a sharded model. */
  public static final String INDEX_FILE = "model.safetensors.index.json";

  private static final String SUPPORTED = "F32, F16 or BF16";

  private final String location;
  private final TensorTable table;
  private final Map<String, String> metadata;
  private final Arena arena;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SafetensorsSource(
      String location, TensorTable table, Map<String, String> metadata, Arena arena) {
    this.location = location;
    this.table = table;
    this.metadata = metadata;
    this.arena = arena;
  }

  /** Whether a folder holds such a model. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(SINGLE_FILE)) || Files.exists(folder.resolve(INDEX_FILE));
  }

  /**
   * Opens a model folder: {@code model.safetensors}, or the shards of {@code
   * model.safetensors.index.json} if there is no such file.
   *
   * @throws ModelFormatException if the folder has neither, or one of the files is malformed
   */
  public static SafetensorsSource open(Path folder) throws IOException {
    MappedFile.requireFolder(folder);
    Path single = folder.resolve(SINGLE_FILE);
    if (Files.exists(single)) {
      return openFile(single);
    }
    Path index = folder.resolve(INDEX_FILE);
    if (Files.exists(index)) {
      return openIndex(index);
    }
    throw new ModelFormatException(
        folder.toString(),
        "expected %s or %s, found %s".formatted(SINGLE_FILE, INDEX_FILE, weightsIn(folder)));
  }

  /**
   * Opens one file.
   *
   * @throws ModelFormatException if it is malformed
   */
  public static SafetensorsSource openFile(Path file) throws IOException {
    return build(
        file.toString(),
        (arena, table, metadata) -> {
          MappedFile mapped = MappedFile.open(file, arena);
          SafetensorsHeader header = SafetensorsHeader.read(mapped);
          header.tensors().forEach(t -> table.add(mapped, t));
          metadata.putAll(header.metadata());
        });
  }

  /**
   * Opens the shards that an index names. A tensor that the index does not mention is taken from
   * the shard that has it.
   *
   * @throws ModelFormatException if the index or a shard is malformed, or they disagree
   */
  public static SafetensorsSource openIndex(Path index) throws IOException {
    return build(
        index.toString(),
        (arena, table, metadata) -> {
          ShardIndex shards = ShardIndex.read(index);
          for (Path shard : shards.files()) {
            MappedFile mapped = MappedFile.open(shard, arena);
            SafetensorsHeader header = SafetensorsHeader.read(mapped);
            shards.add(mapped, header.tensors(), table);
            header.metadata().forEach(metadata::putIfAbsent);
          }
        });
  }

  private interface Filling {
    void fill(Arena arena, TensorTable.Builder table, Map<String, String> metadata)
        throws IOException;
  }

  private static SafetensorsSource build(String location, Filling filling) throws IOException {
    Arena arena = Arena.ofShared();
    boolean done = false;
    try {
      TensorTable.Builder table = new TensorTable.Builder(location, SUPPORTED);
      Map<String, String> metadata = new LinkedHashMap<>();
      filling.fill(arena, table, metadata);
      SafetensorsSource source =
          new SafetensorsSource(
              location, table.build(), Collections.unmodifiableMap(metadata), arena);
      done = true;
      return source;
    } finally {
      if (!done) {
        arena.close();
      }
    }
  }

  private static String weightsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      String found =
          files
              .map(f -> String.valueOf(f.getFileName()))
              .filter(f -> f.matches(".*\\.(safetensors|gguf|bin|pth?|ckpt|h5|msgpack|onnx)"))
              .sorted()
              .limit(4)
              .map(Quoted::of)
              .collect(Collectors.joining(", "));
      return found.isEmpty() ? "no weights in that folder" : "only " + found;
    }
  }

  @Override
  public Set<String> names() {
    return table.names();
  }

  /** What the files say about each tensor, in file order. */
  public List<TensorInfo> infos() {
    return table.infos();
  }

  /** Tensors whose element type cannot be read. */
  public List<TensorInfo> skipped() {
    return table.infos().stream().filter(t -> !t.readable()).toList();
  }

  /** The texts under {@code __metadata__}; of a sharded model, the first shard's win. */
  public Map<String, String> metadata() {
    return metadata;
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
