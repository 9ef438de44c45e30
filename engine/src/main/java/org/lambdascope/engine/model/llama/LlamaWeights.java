package org.lambdascope.engine.model.llama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.llama.LlamaLayer.Projection;
import org.lambdascope.engine.model.llama.LlamaNames.Role;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/**
 * Finds the family's weights by role, checks their shapes and binds each to its kernel. Matrices
 * stay in the mapped file; only norms and biases, which are vectors, are read onto the heap.
 */
final class LlamaWeights {

  private final ModelConfig config;
  private final WeightSource source;
  private final LlamaNames names;
  private final Kernels kernels;
  private final Map<DType, Long> bytesByType = new EnumMap<>(DType.class);
  private long parameters;

  final Tensor embedding;
  final List<LlamaLayer> layers;
  final float[] finalNorm;
  final @Nullable Projection head;

  LlamaWeights(
      ModelConfig config, WeightSource source, LlamaNames names, Kernels kernels, boolean withHead)
      throws ModelFormatException {
    this.config = config;
    this.source = source;
    this.names = names;
    this.kernels = kernels;
    int d = config.hiddenSize();
    embedding = tensor(names.of(Role.EMBEDDING, null) + ".weight", config.vocabularySize(), d);
    List<LlamaLayer> all = new ArrayList<>(config.layers());
    for (int l = 0; l < config.layers(); l++) {
      all.add(layer(l));
    }
    layers = List.copyOf(all);
    finalNorm = vector(names.of(Role.FINAL_NORM, null) + ".weight", d);
    head = withHead ? head(d) : null;
  }

  private Projection head(int d) throws ModelFormatException {
    return config.tiedEmbeddings()
        ? new Projection(kernels.bind(embedding), null)
        : projection(names.of(Role.HEAD, null), config.vocabularySize(), d);
  }

  private LlamaLayer layer(int l) throws ModelFormatException {
    int d = config.hiddenSize();
    int q = config.queryWidth();
    int kv = config.keyValueWidth();
    int f = config.intermediateSize();
    return new LlamaLayer(
        vector(names.of(Role.ATTENTION_NORM, l) + ".weight", d),
        projection(names.of(Role.QUERY, l), q, d),
        projection(names.of(Role.KEY, l), kv, d),
        projection(names.of(Role.VALUE, l), kv, d),
        projection(names.of(Role.OUTPUT, l), d, q),
        vector(names.of(Role.MLP_NORM, l) + ".weight", d),
        projection(names.of(Role.GATE, l), f, d),
        projection(names.of(Role.UP, l), f, d),
        projection(names.of(Role.DOWN, l), d, f));
  }

  private Projection projection(String name, int out, int in) throws ModelFormatException {
    Tensor weight = tensor(name + ".weight", out, in);
    float @Nullable [] bias =
        source.find(name + ".bias").isPresent() ? vector(name + ".bias", out) : null;
    return new Projection(kernels.bind(weight), bias);
  }

  private float[] vector(String name, int n) throws ModelFormatException {
    Tensor tensor = tensor(name, n);
    float[] out = new float[n];
    Tensor row = new Tensor(name, tensor.dtype(), new long[] {1, n}, tensor.data());
    kernels.readRow(row, 0, out, 0);
    return out;
  }

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

  long parameters() {
    return parameters;
  }

  long bytes() {
    return bytesByType.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Data types, most bytes first. */
  String dtypes() {
    return bytesByType.entrySet().stream()
        .sorted(Map.Entry.<DType, Long>comparingByValue().reversed())
        .map(e -> e.getKey().name())
        .collect(Collectors.joining(", "));
  }

  /** Whether the source holds an output head of its own. */
  static boolean hasHead(WeightSource source, LlamaNames names) {
    return source.names().contains(names.of(Role.HEAD, null) + ".weight");
  }
}
