package org.lambdascope.app.figure.spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lambdascope.app.figure.FigureExporter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run was told to do, as {@value #FILE} beside its figures. Its hash is in the metadata of
 * each of them.
 */
public final class RunConfiguration {

  /** The file. */
  public static final String FILE = "run.json";

  /** Settings that say whose run it was or where; not part of an anonymous file. */
  private static final List<String> NAMES = List.of("name", "model", "text");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .build();

  private final Map<String, Object> settings;

  /**
   * Keeps settings in their order.
   *
   * @param settings strings, numbers, booleans, lists and maps of them
   */
  public RunConfiguration(Map<String, ?> settings) {
    this.settings = new LinkedHashMap<>(settings);
  }

  /**
   * The hash of all settings, {@code sha256:} and 64 digits; the same whether or not the file is
   * anonymous.
   */
  public String hash() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return "sha256:" + HexFormat.of().formatHex(sha.digest(bytes(settings)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * Writes the file; one that is there is replaced, since the figures beside it are too.
   *
   * @param anonymous whether names of model and text are left out
   * @return the file
   */
  public Path write(Path folder, boolean anonymous) throws IOException {
    Path file = folder.resolve(FILE);
    Map<String, Object> written = new LinkedHashMap<>(settings);
    if (anonymous) {
      NAMES.forEach(written::remove);
    }
    written.put("configuration", hash());
    Files.createDirectories(folder);
    FigureExporter.writeBytes(bytes(written), file);
    return file;
  }

  private static byte[] bytes(Map<String, ?> settings) {
    return (JSON.writeValueAsString(settings) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
