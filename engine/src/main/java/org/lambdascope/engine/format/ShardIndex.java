package org.lambdascope.engine.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The {@code weight_map} of a sharded model: which file holds which tensor. */
public final class ShardIndex {

  private static final int MAX_BYTES = 100_000_000;

  private final Path index;
  private final Map<String, Path> fileByName;
  private final Map<Path, List<String>> namesByFile;

  private ShardIndex(
      Path index, Map<String, Path> fileByName, Map<Path, List<String>> namesByFile) {
    this.index = index;
    this.fileByName = fileByName;
    this.namesByFile = namesByFile;
  }

  /**
   * Reads an index and checks that every shard is there.
   *
   * @throws ModelFormatException if the index is malformed or shards are missing
   */
  public static ShardIndex read(Path index) throws IOException {
    String where = index.toString();
    JsonNode map = StrictJson.readObject(index, MAX_BYTES).get("weight_map");
    if (map == null || !map.isObject()) {
      throw new ModelFormatException(
          where,
          "expected weight_map to be an object from tensor to file, found "
              + StrictJson.describe(map));
    }
    if (map.isEmpty()) {
      throw new ModelFormatException(where, "expected weight_map to name tensors, found it empty");
    }
    Map<String, Path> files = new HashMap<>();
    Map<String, Path> fileByName = HashMap.newHashMap(map.size());
    Map<Path, List<String>> namesByFile = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : map.properties()) {
      String name = property.getKey();
      JsonNode value = property.getValue();
      if (!value.isString()) {
        throw new ModelFormatException(
            where,
            "expected weight_map to give a file name for tensor %s, found %s"
                .formatted(Quoted.of(name), StrictJson.describe(value)));
      }
      @Nullable Path file = files.get(value.stringValue());
      if (file == null) {
        file = beside(index, value.stringValue());
        files.put(value.stringValue(), file);
      }
      fileByName.put(name, file);
      namesByFile.computeIfAbsent(file, f -> new ArrayList<>()).add(name);
    }
    checkPresent(where, namesByFile.keySet());
    return new ShardIndex(index, fileByName, namesByFile);
  }

  private static Path beside(Path index, String name) throws ModelFormatException {
    // A model comes from the network: its index must not lead out of its folder. Backslashes and
    // colons separate paths on some systems, so they are refused on all.
    boolean plain =
        !name.isEmpty()
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c == 0);
    if (plain) {
      try {
        return index.resolveSibling(name);
      } catch (InvalidPathException e) {
        throw new ModelFormatException(
            index.toString(), "expected a shard's file name, found " + Quoted.of(name), e);
      }
    }
    throw new ModelFormatException(
        index.toString(),
        "expected the plain name of a shard in the index's own folder, found " + Quoted.of(name));
  }

  private static void checkPresent(String where, Collection<Path> files)
      throws ModelFormatException {
    List<Path> missing = files.stream().filter(f -> !Files.exists(f)).sorted().toList();
    if (!missing.isEmpty()) {
      throw new ModelFormatException(
          where,
          "expected %d shard%s, found %d missing, the first: %s"
              .formatted(
                  files.size(),
                  files.size() == 1 ? "" : "s",
                  missing.size(),
                  Quoted.of(String.valueOf(missing.getFirst().getFileName()))));
    }
  }

  /** The shards, in the order in which the index first names them. */
  public Collection<Path> files() {
    return namesByFile.keySet();
  }

  /**
   * Adds a shard's tensors. A tensor that the index does not mention is taken from the shard that
   * has it.
   *
   * @throws ModelFormatException if the index and the shard disagree, or two shards hold a tensor
   */
  public void add(MappedFile shard, List<TensorInfo> tensors, TensorTable.Builder table)
      throws ModelFormatException {
    for (TensorInfo tensor : tensors) {
      @Nullable Path home = fileByName.get(tensor.name());
      if (home != null && !home.equals(shard.path())) {
        continue;
      }
      if (table.has(tensor.name())) {
        throw new ModelFormatException(
            shard.path().toString(),
            "expected each tensor in one shard, found %s in two, and the index does not say which"
                .formatted(Quoted.of(tensor.name())));
      }
      table.add(shard, tensor);
    }
    for (String name : namesByFile.getOrDefault(shard.path(), List.of())) {
      if (!table.has(name)) {
        throw new ModelFormatException(
            shard.path().toString(),
            "expected the tensor %s, which %s places here, found none of that name"
                .formatted(Quoted.of(name), index.getFileName()));
      }
    }
  }
}
