package org.lambdascope.engine.format.pickle;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.format.MappedFile;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.Quoted;
import org.lambdascope.engine.format.ShardIndex;
import org.lambdascope.engine.format.TensorInfo;
import org.lambdascope.engine.format.TensorTable;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Tensors of PyTorch checkpoints as {@code torch.save} has written them since version 1.6, single
 * or sharded, memory-mapped. Float, half and bfloat16 tensors can be read; others are only listed.
 */
public final class PickleSource implements WeightSource {

  /** The file of an unsharded model. */
  public static final String SINGLE_FILE = "pytorch_model.bin";

  /** The index of a sharded model. */
  public static final String INDEX_FILE = "pytorch_model.bin.index.json";

  private static final String SUPPORTED = "Float, Half or BFloat16";
  private static final int MAX_PICKLE_BYTES = 1 << 26;

  private final String location;
  private final TensorTable table;
  private final Arena arena;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PickleSource(String location, TensorTable table, Arena arena) {
    this.location = location;
    this.table = table;
    this.arena = arena;
  }

  /** Whether a folder holds such a model. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(SINGLE_FILE)) || Files.exists(folder.resolve(INDEX_FILE));
  }

  /**
   * Opens a model folder: {@code pytorch_model.bin}, or the shards of {@code
   * pytorch_model.bin.index.json} if there is no such file.
   *
   * @throws ModelFormatException if the folder has neither, or one of the files is malformed
   */
  public static PickleSource open(Path folder) throws IOException {
    MappedFile.requireFolder(folder);
    Path single = folder.resolve(SINGLE_FILE);
    return Files.exists(single) ? openFile(single) : openIndex(folder.resolve(INDEX_FILE));
  }

  /**
   * Opens one file.
   *
   * @throws ModelFormatException if it is malformed
   */
  public static PickleSource openFile(Path file) throws IOException {
    return build(
        file.toString(),
        (arena, table) -> {
          MappedFile mapped = MappedFile.open(file, arena);
          for (TensorInfo tensor : tensors(mapped)) {
            table.add(mapped, tensor);
          }
        });
  }

  /**
   * Opens the shards that an index names.
   *
   * @throws ModelFormatException if the index or a shard is malformed, or they disagree
   */
  public static PickleSource openIndex(Path index) throws IOException {
    return build(
        index.toString(),
        (arena, table) -> {
          ShardIndex shards = ShardIndex.read(index);
          for (Path shard : shards.files()) {
            MappedFile mapped = MappedFile.open(shard, arena);
            shards.add(mapped, tensors(mapped), table);
          }
        });
  }

  private interface Filling {
    void fill(Arena arena, TensorTable.Builder table) throws IOException;
  }

  private static PickleSource build(String location, Filling filling) throws IOException {
    Arena arena = Arena.ofShared();
    boolean done = false;
    try {
      TensorTable.Builder table = new TensorTable.Builder(location, SUPPORTED);
      filling.fill(arena, table);
      PickleSource source = new PickleSource(location, table.build(), arena);
      done = true;
      return source;
    } finally {
      if (!done) {
        arena.close();
      }
    }
  }

  private static List<TensorInfo> tensors(MappedFile file) throws ModelFormatException {
    String where = file.path().toString();
    if (!ZipEntries.isZip(file)) {
      throw new ModelFormatException(
          where,
          "expected a PyTorch zip file, found %s"
              .formatted(
                  file.data().get(ValueLayout.JAVA_BYTE, 0) == (byte) 0x80
                      ? "a pickle as PyTorch wrote it before version 1.6; save it again with a"
                          + " newer one, or as safetensors"
                      : "other bytes"));
    }
    Map<String, ZipEntries.Entry> entries = ZipEntries.read(file);
    String pickle =
        entries.keySet().stream()
            .filter(n -> n.endsWith("/data.pkl"))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelFormatException(
                        where, "expected an entry data.pkl, found a zip without one"));
    String prefix = pickle.substring(0, pickle.length() - "data.pkl".length());
    checkByteOrder(file, entries.get(prefix + "byteorder"));
    byte[] bytes = bytes(file, pickle, Objects.requireNonNull(entries.get(pickle)));
    List<TensorInfo> infos = new ArrayList<>();
    for (Map.Entry<String, PickledTensor> e : PickleReader.read(where, bytes).entrySet()) {
      PickledTensor tensor = e.getValue();
      ZipEntries.Entry storage = entries.get(prefix + "data/" + tensor.storage());
      if (storage == null) {
        throw new ModelFormatException(
            where,
            "tensor %s: expected its storage %s in the zip, found none"
                .formatted(Quoted.of(e.getKey()), Quoted.of(tensor.storage())));
      }
      infos.add(info(where, e.getKey(), tensor, storage));
    }
    return infos;
  }

  private static TensorInfo info(
      String where, String name, PickledTensor tensor, ZipEntries.Entry storage)
      throws ModelFormatException {
    if (!tensor.contiguous()) {
      throw new ModelFormatException(
          where,
          "tensor %s: expected its elements row by row, found other strides; save it contiguous"
              .formatted(Quoted.of(name)));
    }
    long offset;
    long bytes;
    try {
      long elements = 1;
      for (long size : tensor.shape()) {
        elements = Math.multiplyExact(elements, size);
      }
      offset = Math.multiplyExact(tensor.offset(), (long) tensor.type().elementBytes());
      bytes = Math.multiplyExact(elements, (long) tensor.type().elementBytes());
    } catch (ArithmeticException e) {
      throw new ModelFormatException(
          where, "tensor %s: expected a size below 2^63 bytes".formatted(Quoted.of(name)), e);
    }
    if (offset < 0 || offset > storage.bytes() || bytes > storage.bytes() - offset) {
      throw new ModelFormatException(
          where,
          "tensor %s: expected %d bytes from byte %d of its storage on, found a storage of %d bytes"
              .formatted(Quoted.of(name), bytes, offset, storage.bytes()));
    }
    return new TensorInfo(
        name,
        tensor.type().storedType(),
        tensor.type().dtype(),
        tensor.shape(),
        storage.offset() + offset,
        bytes);
  }

  private static void checkByteOrder(MappedFile file, ZipEntries.@Nullable Entry entry)
      throws ModelFormatException {
    if (entry != null) {
      String order = new String(bytes(file, "byteorder", entry), StandardCharsets.US_ASCII);
      if (!order.equals("little")) {
        throw new ModelFormatException(
            file.path().toString(), "byteorder: expected little, found " + Quoted.of(order));
      }
    }
  }

  private static byte[] bytes(MappedFile file, String name, ZipEntries.Entry entry)
      throws ModelFormatException {
    if (entry.bytes() > MAX_PICKLE_BYTES) {
      throw new ModelFormatException(
          file.path().toString(),
          "%s: expected at most %d bytes, found %d"
              .formatted(name, MAX_PICKLE_BYTES, entry.bytes()));
    }
    return file.data().asSlice(entry.offset(), entry.bytes()).toArray(ValueLayout.JAVA_BYTE);
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
