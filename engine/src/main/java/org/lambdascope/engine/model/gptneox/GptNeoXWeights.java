package org.lambdascope.engine.model.gptneox;

import java.util.ArrayList;
import java.util.List;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.model.LayerNorm;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.Projection;
import org.lambdascope.engine.model.WeightReader;

/** The family's weights by their names in checkpoints. */
final class GptNeoXWeights {

  final MatMul embedding;
  final List<GptNeoXLayer> layers;
  final LayerNorm finalNorm;
  final Projection head;

  GptNeoXWeights(ModelConfig config, WeightReader reader) throws ModelFormatException {
    int d = config.hiddenSize();
    embedding = reader.matrix("gpt_neox.embed_in.weight", config.vocabularySize(), d);
    List<GptNeoXLayer> all = new ArrayList<>(config.layers());
    for (int l = 0; l < config.layers(); l++) {
      all.add(layer("gpt_neox.layers.%d.".formatted(l), config, reader));
    }
    layers = List.copyOf(all);
    finalNorm = reader.layerNorm("gpt_neox.final_layer_norm", d, config.norm().eps());
    head =
        config.tiedEmbeddings()
            ? new Projection(embedding, null)
            : reader.projection("embed_out", config.vocabularySize(), d);
  }

  private static GptNeoXLayer layer(String prefix, ModelConfig config, WeightReader reader)
      throws ModelFormatException {
    int d = config.hiddenSize();
    int f = config.intermediateSize();
    float eps = config.norm().eps();
    return new GptNeoXLayer(
        reader.layerNorm(prefix + "input_layernorm", d, eps),
        reader.projection(prefix + "attention.query_key_value", 3 * d, d),
        reader.projection(prefix + "attention.dense", d, d),
        reader.layerNorm(prefix + "post_attention_layernorm", d, eps),
        reader.projection(prefix + "mlp.dense_h_to_4h", f, d),
        reader.projection(prefix + "mlp.dense_4h_to_h", d, f));
  }
}
