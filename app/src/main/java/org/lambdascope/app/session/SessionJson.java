package org.lambdascope.app.session;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.workbench.ArmState;
import org.lambdascope.engine.kernels.CacheType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.databind.json.JsonMapper;

/** {@code session.json}: all of a session but its arrays, which it names. */
final class SessionJson {

  /** The version of the schema that is written, and the only one that is read. */
  static final int VERSION = 1;

  private static final String VERSION_KEY = "lambdascope_session";

  private static final TypeReference<Map<String, Place>> PLACES = new TypeReference<>() {};

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .withConfigOverride(String.class, SessionJson::required)
          .withConfigOverride(List.class, SessionJson::required)
          .withConfigOverride(Map.class, SessionJson::required)
          .build();

  private SessionJson() {}

  private static void required(MutableConfigOverride type) {
    type.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.FAIL));
  }

  /** The whole. */
  record Root(
      int lambdascopeSession,
      @Nullable ModelReference model,
      @Nullable Document document,
      int pretrainLength,
      int length,
      int newTokens,
      CacheType cache,
      List<Column> arms,
      int selected,
      int reference,
      int position,
      ViewState view,
      List<Action> history) {}

  /** A {@link DocumentReference}, whose text is an entry of its own. */
  record Document(String path, String name, String sha256, boolean kept) {}

  /** An arm as the command line writes it, and what came of it. */
  record Column(
      String arm,
      ArmState state,
      boolean stale,
      @Nullable Vanilla equivalence,
      @Nullable Result result) {}

  /** An {@link org.lambdascope.engine.experiment.Equivalence}. */
  record Vanilla(int mayDifferAt, int compared, double maxDifference, int differedAt) {}

  /**
   * Results.
   *
   * @param arm as it was run
   * @param tokens the entry with the text's ids, which arms share
   * @param arrays what the names of all other entries begin with
   */
  record Result(
      String arm,
      String tokens,
      int tokenCount,
      String arrays,
      int scored,
      int generated,
      @Nullable Score score) {}

  /** What a finished score adds. */
  record Score(
      double seconds,
      long cacheBytes,
      @Nullable Distances logitsByDistance,
      @Nullable Entropy entropy,
      @Nullable Pca hiddenPca,
      @Nullable Cross crossAttention) {}

  /** The shape of {@link org.lambdascope.engine.probe.LogitsByDistance}. */
  record Distances(int layers, int heads, int tokens, int bins, int binWidth, boolean global) {}

  /** The shape of {@link org.lambdascope.engine.probe.EntropyByPosition}. */
  record Entropy(int layers, int heads, int tokens, int bins, int binWidth) {}

  /** The shape of {@link org.lambdascope.engine.probe.HiddenPca}. */
  record Pca(int layer, int positions) {}

  /** The shape of {@link org.lambdascope.engine.probe.CrossAttentionSummary}. */
  record Cross(int layers, int tokens, int binWidth, int chunks, int chunkBinWidth) {}

  /** Where a window stands. */
  private record Place(double x, double y, double width, double height) {
    WindowBounds bounds(String name) throws IOException {
      WindowBounds bounds = new WindowBounds(x, y, width, height);
      if (!bounds.isPlace()) {
        throw new IOException(
            "window '%s': expected finite numbers, with a size above 0, found %s"
                .formatted(name, bounds));
      }
      return bounds;
    }
  }

  static byte[] bytes(Root root) {
    return text(root);
  }

  /** {@code windows.json}: by the names of what they show. */
  static byte[] bytes(Map<String, WindowBounds> windows) {
    Map<String, Place> places = new HashMap<>();
    windows.forEach((name, w) -> places.put(name, new Place(w.x(), w.y(), w.width(), w.height())));
    return text(places);
  }

  /** {@code pages.json}. */
  static byte[] bytes(PageState pages) {
    return text(pages);
  }

  private static byte[] text(Object value) {
    return (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads {@code windows.json}. An entry of its own, so that programs that know nothing of it read
   * the rest, and that sessions without it are read.
   *
   * @throws IOException with a message that says what was expected, but not the file
   */
  static Map<String, WindowBounds> readWindows(byte[] bytes) throws IOException {
    try {
      Map<String, WindowBounds> windows = new HashMap<>();
      for (var entry : JSON.readValue(bytes, PLACES).entrySet()) {
        windows.put(entry.getKey(), entry.getValue().bounds(entry.getKey()));
      }
      return windows;
    } catch (JacksonException e) {
      throw explained(e);
    }
  }

  /**
   * Reads {@code pages.json}, an entry of its own for the same reasons.
   *
   * @throws IOException with a message that says what was expected, but not the file
   */
  static PageState readPages(byte[] bytes) throws IOException {
    try {
      return JSON.readValue(bytes, PageState.class);
    } catch (JacksonException e) {
      throw explained(e);
    }
  }

  /**
   * Reads it.
   *
   * @throws IOException with a message that says the line and what was expected, but not the file
   */
  static Root read(byte[] bytes) throws IOException {
    try {
      JsonNode tree = JSON.readTree(bytes);
      JsonNode version = tree == null ? null : tree.get(VERSION_KEY);
      if (version == null || !version.isInt()) {
        throw new IOException(
            "expected an object with \"%s\": %d, found %s"
                .formatted(VERSION_KEY, VERSION, version == null ? "none" : version.toString()));
      }
      if (version.intValue() != VERSION) {
        throw new IOException(
            "expected version %d of the schema, found %d: another version of the program wrote it"
                .formatted(VERSION, version.intValue()));
      }
      return JSON.readValue(bytes, Root.class);
    } catch (JacksonException e) {
      throw explained(e);
    }
  }

  private static IOException explained(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String line = at == null || at.getLineNr() < 1 ? "" : "line %d: ".formatted(at.getLineNr());
    String reason = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
    return new IOException(line + reason, e);
  }
}
