package org.lambdascope.engine.model;

import java.util.function.IntUnaryOperator;
import org.lambdascope.engine.tensor.Tensor;

/**
 * A tensor of a GGUF file that is to be written.
 *
 * @param name in the file
 * @param source its values, {@code [rows, columns]} or {@code [n]}
 * @param sourceRow which row of the source a row of the file is; for a vector, which element
 */
public record GgufTensor(String name, Tensor source, IntUnaryOperator sourceRow) {

  /** The rows as they are. */
  public static GgufTensor inOrder(String name, Tensor source) {
    return new GgufTensor(name, source, IntUnaryOperator.identity());
  }
}
