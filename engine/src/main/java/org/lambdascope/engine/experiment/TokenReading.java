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
 * @param positions {@code [n]}: positions at which one layer's output was kept, ascending; the
 *     query's is the last
 * @param pca those outputs in two dimensions, {@code [n, 2]}; null where there are too few
 * @param neighbours those most like the query's, most like first
 */
public record TokenReading(
    int query,
    List<Prediction> lens,
    int heads,
    HeadAttention[] attention,
    int[] positions,
    @Nullable HiddenPca pca,
    List<Neighbour> neighbours) {

  /**
   * A token whose hidden state is like the query's.
   *
   * @param position of the token
   * @param cosine of the angle between the two states, −1 to 1
   */
  public record Neighbour(int position, double cosine) {}

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
