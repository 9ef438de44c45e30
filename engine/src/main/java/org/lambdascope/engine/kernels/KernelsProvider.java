package org.lambdascope.engine.kernels;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses between the twins. The system property {@value #PROPERTY} names one ({@code scalar} or
 * {@code vector}); without it the vector twin is taken where the JVM has its module.
 */
public final class KernelsProvider {

  /** Names the twin to use. */
  public static final String PROPERTY = "lambdascope.kernels";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  // Loaded by name: the facade must not depend on its implementations, and the vector twin must not
  // be linked where its module is missing.
  private static final String SCALAR = "org.lambdascope.engine.kernels.scalar.ScalarKernels";
  private static final String VECTOR = "org.lambdascope.engine.kernels.vector.VectorKernels";

  private KernelsProvider() {}

  /**
   * Makes the kernels that this JVM should use. Thread-safe; call it once and hand the result on.
   *
   * @throws IllegalArgumentException if the property names no twin
   * @throws IllegalStateException if it asks for the vector twin and its module is missing
   */
  public static Kernels load() {
    return load(
        System.getProperty(PROPERTY), ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent());
  }

  static Kernels load(@Nullable String wanted, boolean vectorModule) {
    String name = wanted == null ? (vectorModule ? "vector" : "scalar") : wanted;
    return switch (name) {
      case "scalar" -> create(SCALAR);
      case "vector" -> {
        if (!vectorModule) {
          throw new IllegalStateException(
              "system property %s=vector: the module %s is missing; start with --add-modules %s"
                  .formatted(PROPERTY, VECTOR_MODULE, VECTOR_MODULE));
        }
        yield create(VECTOR);
      }
      default ->
          throw new IllegalArgumentException(
              "system property %s: expected scalar or vector, found '%s'"
                  .formatted(PROPERTY, name));
    };
  }

  private static Kernels create(String className) {
    try {
      return Class.forName(className).asSubclass(Kernels.class).getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("cannot make " + className, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + className, e);
    }
  }
}
