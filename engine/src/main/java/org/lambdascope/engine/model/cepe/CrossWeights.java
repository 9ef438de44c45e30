package org.lambdascope.engine.model.cepe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.tensor.Tensor;

/** Finds the cross-attention weights of the top layers and checks their shapes. */
final class CrossWeights {

  private final ModelConfig config;
  private final int encoderWidth;
  private final WeightSource source;
  private final Kernels kernels;
  private final List<CrossLayer> layers;
  private long parameters;
  private long bytes;

  /**
   * Reads the weights.
   *
   * @param config of the decoder
   * @param encoderWidth hidden size of the encoder
   * @param count layers with cross-attention, counted from the top
   */
  CrossWeights(
      ModelConfig config, int encoderWidth, int count, WeightSource source, Kernels kernels)
      throws ModelFormatException {
    this.config = config;
    this.encoderWidth = encoderWidth;
    this.source = source;
    this.kernels = kernels;
    List<CrossLayer> all = new ArrayList<>(count);
    for (int l = config.layers() - count; l < config.layers(); l++) {
      all.add(layer("model.layers." + l + ".cross_attn."));
    }
    layers = List.copyOf(all);
  }

  private CrossLayer layer(String prefix) throws ModelFormatException {
    int d = config.hiddenSize();
    return new CrossLayer(
        norm(prefix + "layernorm.weight", d),
        tensor(prefix + "q_proj.weight", config.queryWidth(), d),
        tensor(prefix + "k_proj.weight", config.keyValueWidth(), encoderWidth),
        tensor(prefix + "v_proj.weight", config.keyValueWidth(), encoderWidth),
        tensor(prefix + "o_proj.weight", d, config.queryWidth()),
        config.headDim(),
        kernels);
  }

  private float[] norm(String name, int n) throws ModelFormatException {
    Tensor tensor = tensor(name, n);
    float[] out = new float[n];
    kernels.readRow(new Tensor(name, tensor.dtype(), new long[] {1, n}, tensor.data()), 0, out, 0);
    return out;
  }

  private Tensor tensor(String name, long... shape) throws ModelFormatException {
    Tensor tensor = source.get(name);
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new ModelFormatException(
          source.location(),
          "tensor %s: expected shape %s from the model's configuration, found %s"
              .formatted(name, Arrays.toString(shape), Arrays.toString(tensor.shape())));
    }
    parameters += tensor.elements();
    bytes += tensor.data().byteSize();
    return tensor;
  }

  /** Layers with cross-attention, from the lowest of them to the top. */
  List<CrossLayer> layers() {
    return layers;
  }

  /** Parameters. */
  long parameters() {
    return parameters;
  }

  /** Bytes in their files. */
  long bytes() {
    return bytes;
  }
}
