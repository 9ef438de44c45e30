package org.lambdascope.engine.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import jdk.incubator.vector.Vector;
import org.junit.jupiter.api.Test;

final class VectorKernelsTest {

  /** Its methods are not inlined, so a vector among them would go by way of the heap. */
  @Test
  void noVectorCrossesItsMethods() {
    assertThat(VectorKernels.class.getDeclaredMethods())
        .noneMatch(VectorKernelsTest::passesVectors);
  }

  private static boolean passesVectors(Method method) {
    return Stream.concat(
            Arrays.stream(method.getParameterTypes()), Stream.of(method.getReturnType()))
        .anyMatch(Vector.class::isAssignableFrom);
  }
}
