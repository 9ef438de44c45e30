package org.lambdascope.engine.model.mpt;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.model.LayerNorm;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Projection;
import org.lambdascope.engine.model.Projections;
import org.lambdascope.engine.model.WeightReader;

/** The family's weights by their names in checkpoints. */
final class MptWeights {

  final MatMul embedding;
  final List<MptLayer> layers;
  final LayerNorm finalNorm;
  final Projection head;

  MptWeights(ModelConfig config, WeightReader reader) throws ModelFormatException {
    int d = config.hiddenSize();
    float eps = config.norm().eps();
    embedding = reader.matrix("transformer.wte.weight", config.vocabularySize(), d);
    List<MptLayer> all = new ArrayList<>(config.layers());
    for (int l = 0; l < config.layers(); l++) {
      all.add(layer("transformer.blocks.%d.".formatted(l), config, reader));
    }
    layers = List.copyOf(all);
    finalNorm = reader.layerNorm("transformer.norm_f", d, eps);
    head =
        config.tiedEmbeddings()
            ? new Projection(embedding, null)
            : reader.projection("lm_head", config.vocabularySize(), d);
  }

  private static MptLayer layer(String prefix, ModelConfig config, WeightReader reader)
      throws ModelFormatException {
    int d = config.hiddenSize();
    int f = config.intermediateSize();
    float eps = config.norm().eps();
    return new MptLayer(
        reader.layerNorm(prefix + "norm_1", d, eps),
        new Projections(reader.slices(prefix + "attn.Wqkv", d, d, d, d)),
        reader.projection(prefix + "attn.out_proj", d, d),
        reader.layerNorm(prefix + "norm_2", d, eps),
        reader.projection(prefix + "ffn.up_proj", f, d),
        reader.projection(prefix + "ffn.down_proj", d, f));
  }
}
