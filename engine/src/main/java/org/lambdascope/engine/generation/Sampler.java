package org.lambdascope.engine.generation;

import java.util.SplittableRandom;
import org.lambdascope.engine.kernels.Kernels;

/**
 * Chooses the next token from logits, as {@link SamplingOptions} says. Each filter sees the
 * distribution that the one before it left, normalised; equal logits rank by ascending id. A NaN
 * logit is never chosen. Holds its scratch space, so choosing allocates nothing. Not thread-safe.
 */
public final class Sampler {

  private final SamplingOptions options;
  private final Kernels kernels;
  private final SplittableRandom random;
  private final float[] scores; // [vocabularySize], logits after the repetition penalty
  private final float[] weights; // [vocabularySize], relative to the highest; 0 is never drawn
  private final int[] heap; // ids, by score descending, then id ascending
  private final boolean[] seen;
  private final int[] seenIds;
  private int seenCount;

  /**
   * Makes a sampler for one text.
   *
   * @param vocabularySize number of logits, at least 1
   * @param kernels the arithmetic
   */
  public Sampler(int vocabularySize, SamplingOptions options, Kernels kernels) {
    if (vocabularySize < 1) {
      throw new IllegalArgumentException(
          "vocabulary size: expected at least 1, found " + vocabularySize);
    }
    this.options = options;
    this.kernels = kernels;
    random = new SplittableRandom(options.seed());
    scores = new float[vocabularySize];
    weights = new float[vocabularySize];
    heap = new int[vocabularySize];
    seen = new boolean[vocabularySize];
    seenIds = new int[vocabularySize];
  }

  /** Tells that an id is in the text; the repetition penalty counts each id once. */
  public void accept(int id) {
    if (id < 0 || id >= seen.length) {
      throw new IllegalArgumentException(
          "token id: expected 0 ≤ id < %d, found %d".formatted(seen.length, id));
    }
    if (!seen[id]) {
      seen[id] = true;
      seenIds[seenCount++] = id;
    }
  }

  /**
   * Chooses a token. The caller tells {@link #accept} if it takes it.
   *
   * @param logits {@code [vocabularySize]}; not modified
   * @return the id
   * @throws IllegalArgumentException if no logit is finite, or one is +∞
   */
  public int sample(float[] logits) {
    if (logits.length < scores.length) {
      throw new IllegalArgumentException(
          "logits: expected %d, found %d".formatted(scores.length, logits.length));
    }
    System.arraycopy(logits, 0, scores, 0, scores.length);
    penalise();
    int best = best();
    if (options.temperature() == 0) {
      return best;
    }
    weigh(scores[best]);
    if (options.topK() > 0 || options.topP() < 1) {
      keepHighest();
    }
    return draw();
  }

  /** {@code e^((score − max) / T)}, so that the highest weighs 1. */
  private void weigh(float max) {
    for (int id = 0; id < scores.length; id++) {
      // The difference comes first, in double: a small temperature then cannot overflow.
      weights[id] = (float) (((double) scores[id] - max) / options.temperature());
    }
    if (Float.isNaN(kernels.expAndSum(weights, 0, weights.length, 0))) {
      for (int id = 0; id < weights.length; id++) {
        weights[id] = Float.isNaN(weights[id]) ? 0 : weights[id];
      }
    }
  }

  /** Top-k, then top-p: takes from a heap as many as stay, and sets the weight of the rest to 0. */
  private void keepHighest() {
    int n = 0;
    double total = 0;
    for (int id = 0; id < scores.length; id++) {
      if (weights[id] > 0) {
        heap[n++] = id;
        total += weights[id];
      }
    }
    heapify(n);
    int keep = options.topK() > 0 ? Math.min(options.topK(), n) : n;
    // What is popped lies behind the heap, the highest last; so it can be read twice.
    int popped = 0;
    if (keep < n) {
      total = 0;
      while (popped < keep) {
        total += weights[pop(n - popped++)];
      }
    }
    if (options.topP() < 1) {
      double wanted = options.topP() * total;
      double sum = 0;
      int kept = 0;
      while (kept < keep && (kept == 0 || sum < wanted)) {
        if (kept == popped) {
          pop(n - popped++);
        }
        sum += weights[heap[n - 1 - kept++]];
      }
      keep = kept;
    }
    for (int rest = 0; rest < n - keep; rest++) {
      weights[heap[rest]] = 0;
    }
  }

  private void penalise() {
    float penalty = (float) options.repetitionPenalty();
    if (penalty == 1) {
      return;
    }
    for (int s = 0; s < seenCount; s++) {
      int id = seenIds[s];
      scores[id] = scores[id] > 0 ? scores[id] / penalty : scores[id] * penalty;
    }
  }

  /** The highest score, the lowest id on ties. */
  private int best() {
    float max = kernels.max(scores, 0, scores.length);
    if (max == Float.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "logits: expected at least one finite number, found none in %d (the model's output is broken)"
              .formatted(scores.length));
    }
    int best = 0;
    while (scores[best] != max) {
      best++;
    }
    if (scores[best] == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "logits: expected finite numbers, found +∞ at id %d (the model's output is broken)"
              .formatted(best));
    }
    return best;
  }

  /** Min-p, then a draw in proportion to the weights. */
  private int draw() {
    double total = 0;
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] < options.minP()) {
        weights[id] = 0;
      }
      total += weights[id];
    }
    double target = random.nextDouble() * total;
    int last = 0;
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] > 0) {
        last = id;
        target -= weights[id];
        if (target < 0) {
          return id;
        }
      }
    }
    return last; // rounding may leave a sliver behind the last one
  }

  private boolean ranksBefore(int a, int b) {
    return scores[a] > scores[b] || (scores[a] == scores[b] && a < b);
  }

  private void heapify(int n) {
    for (int root = n / 2 - 1; root >= 0; root--) {
      sink(root, n);
    }
  }

  /** Moves the first of a heap of {@code n} to its end, index {@code n − 1}. */
  private int pop(int n) {
    int top = heap[0];
    heap[0] = heap[n - 1];
    heap[n - 1] = top;
    sink(0, n - 1);
    return top;
  }

  private void sink(int root, int n) {
    int id = heap[root];
    int hole = root;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= n) {
        break;
      }
      if (child + 1 < n && ranksBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!ranksBefore(heap[child], id)) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    if (hole != root) {
      heap[hole] = id;
    }
  }
}
