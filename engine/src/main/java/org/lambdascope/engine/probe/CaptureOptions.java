package org.lambdascope.engine.probe;

/**
 * Which diagnostics a run captures, and how finely.
 *
 * @param logitsByDistance attention logits by raw distance (factor 1)
 * @param entropy attention entropy by position (factor 2)
 * @param hiddenPca PCA of hidden states (factor 3)
 * @param distanceBins the most bins over raw distance; a bin is at least one token wide
 * @param positionBins the most bins over query position; a bin is at least one token wide
 * @param hiddenLayer decoder layer, from 0, whose output goes into the PCA
 * @param hiddenPositions positions that go into the PCA, from the start
 */
public record CaptureOptions(
    boolean logitsByDistance,
    boolean entropy,
    boolean hiddenPca,
    int distanceBins,
    int positionBins,
    int hiddenLayer,
    int hiddenPositions) {

  /** The paper's three factors: layer 1's output, first 4,096 positions. */
  public static final CaptureOptions PAPER =
      new CaptureOptions(true, true, true, 1024, 1024, 0, 4096);

  /** Nothing. */
  public static final CaptureOptions NONE = new CaptureOptions(false, false, false, 1, 1, 0, 1);

  public CaptureOptions {
    if (distanceBins < 1 || positionBins < 1 || hiddenPositions < 1 || hiddenLayer < 0) {
      throw new IllegalArgumentException(
          "expected at least 1 bin and 1 position, and a layer from 0; found distanceBins=%d, positionBins=%d, hiddenPositions=%d, hiddenLayer=%d"
              .formatted(distanceBins, positionBins, hiddenPositions, hiddenLayer));
    }
  }

  /** The length of an array {@code [a, b, c]}, or a refusal that says what is too large. */
  static int entries(String capture, int a, int b, int c) {
    long n = Math.multiplyExact(Math.multiplyExact((long) a, b), (long) c);
    if (n > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%s: expected at most 2^31 values per statistic, found %d × %d × %d; ask for fewer bins or positions"
              .formatted(capture, a, b, c));
    }
    return (int) n;
  }

  /** Whether anything is captured. */
  public boolean any() {
    return logitsByDistance || entropy || hiddenPca;
  }

  /**
   * Bytes that the captures of one arm will take.
   *
   * @param layers decoder layers
   * @param heads query heads
   * @param hiddenSize width of the residual stream
   * @param tokens length of the text
   * @param globalBranch whether the arm has a global branch, which is a series of its own
   */
  public long predictedBytes(
      int layers, int heads, int hiddenSize, int tokens, boolean globalBranch) {
    long bytes = 0;
    if (logitsByDistance) {
      bytes += LogitsByDistance.predictedBytes(layers, heads, tokens, distanceBins, globalBranch);
    }
    if (entropy) {
      bytes += EntropyByPosition.predictedBytes(layers, heads, tokens, positionBins);
    }
    if (hiddenPca) {
      bytes += HiddenPca.predictedBytes(hiddenSize, Math.min(tokens, hiddenPositions));
    }
    return bytes;
  }
}
