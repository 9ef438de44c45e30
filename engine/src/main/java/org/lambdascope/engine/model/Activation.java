package org.lambdascope.engine.model;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lambdascope.engine.format.HfConfig;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.kernels.Kernels;

/** What stands between the two matrices of an MLP without a gate. */
public enum Activation {
  /** {@code x · Φ(x)}. */
  GELU("gelu"),
  /** Its approximation by tanh, by the names that checkpoints have for it. */
  GELU_TANH("gelu_new", "gelu_fast", "gelu_pytorch_tanh");

  private final String[] names;

  Activation(String... names) {
    this.names = names;
  }

  /**
   * The activation that a configuration names.
   *
   * @param key where the name stands
   * @param otherwise the name where the key is absent
   * @throws ModelFormatException if it is none of these
   */
  public static Activation read(HfConfig config, String key, String otherwise)
      throws ModelFormatException {
    return named(config.optionalString(key).orElse(otherwise), config.location() + ": " + key);
  }

  /**
   * The activation of a name.
   *
   * @param where what says the name, for messages
   * @throws ModelFormatException if it is none of these
   */
  public static Activation named(String name, String where) throws ModelFormatException {
    for (Activation activation : values()) {
      if (Arrays.asList(activation.names).contains(name)) {
        return activation;
      }
    }
    String known =
        Stream.of(values()).flatMap(a -> Stream.of(a.names)).collect(Collectors.joining(", "));
    throw new ModelFormatException(
        where, "expected one of %s, found \"%s\"".formatted(known, name));
  }

  /** Its first name in checkpoints. */
  public String title() {
    return names[0];
  }

  /** Applies it in place to {@code n} values from {@code offset} on. */
  public void apply(Kernels kernels, float[] x, int offset, int n) {
    switch (this) {
      case GELU -> kernels.gelu(x, offset, n);
      case GELU_TANH -> kernels.geluTanh(x, offset, n);
    }
  }
}
