package org.lambdascope.engine.model;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Finds a family's weights by name, checks their shapes, binds each to its kernel, and counts what
 * it has read. Matrices stay in the mapped file; only vectors are read onto the heap.
 */
public final class WeightReader {

  private final WeightSource source;
  private final Kernels kernels;
  private final Map<DType, Long> bytesByType = new EnumMap<>(DType.class);
  private long parameters;

  /**
   * A reader that has read nothing.
   *
   * @param source named tensors
   * @param kernels what they are bound to
   */
  public WeightReader(WeightSource source, Kernels kernels) {
    this.source = source;
    this.kernels = kernels;
  }

  /** Whether there is a tensor of that name. */
  public boolean has(String name) {
    return source.names().contains(name);
  }

  /**
   * A matrix {@code [rows, columns]}, such as an embedding.
   *
   * @throws ModelFormatException if it is absent or of another shape
   */
  public MatMul matrix(String name, int rows, int columns) throws ModelFormatException {
    return kernels.bind(tensor(name, rows, columns));
  }

  /**
   * A tensor as it is stored.
   *
   * @throws ModelFormatException if it is absent or of another shape
   */
  private Tensor tensor(String name, int... shape) throws ModelFormatException {
    Tensor tensor = source.get(name);
    boolean same = tensor.rank() == shape.length;
    for (int i = 0; same && i < shape.length; i++) {
      same = tensor.shape()[i] == shape[i];
    }
    if (!same) {
      throw new ModelFormatException(
          source.location(),
          "tensor %s: expected shape %s from the model's configuration, found %s"
              .formatted(name, Arrays.toString(shape), Arrays.toString(tensor.shape())));
    }
    parameters += tensor.elements();
    bytesByType.merge(tensor.dtype(), tensor.data().byteSize(), Long::sum);
    return tensor;
  }

  /**
   * A vector of {@code n} floats.
   *
   * @throws ModelFormatException if it is absent or of another shape
   */
  public float[] vector(String name, int n) throws ModelFormatException {
    Tensor tensor = tensor(name, n);
    float[] out = new float[n];
    Tensor row = new Tensor(name, tensor.dtype(), new long[] {1, n}, tensor.data());
    kernels.readRow(row, 0, out, 0);
    return out;
  }

  /**
   * {@code name.weight [out, in]}, and {@code name.bias [out]} where there is one.
   *
   * @throws ModelFormatException if the weight is absent or either is of another shape
   */
  public Projection projection(String name, int out, int in) throws ModelFormatException {
    return slices(name, in, out)[0];
  }

  /**
   * Several linear layers that a checkpoint stores as one: the rows of {@code name.weight [Σ outs,
   * in]} in order, each a view.
   *
   * @param outs rows of each
   * @throws ModelFormatException if the weight is absent or either is of another shape
   */
  public Projection[] slices(String name, int in, int... outs) throws ModelFormatException {
    int all = Arrays.stream(outs).sum();
    Tensor weight = tensor(name + ".weight", all, in);
    float @Nullable [] bias =
        source.find(name + ".bias").isPresent() ? vector(name + ".bias", all) : null;
    long rowBytes = weight.dtype().bytes(in);
    Projection[] parts = new Projection[outs.length];
    int row = 0;
    for (int p = 0; p < outs.length; p++) {
      Tensor rows =
          new Tensor(
              weight.name(),
              weight.dtype(),
              new long[] {outs[p], in},
              weight.data().asSlice(row * rowBytes, outs[p] * rowBytes));
      parts[p] =
          new Projection(
              kernels.bind(rows),
              bias == null ? null : Arrays.copyOfRange(bias, row, row + outs[p]));
      row += outs[p];
    }
    return parts;
  }

  /**
   * {@code name.weight [n]}, and {@code name.bias [n]} where there is one.
   *
   * @throws ModelFormatException if the weight is absent or either is of another shape
   */
  public LayerNorm layerNorm(String name, int n, float eps) throws ModelFormatException {
    float[] weight = vector(name + ".weight", n);
    float[] bias =
        source.find(name + ".bias").isPresent() ? vector(name + ".bias", n) : new float[n];
    return new LayerNorm(weight, bias, eps);
  }

  /** What has been read. */
  public WeightTotals totals() {
    String dtypes =
        bytesByType.entrySet().stream()
            .sorted(Map.Entry.<DType, Long>comparingByValue().reversed())
            .map(e -> e.getKey().name())
            .collect(Collectors.joining(", "));
    long bytes = bytesByType.values().stream().mapToLong(Long::longValue).sum();
    return new WeightTotals(parameters, bytes, dtypes);
  }
}
