package org.lambdascope.app.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.study.Resources;

/**
 * What a run ran on, so that its numbers can be traced.
 *
 * @param version of the program
 * @param java of the JVM
 * @param system name, version and architecture
 * @param kernels the engine's
 * @param threads that it computed on
 * @param model SHA-256 of the model's files, by name
 * @param data SHA-256 of the texts, by name
 * @param folder from which the relative paths of the experiment file started
 */
public record Environment(
    String version,
    String java,
    String system,
    String kernels,
    int threads,
    SortedMap<String, String> model,
    SortedMap<String, String> data,
    String folder) {

  private static final int BUFFER = 1 << 20;

  /** Of this process with an open model. */
  static Environment of(String version, LanguageModel model, Resources resources)
      throws IOException {
    SortedMap<String, String> data = new TreeMap<>();
    for (Path text : resources.used()) {
      data.put(name(text), sha256(text));
    }
    return new Environment(
        version,
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        model.kernels().description(),
        model.threads(),
        modelHashes(model.path()),
        data,
        resources.folder().toAbsolutePath().normalize().toString());
  }

  private static SortedMap<String, String> modelHashes(Path path) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    if (Files.isRegularFile(path)) {
      hashes.put(name(path), sha256(path));
      return hashes;
    }
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        hashes.put(name(file), sha256(file));
      }
    }
    return hashes;
  }

  /** Equal where the metrics must be equal: machine and threads do not count. */
  String configuration(byte[] spec) {
    MessageDigest digest = digest();
    digest.update(spec);
    digest.update(version.getBytes(StandardCharsets.UTF_8));
    for (Map<String, String> hashes : List.of(model, data)) {
      hashes.values().forEach(h -> digest.update(HexFormat.of().parseHex(h)));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      while (in.read(buffer) >= 0) {
        // Read for the digest alone.
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
