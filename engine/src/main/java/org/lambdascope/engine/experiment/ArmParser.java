package org.lambdascope.engine.experiment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads arms as the command line writes them: {@code name[:key=value,…]}. */
public final class ArmParser {

  private ArmParser() {}

  /**
   * Reads an arm.
   *
   * @param text such as {@code lm-infinite:global=10,local=512}
   * @param pretrainLength {@code L_pretrain}, from which defaults come
   * @throws IllegalArgumentException naming what is valid
   */
  public static Arm parse(String text, int pretrainLength) {
    int colon = text.indexOf(':');
    String name = (colon < 0 ? text : text.substring(0, colon)).strip();
    ArmKind kind =
        Arrays.stream(ArmKind.values())
            .filter(k -> k.id().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "unknown arm '%s'; expected one of %s"
                            .formatted(
                                name,
                                Arrays.stream(ArmKind.values())
                                    .map(ArmKind::id)
                                    .collect(Collectors.joining(", ")))));
    Map<String, Integer> values = new LinkedHashMap<>();
    if (colon >= 0) {
      for (String part : text.substring(colon + 1).split(",", -1)) {
        int equals = part.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(
              "%s: expected key=value, found '%s'; %s".formatted(name, part, keys(kind)));
        }
        String key = part.substring(0, equals).strip();
        ArmParameter parameter =
            kind.parameters().stream()
                .filter(p -> p.key().equals(key))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "%s: unknown key '%s'; %s".formatted(name, key, keys(kind))));
        if (values.put(key, number(name, parameter, part.substring(equals + 1).strip())) != null) {
          throw new IllegalArgumentException("%s: key '%s' is given twice".formatted(name, key));
        }
      }
    }
    return Arm.withDefaults(kind, values, pretrainLength);
  }

  private static int number(String name, ArmParameter parameter, String value) {
    try {
      return parameter.value(value);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s: %s: expected a %s, found '%s'"
              .formatted(
                  name,
                  parameter.key(),
                  parameter.unit() == 1
                      ? "whole number"
                      : "multiple of 1/%d".formatted(parameter.unit()),
                  value),
          e);
    }
  }

  private static String keys(ArmKind kind) {
    return kind.parameters().isEmpty()
        ? kind.id() + " takes no keys"
        : kind.parameters().stream()
            .map(ArmParameter::key)
            .collect(Collectors.joining(", ", "valid keys: ", ""));
  }
}
