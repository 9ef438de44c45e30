package org.lambdascope.engine.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.Edge;

/**
 * One named configuration that is compared with others: a kind of arm with all its parameters.
 *
 * @param kind which arm
 * @param parameters a value for every parameter of the kind, in the kind's order
 */
public record Arm(ArmKind kind, Map<String, Integer> parameters) {

  public Arm {
    Map<String, Integer> ordered = new LinkedHashMap<>();
    for (ArmParameter p : kind.parameters()) {
      Integer value = parameters.get(p.key());
      if (value == null) {
        throw new IllegalArgumentException(
            "%s: expected a value for %s, found none".formatted(kind.id(), p.key()));
      }
      if (value < p.min()) {
        throw new IllegalArgumentException(
            "%s: %s: expected a whole number of at least %d, found %d"
                .formatted(kind.id(), p.key(), p.min(), value));
      }
      ordered.put(p.key(), value);
    }
    for (String key : parameters.keySet()) {
      if (!ordered.containsKey(key)) {
        throw new IllegalArgumentException(
            "%s: unknown key '%s'; it takes %s"
                .formatted(kind.id(), key, ordered.isEmpty() ? "none" : ordered.keySet()));
      }
    }
    if (kind == ArmKind.TRUNCATE
        && ordered.getOrDefault("stride", 0) >= ordered.getOrDefault("local", 0)) {
      throw new IllegalArgumentException(
          "truncate: stride: expected less than local = %s, found %s"
              .formatted(ordered.get("local"), ordered.get("stride")));
    }
    if (kind.needsEncoder()
        && ordered.getOrDefault("context", 0) < ordered.getOrDefault("chunk", 0)) {
      throw new IllegalArgumentException(
          "%s: context: expected at least chunk = %s, found %s"
              .formatted(kind.id(), ordered.get("chunk"), ordered.get("context")));
    }
    parameters = Collections.unmodifiableMap(ordered);
  }

  /**
   * The arm with every parameter at its default.
   *
   * @param pretrainLength {@code L_pretrain} of the model
   */
  public static Arm withDefaults(ArmKind kind, int pretrainLength) {
    return withDefaults(kind, Map.of(), pretrainLength);
  }

  /** The arm with the given parameters, and the others at their defaults. */
  public static Arm withDefaults(ArmKind kind, Map<String, Integer> given, int pretrainLength) {
    Map<String, Integer> values = new LinkedHashMap<>(given);
    for (ArmParameter p : kind.parameters()) {
      if (!values.containsKey(p.key())) {
        int value =
            switch (p.defaultRule()) {
              case FIXED -> p.fixedDefault();
              case PRETRAIN -> Math.max(p.min(), pretrainLength);
              case PRETRAIN_LESS_SINK ->
                  Math.max(p.min(), pretrainLength - values.getOrDefault("sink", 0));
              case HALF_LOCAL -> Math.max(1, values.getOrDefault("local", pretrainLength) / 2);
            };
        values.put(p.key(), value);
      }
    }
    return new Arm(kind, values);
  }

  /** The value of a parameter. */
  public int get(String key) {
    Integer value = parameters.get(key);
    if (value == null) {
      throw new IllegalArgumentException(kind.id() + " has no parameter " + key);
    }
    return value;
  }

  /** This arm with one parameter changed. */
  public Arm with(String key, int value) {
    Map<String, Integer> changed = new LinkedHashMap<>(parameters);
    changed.put(key, value);
    return new Arm(kind, changed);
  }

  /** The policy under which a decoder reads one context of this arm. */
  public ContextPolicy policy() {
    return policy(Edge.UNBOUNDED);
  }

  /**
   * The policy under which a decoder with a sliding window of its own reads one context of this
   * arm. The window bounds what an arm shows by nearness; keys that an arm shows for standing at
   * the beginning stay visible.
   *
   * @param slidingWindow {@link org.lambdascope.engine.model.ModelConfig#slidingWindow()}
   */
  public ContextPolicy policy(int slidingWindow) {
    return switch (kind) {
      case VANILLA, TRUNCATE, CEPE, CEPE_DISTILLED -> ContextPolicies.vanilla(slidingWindow);
      case WINDOW -> ContextPolicies.window(Math.min(get("local"), slidingWindow));
      case LAMBDA_MASK ->
          ContextPolicies.lambdaMask(get("global"), Math.min(get("local"), slidingWindow));
      case CEILING -> ContextPolicies.ceiling(get("ceiling"), slidingWindow);
      case LM_INFINITE ->
          ContextPolicies.lmInfinite(
              get("global"), Math.min(get("local"), slidingWindow), get("ceiling"));
      case STREAMING_LLM ->
          ContextPolicies.streamingLlm(get("sink"), Math.min(get("recent"), slidingWindow));
    };
  }

  /** As the command line writes it: {@code lm-infinite:global=10,local=512,ceiling=512}. */
  @Override
  public String toString() {
    if (parameters.isEmpty()) {
      return kind.id();
    }
    return kind.id()
        + parameters.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(",", ":", ""));
  }
}
