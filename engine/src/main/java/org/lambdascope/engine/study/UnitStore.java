package org.lambdascope.engine.study;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results of units, a file each. A file is there with all its bytes or not at all, whenever the
 * process or the machine ends.
 */
public final class UnitStore {

  /** How the names of results end. */
  public static final String ENDING = ".json";

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String PARTIAL = ".part";

  private final Path folder;

  /** Opens the store of a folder, which is made if it is not there; removes what a kill left. */
  public UnitStore(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(PARTIAL)).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Whether the unit is done. */
  public boolean has(String id) {
    return Files.isRegularFile(file(id));
  }

  /** The result of a unit; empty if it is not done, or its file is damaged. */
  public Optional<JsonNode> read(String id) throws IOException {
    Path file = file(id);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(file));
      return node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (JacksonException e) {
      // Damaged by something else than us: the unit is done again.
      return Optional.empty();
    }
  }

  /** Stores a result. */
  public void write(String id, JsonNode result) throws IOException {
    Path partial = folder.resolve(id + PARTIAL);
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        OutputStream out = Channels.newOutputStream(channel);
        out.write(JSON.writeValueAsBytes(result));
        // The name must not reach the disk before the bytes.
        channel.force(true);
      }
      Files.move(partial, file(id), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private Path file(String id) {
    return folder.resolve(id + ENDING);
  }
}
