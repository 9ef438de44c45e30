package org.lambdascope.engine.format;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/** Tensors of one model by name: what the formats have in common. */
public final class TensorTable {

  /** What to do with checkpoints of 8-bit floats, whose scales are kept apart from the weights. */
  private static final String EIGHT_BITS =
      "; take the checkpoint's release in BF16, or write one from it (FP8 weights times their scales)";

  /** Bytes of a cache line, where a moved tensor begins. */
  private static final long LINE = 64;

  private record Entry(TensorInfo info, @Nullable Tensor tensor) {}

  private final String location;
  private final String supported;
  private volatile Map<String, Entry> entries;
  private final long bytes;

  private TensorTable(Builder builder) {
    this.location = builder.location;
    this.supported = builder.supported;
    this.entries = Collections.unmodifiableMap(builder.entries);
    this.bytes = builder.bytes;
  }

  /** Collects the tensors of one or more files. */
  public static final class Builder {
    private final String location;
    private final String supported;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    /**
     * Starts an empty table.
     *
     * @param location of the model, for messages
     * @param supported the element types of the format that can be read, for messages
     */
    public Builder(String location, String supported) {
      this.location = location;
      this.supported = supported;
    }

    /** Whether a tensor of that name was added. */
    public boolean has(String name) {
      return entries.containsKey(name);
    }

    /** Adds a tensor whose name is new and whose bytes lie inside the file. */
    public void add(MappedFile file, TensorInfo info) {
      DType dtype = info.dtype();
      Tensor tensor =
          dtype == null
              ? null
              : new Tensor(
                  info.name(),
                  dtype,
                  info.shape(),
                  file.data().asSlice(info.offset(), info.bytes()));
      entries.put(info.name(), new Entry(info, tensor));
      bytes += info.bytes();
    }

    /** The table. */
    public TensorTable build() {
      return new TensorTable(this);
    }
  }

  /**
   * Copies the tensors into large pages, if there are such and that is where they are read faster.
   * Those that were taken from the table before stay where they are.
   *
   * @param arena of the files
   */
  public void moveToLargePages(Arena arena) {
    long room = entries.values().stream().mapToLong(e -> aligned(e.tensor())).sum();
    MemorySegment target = LargePages.allocate(room, arena);
    if (target == null) {
      return;
    }
    Map<String, Entry> moved = new LinkedHashMap<>();
    List<Runnable> copies = new ArrayList<>();
    long at = 0;
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      Tensor from = entry.getValue().tensor();
      Tensor to = from;
      if (from != null) {
        MemorySegment data = target.asSlice(at, from.data().byteSize());
        copies.add(() -> data.copyFrom(from.data()));
        to = new Tensor(from.name(), from.dtype(), from.shape(), data.asReadOnly());
        at += aligned(from);
      }
      moved.put(entry.getKey(), new Entry(entry.getValue().info(), to));
    }
    copies.parallelStream().forEach(Runnable::run);
    entries = Collections.unmodifiableMap(moved);
  }

  private static long aligned(@Nullable Tensor tensor) {
    return tensor == null ? 0 : (tensor.data().byteSize() + LINE - 1) / LINE * LINE;
  }

  /** Names of all tensors, in the order they were added. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** What the files say about each tensor, in the same order. */
  public List<TensorInfo> infos() {
    List<TensorInfo> infos = new ArrayList<>(entries.size());
    entries.values().forEach(e -> infos.add(e.info()));
    return infos;
  }

  /**
   * The tensor of that name, if there is one.
   *
   * @throws ModelFormatException if it is there in an element type that cannot be read
   */
  public Optional<Tensor> find(String name) throws ModelFormatException {
    Entry entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    Tensor tensor = entry.tensor();
    if (tensor == null) {
      throw new ModelFormatException(
          location,
          "tensor %s is stored as %s, which is not supported, expected %s%s"
              .formatted(
                  Quoted.of(name),
                  entry.info().storedType(),
                  supported,
                  entry.info().storedType().startsWith("F8_") ? EIGHT_BITS : ""));
    }
    return Optional.of(tensor);
  }

  /**
   * The tensor of that name.
   *
   * @throws ModelFormatException if there is none, naming the nearest names, or if it cannot be
   *     read
   */
  public Tensor get(String name) throws ModelFormatException {
    Optional<Tensor> tensor = find(name);
    if (tensor.isEmpty()) {
      throw new ModelFormatException(
          location,
          "expected a tensor %s, found %s"
              .formatted(Quoted.of(name), NearestNames.describe(name, entries.keySet())));
    }
    return tensor.get();
  }

  /** Bytes of all tensors together. */
  public long bytes() {
    return bytes;
  }
}
