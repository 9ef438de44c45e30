package org.lambdascope.engine.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.DistancePolicies;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.position.DynamicNtkScaling;
import org.lambdascope.engine.position.LinearScaling;
import org.lambdascope.engine.position.NtkScaling;
import org.lambdascope.engine.position.RopeScaling;
import org.lambdascope.engine.position.YarnScaling;

/**
 * One named configuration that is compared with others: a kind of arm with all its parameters.
 *
 * @param kind which arm
 * @param parameters a value for every parameter of the kind, in the kind's order; options that are
 *     not given are at their defaults
 */
public record Arm(ArmKind kind, Map<String, Integer> parameters) {

  public Arm {
    Map<String, Integer> ordered = new LinkedHashMap<>();
    for (ArmParameter p : kind.parameters()) {
      Integer value = parameters.get(p.key());
      if (value == null && kind.options().contains(p)) {
        value = defaultOf(p, ordered, 0);
      }
      if (value == null) {
        throw new IllegalArgumentException(
            "%s: expected a value for %s, found none".formatted(kind.id(), p.key()));
      }
      if (value < p.min()) {
        throw new IllegalArgumentException(
            "%s: %s: expected a %s of at least %s, found %s"
                .formatted(
                    kind.id(),
                    p.key(),
                    p.unit() == 1 ? "whole number" : "number",
                    p.text(p.min()),
                    p.text(value)));
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
    if (kind == ArmKind.DCA
        && ordered.getOrDefault("chunk", 0) > ordered.getOrDefault("original", 0)) {
      throw new IllegalArgumentException(
          "dca: chunk: expected at most original = %s, found %s"
              .formatted(ordered.get("original"), ordered.get("chunk")));
    }
    if (kind == ArmKind.YARN
        && ordered.getOrDefault("beta-slow", 0) > ordered.getOrDefault("beta-fast", 0)) {
      throw new IllegalArgumentException(
          "yarn: beta-slow: expected at most beta-fast = %s, found %s"
              .formatted(thousandths(ordered, "beta-fast"), thousandths(ordered, "beta-slow")));
    }
    parameters = Collections.unmodifiableMap(ordered);
  }

  private static double thousandths(Map<String, Integer> values, String key) {
    return values.getOrDefault(key, 0) / 1000.0;
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
        values.put(p.key(), defaultOf(p, values, pretrainLength));
      }
    }
    return new Arm(kind, values);
  }

  /** A default, which may follow from the values before it. */
  private static int defaultOf(ArmParameter p, Map<String, Integer> values, int pretrainLength) {
    return switch (p.defaultRule()) {
      case FIXED -> p.fixedDefault();
      case PRETRAIN -> Math.max(p.min(), pretrainLength);
      case PRETRAIN_LESS_SINK -> Math.max(p.min(), pretrainLength - values.getOrDefault("sink", 0));
      case PRETRAIN_LESS_CHUNK ->
          Math.max(p.min(), pretrainLength - values.getOrDefault("chunk", 0));
      case HALF_PRETRAIN -> Math.max(p.min(), pretrainLength / 2);
      case QUARTER_PRETRAIN -> Math.max(p.min(), pretrainLength / 4);
      case SIXTY_FOURTH_OF_PRETRAIN -> Math.max(p.min(), pretrainLength / 64);
      case HALF_LOCAL -> Math.max(1, values.getOrDefault("local", pretrainLength) / 2);
      case HALF_CEILING -> Math.max(1, values.getOrDefault("ceiling", pretrainLength) / 2);
      case THREE_QUARTERS_ORIGINAL -> {
        int original = values.getOrDefault("original", pretrainLength);
        yield Math.max(p.min(), original - original / 4);
      }
    };
  }

  /** Whether a parameter is an option at its default, which goes without saying. */
  private boolean unsaid(ArmParameter p) {
    return kind.options().contains(p) && get(p.key()) == defaultOf(p, parameters, 0);
  }

  /** The parameters that say what this arm is: all but options at their defaults. */
  public List<ArmParameter> said() {
    return kind.parameters().stream().filter(p -> !unsaid(p)).toList();
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
      case VANILLA, TRUNCATE, CEPE, CEPE_DISTILLED, REPLUG ->
          ContextPolicies.vanilla(slidingWindow);
      case WINDOW -> ContextPolicies.window(Math.min(get("local"), slidingWindow));
      case LAMBDA_MASK ->
          ContextPolicies.lambdaMask(get("global"), Math.min(get("local"), slidingWindow));
      case CEILING -> ContextPolicies.ceiling(get("ceiling"), slidingWindow);
      case LM_INFINITE ->
          ContextPolicies.lmInfinite(
              get("global"),
              Math.min(get("local"), slidingWindow),
              get("ceiling"),
              get("k"),
              get("from"),
              get("to"),
              get("middle"));
      case INFLLM ->
          ContextPolicies.infLlm(
              get("global"),
              Math.min(get("local"), slidingWindow),
              get("block"),
              get("representatives"),
              get("blocks"));
      case STREAMING_LLM ->
          ContextPolicies.streamingLlm(get("sink"), Math.min(get("recent"), slidingWindow));
      case LINEAR_PI, NTK, DYNAMIC_NTK, YARN -> DistancePolicies.rescaled(scaling(), slidingWindow);
      case SELF_EXTEND -> DistancePolicies.selfExtend(get("group"), get("window"), slidingWindow);
      case REROPE -> DistancePolicies.rerope(get("window"), slidingWindow);
      case LEAKY_REROPE ->
          DistancePolicies.leakyRerope(get("window"), get("factor"), slidingWindow);
      case DCA -> DistancePolicies.dualChunk(get("chunk"), get("original"), slidingWindow);
    };
  }

  private RopeScaling scaling() {
    double factor = thousandths(parameters, "factor");
    return switch (kind) {
      case LINEAR_PI -> new LinearScaling(factor);
      case NTK -> new NtkScaling(factor);
      case DYNAMIC_NTK -> new DynamicNtkScaling(factor, get("original"), get("step"));
      case YARN ->
          new YarnScaling(
              factor,
              thousandths(parameters, "beta-fast"),
              thousandths(parameters, "beta-slow"),
              get("original"),
              true,
              YarnScaling.sharpening(factor, thousandths(parameters, "mscale")));
      default -> RopeScaling.NONE;
    };
  }

  /** The most chunks that the encoder is given of a text; 0 for arms without an encoder. */
  public int contextChunks(int tokens) {
    return kind.needsEncoder() ? Math.ceilDiv(tokens, get("chunk")) : 0;
  }

  /** As the command line writes it: {@code lm-infinite:global=10,local=512,ceiling=512}. */
  @Override
  public String toString() {
    if (said().isEmpty()) {
      return kind.id();
    }
    return kind.id()
        + said().stream()
            .map(p -> p.key() + "=" + p.text(get(p.key())))
            .collect(Collectors.joining(",", ":", ""));
  }
}
