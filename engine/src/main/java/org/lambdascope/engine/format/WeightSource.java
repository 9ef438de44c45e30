package org.lambdascope.engine.format;

import java.util.Optional;
import java.util.Set;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Named tensors of one model, memory-mapped at first. Tensors stay valid until {@link #close()};
 * touching one afterwards throws {@link IllegalStateException}. Thread-safe.
 */
public interface WeightSource extends AutoCloseable {

  /** Names of all tensors, in file order, with those whose element type cannot be read. */
  Set<String> names();

  /**
   * The tensor of that name, if there is one.
   *
   * @throws ModelFormatException if it is there in an element type that cannot be read: taken for
   *     absent, it would silently change the model
   */
  Optional<Tensor> find(String name) throws ModelFormatException;

  /**
   * The tensor of that name.
   *
   * @throws ModelFormatException if there is none, naming the nearest names, or if its element type
   *     cannot be read
   */
  Tensor get(String name) throws ModelFormatException;

  /** Bytes of all tensors together. */
  long bytes();

  /** Where the tensors come from, for messages. */
  String location();

  /**
   * Has tensors that are asked for from now on lie where they are read fastest, which may cost a
   * copy of them all. For who is going to run the model.
   */
  default void moveToLargePages() {}

  /** Unmaps the files. */
  @Override
  void close();
}
