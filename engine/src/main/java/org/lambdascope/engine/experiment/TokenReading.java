package org.lambdascope.engine.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.probe.HeadAttention;
import org.lambdascope.engine.probe.HiddenPca;

/**
 * What a model makes of one token of a text, under one arm.
 *
 * @param query position of the token
 * @param lens next-token distributions: of the embedding, then of the output of every layer; the
 *     last is the model's own
 * @param heads query heads per layer
 * @param attention {@code [layers, heads]}
 * @param positions {@code [n]}: a sample of the positions at which one layer's output was kept,
 *     ascending; the query's is the last
 * @param pca those outputs in two dimensions, {@code [n, 2]}; null where there are too few
 * @param neighbours the tokens whose outputs are most like the query's, most like first
 * @param compared among how many they were looked for
 */
public record TokenReading(
    int query,
    List<Prediction> lens,
    int heads,
    HeadAttention[] attention,
    int[] positions,
    @Nullable HiddenPca pca,
    List<Neighbour> neighbours,
    Compared compared) {

  /**
   * A token whose hidden state is like the query's.
   *
   * @param position of the token
   * @param cosine of the angle between the two states, −1 to 1
   */
  public record Neighbour(int position, double cosine) {}

  /**
   * Among how many earlier tokens the nearest were looked for: all, unless their hidden states take
   * more than 128 MiB.
   *
   * @param tokens how many were compared
   * @param of how many there were
   */
  public record Compared(int tokens, int of) {}

  /** The model's own next-token distribution. */
  public Prediction next() {
    return lens.getLast();
  }

  /** Decoder layers. */
  public int layers() {
    return lens.size() - 1;
  }

  /** The attention of a head. */
  public HeadAttention attention(int layer, int head) {
    return attention[layer * heads + head];
  }
}
