package org.lambdascope.engine.model.cepe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/**
 * The cross-attention weights of one layer. Shapes: {@code d} the decoder's hidden size, {@code e}
 * the encoder's, {@code q} all query heads, {@code kv} all key (or value) heads.
 */
final class CrossLayer {

  /** {@code [d]}: RMSNorm of the query side. */
  final float[] norm;

  /** {@code [q, d]}. */
  final MatMul query;

  /** {@code [kv, e]}. */
  final MatMul key;

  /** {@code [kv, e]}. */
  final MatMul value;

  /** {@code [d, q]}. */
  final MatMul output;

  /** Per key/value head {@code [headDim, e]}: rows of {@link #value}. */
  final List<MatMul> valueByHead;

  private final Tensor keyWeight;
  private final Kernels kernels;
  private final int headDim;
  private @Nullable List<MatMul> keyTransposedByHead;

  /**
   * Binds the weights.
   *
   * @param norm {@code [d]}
   * @param query {@code [q, d]}
   * @param key {@code [kv, e]}
   * @param value {@code [kv, e]}
   * @param output {@code [d, q]}
   */
  CrossLayer(
      float[] norm,
      Tensor query,
      Tensor key,
      Tensor value,
      Tensor output,
      int headDim,
      Kernels kernels) {
    this.norm = norm;
    this.query = kernels.bind(query);
    this.key = kernels.bind(key);
    this.value = kernels.bind(value);
    this.output = kernels.bind(output);
    this.keyWeight = key;
    this.kernels = kernels;
    this.headDim = headDim;
    List<MatMul> values = new ArrayList<>();
    for (int head = 0; head < value.dim(0) / headDim; head++) {
      values.add(kernels.bind(rows(value, head * headDim, headDim)));
    }
    this.valueByHead = List.copyOf(values);
  }

  /**
   * Per key/value head {@code [e, headDim]}: {@code W_kᵀ}, which absorbs the key projection into
   * the query. A copy, made when first wanted.
   */
  synchronized List<MatMul> keyTransposedByHead() {
    List<MatMul> made = keyTransposedByHead;
    if (made == null) {
      List<MatMul> heads = new ArrayList<>();
      for (int head = 0; head < valueByHead.size(); head++) {
        heads.add(kernels.bind(transposed(rows(keyWeight, head * headDim, headDim))));
      }
      made = List.copyOf(heads);
      keyTransposedByHead = made;
    }
    return made;
  }

  private static Tensor rows(Tensor weight, int from, int count) {
    long rowBytes = weight.dtype().bytes(weight.dim(1));
    return new Tensor(
        weight.name(),
        weight.dtype(),
        new long[] {count, weight.dim(1)},
        weight.data().asSlice(from * rowBytes, count * rowBytes));
  }

  /** Elements are moved as they are, so the copy is as exact and as small as the weight. */
  private static Tensor transposed(Tensor weight) {
    DType dtype = weight.dtype();
    if (dtype.blockSize() != 1) {
      throw new IllegalArgumentException(
          "tensor %s: expected F32, F16 or BF16, found %s".formatted(weight.name(), dtype));
    }
    int rows = weight.dim(0);
    int columns = weight.dim(1);
    int bytes = dtype.blockBytes();
    MemorySegment copy = Arena.ofAuto().allocate(weight.data().byteSize(), Long.BYTES);
    for (long r = 0; r < rows; r++) {
      for (long c = 0; c < columns; c++) {
        MemorySegment.copy(
            weight.data(), (r * columns + c) * bytes, copy, (c * rows + r) * bytes, bytes);
      }
    }
    return new Tensor(weight.name(), dtype, new long[] {columns, rows}, copy);
  }
}
