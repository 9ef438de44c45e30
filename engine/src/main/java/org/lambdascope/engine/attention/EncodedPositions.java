package org.lambdascope.engine.attention;

import java.util.List;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.position.Alibi;
import org.lambdascope.engine.position.PositionEncoding;
import org.lambdascope.engine.position.Rope;
import org.lambdascope.engine.position.RopeLayout;

/**
 * The positional encoding of one pass, worked out once for all layers and heads. RoPE acts on query
 * and key before their product, ALiBi on a run of logits after it; each does nothing at the other's
 * place.
 */
abstract sealed class EncodedPositions {

  /** Whether keys differ by their positions; if not, one copy of them serves every span. */
  abstract boolean rotates();

  /** Works out what positions {@code [first, first + count)} need. */
  abstract void prepare(int first, int count);

  /** Encodes the key of the {@code t}-th position in place, {@code [headDim]}. */
  abstract void encodeKey(float[] key, int t);

  /** Encodes the query of the {@code t}-th position for one span in place, {@code [headDim]}. */
  abstract void encodeQuery(float[] query, int span, int t);

  /**
   * Encodes logits of a run of consecutive keys in place.
   *
   * @param rule the distance rule of the run's span
   * @param i the query's position
   * @param j the first key's position
   */
  abstract void encodeLogits(
      float[] logits, int offset, int n, int head, DistanceRule rule, int i, int j);

  static EncodedPositions of(
      PositionEncoding encoding, List<Span> spans, int maxChunk, Kernels kernels) {
    return switch (encoding) {
      case Rope rope -> new Rotations(rope, spans, maxChunk, kernels);
      case Alibi alibi -> new Biases(alibi, kernels);
    };
  }

  private static final class Biases extends EncodedPositions {
    private final Alibi alibi;
    private final Kernels kernels;

    Biases(Alibi alibi, Kernels kernels) {
      this.alibi = alibi;
      this.kernels = kernels;
    }

    @Override
    boolean rotates() {
      return false;
    }

    @Override
    void prepare(int first, int count) {}

    @Override
    void encodeKey(float[] key, int t) {}

    @Override
    void encodeQuery(float[] query, int span, int t) {}

    @Override
    void encodeLogits(
        float[] logits, int offset, int n, int head, DistanceRule rule, int i, int j) {
      // The effective distance of the run's keys, which ascend: constant, or one less each.
      boolean constant = rule.keysUnrotated();
      int first = rule.queryPosition(i) - (constant ? 0 : j);
      kernels.addRamp(logits, offset, n, -alibi.slope(head), first, constant ? 0 : -1);
    }
  }

  private static final class Rotations extends EncodedPositions {
    private final Rope rope;
    private final List<Span> spans;
    private final Kernels kernels;
    private final int half;
    private final boolean interleaved;

    /** {@code [span, maxChunk, half]}: the query's angles. */
    private final float[][] spanCos;

    private final float[][] spanSin;

    /** {@code [maxChunk, half]}: the keys' angles. */
    private final float[] keyCos;

    private final float[] keySin;

    Rotations(Rope rope, List<Span> spans, int maxChunk, Kernels kernels) {
      this.rope = rope;
      this.spans = spans;
      this.kernels = kernels;
      this.half = rope.half();
      this.interleaved = rope.layout() == RopeLayout.INTERLEAVED;
      this.spanCos = new float[spans.size()][maxChunk * half];
      this.spanSin = new float[spans.size()][maxChunk * half];
      this.keyCos = new float[maxChunk * half];
      this.keySin = new float[maxChunk * half];
    }

    @Override
    boolean rotates() {
      return true;
    }

    @Override
    void prepare(int first, int count) {
      for (int t = 0; t < count; t++) {
        rope.table(first + t, keyCos, keySin, t * half);
      }
      for (int s = 0; s < spans.size(); s++) {
        DistanceRule rule = spans.get(s).distance();
        for (int t = 0; t < count; t++) {
          int i = first + t;
          int position = rule.queryPosition(i);
          if (position == i) {
            System.arraycopy(keyCos, t * half, spanCos[s], t * half, half);
            System.arraycopy(keySin, t * half, spanSin[s], t * half, half);
          } else {
            rope.table(position, spanCos[s], spanSin[s], t * half);
          }
        }
        amplify(spanCos[s], count * half);
        amplify(spanSin[s], count * half);
      }
    }

    /**
     * The attention factor of query and key, both on the query: so keys are plain rotations, and
     * those that stay un-rotated need no factor either.
     */
    private void amplify(float[] table, int n) {
      double factor = rope.scaling().attentionFactor();
      if (factor != 1) {
        float square = (float) (factor * factor);
        for (int i = 0; i < n; i++) {
          table[i] *= square;
        }
      }
    }

    @Override
    void encodeKey(float[] key, int t) {
      kernels.rotate(key, 0, half, interleaved, keyCos, keySin, t * half);
    }

    @Override
    void encodeQuery(float[] query, int span, int t) {
      kernels.rotate(query, 0, half, interleaved, spanCos[span], spanSin[span], t * half);
    }

    @Override
    void encodeLogits(
        float[] logits, int offset, int n, int head, DistanceRule rule, int i, int j) {}
  }
}
