package org.lambdascope.engine.model.llama;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.WeightSource;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Projection;
import org.lambdascope.engine.model.Projections;
import org.lambdascope.engine.model.WeightReader;
import org.lambdascope.engine.model.WeightTotals;
import org.lambdascope.engine.model.llama.LlamaNames.Role;

/** The family's weights by their role. */
final class LlamaWeights {

  private final ModelConfig config;
  private final LlamaNames names;
  private final WeightReader reader;

  final MatMul embedding;
  final List<LlamaLayer> layers;
  final float[] finalNorm;
  final @Nullable Projection head;

  LlamaWeights(
      ModelConfig config, WeightSource source, LlamaNames names, Kernels kernels, boolean withHead)
      throws ModelFormatException {
    this.config = config;
    this.names = names;
    this.reader = new WeightReader(source, kernels);
    int d = config.hiddenSize();
    embedding =
        reader.matrix(names.of(Role.EMBEDDING, null) + ".weight", config.vocabularySize(), d);
    List<LlamaLayer> all = new ArrayList<>(config.layers());
    for (int l = 0; l < config.layers(); l++) {
      all.add(layer(l));
    }
    layers = List.copyOf(all);
    finalNorm = reader.vector(names.of(Role.FINAL_NORM, null) + ".weight", d);
    head = withHead ? head(d) : null;
  }

  private Projection head(int d) throws ModelFormatException {
    return config.tiedEmbeddings()
        ? new Projection(embedding, null)
        : reader.projection(names.of(Role.HEAD, null), config.vocabularySize(), d);
  }

  private LlamaLayer layer(int l) throws ModelFormatException {
    int d = config.hiddenSize();
    int q = config.queryWidth();
    int kv = config.keyValueWidth();
    int f = config.intermediateSize();
    // Phi-3 stores query, key and value as one matrix, and gate and up as another.
    Projection[] qkv =
        reader.has(names.of(Role.FUSED_ATTENTION, l) + ".weight")
            ? reader.slices(names.of(Role.FUSED_ATTENTION, l), d, q, kv, kv)
            : new Projection[] {
              reader.projection(names.of(Role.QUERY, l), q, d),
              reader.projection(names.of(Role.KEY, l), kv, d),
              reader.projection(names.of(Role.VALUE, l), kv, d)
            };
    Projection[] gateUp =
        reader.has(names.of(Role.GATE, l) + ".weight")
                || !reader.has(names.of(Role.FUSED_MLP, l) + ".weight")
            ? new Projection[] {
              reader.projection(names.of(Role.GATE, l), f, d),
              reader.projection(names.of(Role.UP, l), f, d)
            }
            : reader.slices(names.of(Role.FUSED_MLP, l), d, f, f);
    return new LlamaLayer(
        reader.vector(names.of(Role.ATTENTION_NORM, l) + ".weight", d),
        new Projections(qkv),
        reader.projection(names.of(Role.OUTPUT, l), d, q),
        headNorm(Role.QUERY_NORM, l),
        headNorm(Role.KEY_NORM, l),
        reader.vector(names.of(Role.MLP_NORM, l) + ".weight", d),
        new Projections(gateUp),
        reader.projection(names.of(Role.DOWN, l), d, f));
  }

  private float @Nullable [] headNorm(Role role, int l) throws ModelFormatException {
    String name = names.of(role, l) + ".weight";
    boolean needed = config.family().equals("qwen3");
    return needed || reader.has(name) ? reader.vector(name, config.headDim()) : null;
  }

  WeightTotals totals() {
    return reader.totals();
  }

  /** Whether the source holds an output head of its own. */
  static boolean hasHead(WeightSource source, LlamaNames names) {
    return source.names().contains(names.of(Role.HEAD, null) + ".weight");
  }
}
