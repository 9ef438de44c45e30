package org.lambdascope.engine.model.gptj;

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
final class GptJWeights {

  final MatMul embedding;
  final List<GptJLayer> layers;
  final LayerNorm finalNorm;
  final Projection head;

  GptJWeights(ModelConfig config, WeightReader reader) throws ModelFormatException {
    int d = config.hiddenSize();
    embedding = reader.matrix("transformer.wte.weight", config.vocabularySize(), d);
    List<GptJLayer> all = new ArrayList<>(config.layers());
    for (int l = 0; l < config.layers(); l++) {
      all.add(layer("transformer.h.%d.".formatted(l), config, reader));
    }
    layers = List.copyOf(all);
    finalNorm = reader.layerNorm("transformer.ln_f", d, config.norm().eps());
    head =
        config.tiedEmbeddings()
            ? new Projection(embedding, null)
            : reader.projection("lm_head", config.vocabularySize(), d);
  }

  private static GptJLayer layer(String prefix, ModelConfig config, WeightReader reader)
      throws ModelFormatException {
    int d = config.hiddenSize();
    int f = config.intermediateSize();
    return new GptJLayer(
        reader.layerNorm(prefix + "ln_1", d, config.norm().eps()),
        new Projections(
            reader.projection(prefix + "attn.q_proj", d, d),
            reader.projection(prefix + "attn.k_proj", d, d),
            reader.projection(prefix + "attn.v_proj", d, d),
            reader.projection(prefix + "mlp.fc_in", f, d)),
        reader.projection(prefix + "attn.out_proj", d, d),
        reader.projection(prefix + "mlp.fc_out", d, f));
  }
}
