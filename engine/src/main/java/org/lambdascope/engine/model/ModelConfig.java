package org.lambdascope.engine.model;

import java.util.Set;
import org.lambdascope.engine.attention.AttentionShape;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.position.PositionEncoding;

/**
 * The shape of a decoder-only model.
 *
 * @param family the family that runs it, such as {@code llama}
 * @param vocabularySize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the MLP
 * @param layers decoder layers
 * @param heads query heads per layer
 * @param keyValueHeads key/value heads per layer; divides {@code heads}
 * @param headDim features per head
 * @param norm how the residual stream is normalised
 * @param positions how attention is told where keys stand
 * @param pretrainLength {@code L_pretrain} as the file states it; files lie, so users may override
 * @param slidingWindow the model's own window: a query sees keys with a distance below it; {@link
 *     Edge#UNBOUNDED} where it has none
 * @param tiedEmbeddings whether the output head is the embedding
 * @param bosId begin-of-sequence id, or −1
 * @param eosIds ids that end a text
 */
public record ModelConfig(
    String family,
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headDim,
    Normalisation norm,
    PositionEncoding positions,
    int pretrainLength,
    int slidingWindow,
    boolean tiedEmbeddings,
    int bosId,
    Set<Integer> eosIds) {

  public ModelConfig {
    positive("vocab_size", vocabularySize);
    positive("hidden_size", hiddenSize);
    positive("intermediate_size", intermediateSize);
    positive("num_hidden_layers", layers);
    positive("num_attention_heads", heads);
    positive("num_key_value_heads", keyValueHeads);
    positive("head_dim", headDim);
    positive("max_position_embeddings", pretrainLength);
    positive("sliding_window", slidingWindow);
    if (heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          "num_key_value_heads: expected a divisor of num_attention_heads = %d, found %d"
              .formatted(heads, keyValueHeads));
    }
    eosIds = Set.copyOf(eosIds);
  }

  /** Width of all query heads together. */
  public int queryWidth() {
    return heads * headDim;
  }

  /** Width of all key (or value) heads together. */
  public int keyValueWidth() {
    return keyValueHeads * headDim;
  }

  /** Query heads that share one key/value head. */
  public int groupSize() {
    return heads / keyValueHeads;
  }

  /** The heads, whose products are multiplied by {@code 1 / √headDim}. */
  public AttentionShape attention() {
    return AttentionShape.of(layers, heads, keyValueHeads, headDim);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s: expected a positive number, found %d".formatted(name, value));
    }
  }
}
