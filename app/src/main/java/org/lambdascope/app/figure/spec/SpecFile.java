package org.lambdascope.app.figure.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code figure.json}. Equal specifications give equal bytes. */
public final class SpecFile {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .changeDefaultPropertyInclusion(v -> v.withValueInclusion(JsonInclude.Include.NON_EMPTY))
          .withConfigOverride(String.class, SpecFile::absentIsEmpty)
          .withConfigOverride(List.class, SpecFile::absentIsEmpty)
          .withConfigOverride(Map.class, SpecFile::absentIsEmpty)
          .build();

  private SpecFile() {}

  private static void absentIsEmpty(MutableConfigOverride type) {
    type.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
  }

  /**
   * Reads a specification.
   *
   * @throws IOException with a message that names the file, the line and what was expected
   */
  public static FigureSpec read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      return JSON.readValue(bytes, FigureSpec.class);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      String line = at == null || at.getLineNr() < 1 ? "" : "line %d: ".formatted(at.getLineNr());
      throw new IOException("%s: %s%s".formatted(file, line, reason(e)), e);
    }
  }

  /** The message without Jackson's own trail; of a refused value, why it was refused. */
  private static String reason(JacksonException e) {
    Throwable cause = e.getCause();
    String message =
        cause instanceof IllegalArgumentException refused
            ? String.valueOf(refused.getMessage())
            : e.getOriginalMessage();
    return message.lines().findFirst().orElse("not a specification of a figure");
  }

  /** A specification as it is written: UTF-8, ends in a line break. */
  public static byte[] bytes(FigureSpec spec) {
    return (JSON.writeValueAsString(spec) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
