package org.lambdascope.app.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which model a session is about. A model of gigabytes is not read to know it again: its
 * fingerprint is of the beginnings of its files, which hold names, shapes and settings.
 *
 * @param path where it was
 * @param name the last part of its path
 * @param bytes of all its files together
 * @param fingerprint SHA-256 over names, sizes and first 64 KiB of its files, in order of names
 */
public record ModelReference(String path, String name, long bytes, String fingerprint) {

  private static final int HEADER = 1 << 16;

  /**
   * Describes a model.
   *
   * @param path a folder, or a GGUF file
   * @throws IOException if it cannot be read
   */
  public static ModelReference of(Path path) throws IOException {
    MessageDigest digest = Sha256.digest();
    long bytes = 0;
    for (Path file : files(path)) {
      long size = Files.size(file);
      bytes += size;
      // The name of a single file may change without the model; in a folder names are roles.
      String name = Files.isDirectory(path) ? String.valueOf(file.getFileName()) : "";
      digest.update("%s %d\n".formatted(name, size).getBytes(StandardCharsets.UTF_8));
      try (InputStream in = Files.newInputStream(file)) {
        digest.update(in.readNBytes(HEADER));
      }
    }
    Path last = path.toAbsolutePath().normalize().getFileName();
    return new ModelReference(
        path.toAbsolutePath().normalize().toString(),
        last == null ? path.toString() : last.toString(),
        bytes,
        HexFormat.of().formatHex(digest.digest()));
  }

  /** Whether the other one is of the same model, wherever it is. */
  public boolean sameModel(ModelReference other) {
    return bytes == other.bytes && fingerprint.equals(other.fingerprint);
  }

  /** What a model is read from; notes beside it may change. */
  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> isPart(String.valueOf(f.getFileName()).toLowerCase(Locale.ROOT)))
          .sorted()
          .toList();
    }
  }

  private static boolean isPart(String name) {
    return name.endsWith(".safetensors")
        || name.endsWith(".bin")
        || name.equals("config.json")
        || name.equals("vocab.json")
        || name.equals("merges.txt")
        || name.startsWith("tokenizer");
  }
}
