package org.lambdascope.engine.attention;

import java.util.Arrays;
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

  /** Works out what positions {@code [first, first + count)} need. */
  abstract void prepare(int first, int count);

  /** The stage of the frequencies that the {@code t}-th query reads all keys at. */
  abstract int stage(int t);

  /** Encodes a copy of the key of the {@code t}-th position in place, {@code [headDim]}. */
  abstract void encodeKey(float[] key, int copy, int t);

  /**
   * Writes the angles to which {@link #turnKey} turns a copy of the keys of any position.
   *
   * @param t whose stage
   * @param cos at least {@code [half]}; overwritten
   * @param sin at least {@code [half]}; overwritten
   */
  abstract void angles(int copy, int position, int t, float[] cos, float[] sin);

  /** Turns an un-rotated key in place, {@code [headDim]}. */
  abstract void turnKey(float[] key, float[] cos, float[] sin);

  /**
   * Encodes the query of the {@code t}-th position for one span in place, {@code [headDim]} from
   * {@code offset}.
   */
  abstract void encodeQuery(float[] query, int offset, int span, int t);

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
      PositionEncoding encoding,
      List<Span> spans,
      KeyCopies copies,
      int maxChunk,
      Kernels kernels) {
    return switch (encoding) {
      case Rope rope -> new Rotations(rope, spans, copies, maxChunk, kernels);
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
    void prepare(int first, int count) {}

    @Override
    int stage(int t) {
      return 0;
    }

    @Override
    void encodeKey(float[] key, int copy, int t) {}

    @Override
    void angles(int copy, int position, int t, float[] cos, float[] sin) {}

    @Override
    void turnKey(float[] key, float[] cos, float[] sin) {}

    @Override
    void encodeQuery(float[] query, int offset, int span, int t) {}

    @Override
    void encodeLogits(
        float[] logits, int offset, int n, int head, DistanceRule rule, int i, int j) {
      // A ramp's numbers are whole: distances in parts, each part worth so much less.
      int parts = rule.keys() instanceof KeyPositions.Stretched keys ? keys.factor() : 1;
      float slope = -alibi.slope(head) / parts;
      int end = j + n;
      for (int from = j; from < end; ) {
        int to = Math.min(end, rule.keys().lineEnd(from));
        double distance = rule.effectiveDistance(i, from);
        int step =
            to - from > 1
                ? (int) Math.rint((rule.effectiveDistance(i, from + 1) - distance) * parts)
                : 0;
        int first = (int) Math.rint(distance * parts);
        kernels.addRamp(logits, offset + from - j, to - from, slope, first, step);
        from = to;
      }
    }
  }

  private static final class Rotations extends EncodedPositions {
    private final Rope rope;
    private final List<Span> spans;
    private final KeyCopies copies;
    private final Kernels kernels;
    private final int half;
    private final boolean interleaved;

    /** {@code [maxChunk]}: the encoding at each query's stage. */
    private final Rope[] ropes;

    private final int[] stages;

    /** {@code [span, maxChunk, half]}: the query's angles. */
    private final float[][] spanCos;

    private final float[][] spanSin;

    /** {@code [copy, maxChunk, half]}: the keys' angles. */
    private final float[][] keyCos;

    private final float[][] keySin;

    Rotations(Rope rope, List<Span> spans, KeyCopies copies, int maxChunk, Kernels kernels) {
      this.rope = rope;
      this.spans = spans;
      this.copies = copies;
      this.kernels = kernels;
      this.half = rope.half();
      this.interleaved = rope.layout() == RopeLayout.INTERLEAVED;
      this.ropes = new Rope[maxChunk];
      Arrays.fill(ropes, rope);
      this.stages = new int[maxChunk];
      this.spanCos = new float[spans.size()][maxChunk * half];
      this.spanSin = new float[spans.size()][maxChunk * half];
      this.keyCos = new float[copies.count()][maxChunk * half];
      this.keySin = new float[copies.count()][maxChunk * half];
    }

    @Override
    void prepare(int first, int count) {
      if (rope.scaling().staged()) {
        enterStages(first, count);
      }
      for (int c = 0; c < copies.count(); c++) {
        KeyPositions keys = copies.positions().get(c); // the un-rotated ones too: cos 1, sin 0
        for (int t = 0; t < count; t++) {
          ropes[t].table(keys.at(first + t), keyCos[c], keySin[c], t * half);
        }
      }
      for (int s = 0; s < spans.size(); s++) {
        DistanceRule rule = spans.get(s).distance();
        int copy = copies.of(spans.get(s));
        for (int t = 0; t < count; t++) {
          int i = first + t;
          double position = rule.queryPosition(i);
          if (position == rule.keys().at(i)) {
            System.arraycopy(keyCos[copy], t * half, spanCos[s], t * half, half);
            System.arraycopy(keySin[copy], t * half, spanSin[s], t * half, half);
          } else {
            ropes[t].table(position, spanCos[s], spanSin[s], t * half);
          }
        }
        amplify(spanCos[s], count * half);
        amplify(spanSin[s], count * half);
      }
    }

    private void enterStages(int first, int count) {
      Rope last = ropes[ropes.length - 1];
      int lastStage = stages[ropes.length - 1];
      for (int t = 0; t < count; t++) {
        int stage = rope.scaling().stage(first + t + 1);
        if (stage != lastStage) {
          last = rope.at(stage);
          lastStage = stage;
        }
        ropes[t] = last;
        stages[t] = stage;
      }
      // Remembered where the next pass looks, so that a stage's frequencies are worked out once.
      ropes[ropes.length - 1] = last;
      stages[ropes.length - 1] = lastStage;
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
    int stage(int t) {
      return stages[t];
    }

    @Override
    void encodeKey(float[] key, int copy, int t) {
      kernels.rotate(key, 0, half, interleaved, keyCos[copy], keySin[copy], t * half);
    }

    @Override
    void angles(int copy, int position, int t, float[] cos, float[] sin) {
      ropes[t].table(copies.positions().get(copy).at(position), cos, sin, 0);
    }

    @Override
    void turnKey(float[] key, float[] cos, float[] sin) {
      kernels.rotate(key, 0, half, interleaved, cos, sin, 0);
    }

    @Override
    void encodeQuery(float[] query, int offset, int span, int t) {
      kernels.rotate(query, offset, half, interleaved, spanCos[span], spanSin[span], t * half);
    }

    @Override
    void encodeLogits(
        float[] logits, int offset, int n, int head, DistanceRule rule, int i, int j) {}
  }
}
