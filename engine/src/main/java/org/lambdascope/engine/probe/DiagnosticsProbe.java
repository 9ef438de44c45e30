package org.lambdascope.engine.probe;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.LogitTile;
import org.lambdascope.engine.attention.SoftmaxRow;
import org.lambdascope.engine.kernels.Kernels;

/** Collects the diagnostics that {@link CaptureOptions} ask for, in one pass over the text. */
public final class DiagnosticsProbe implements Probe {

  private final @Nullable LogitsByDistanceCollector logits;
  private final @Nullable EntropyCollector entropy;
  private final @Nullable HiddenStateCollector hidden;
  private final @Nullable CrossAttentionCollector cross;
  private final int tokens;

  /**
   * Makes room for the captures.
   *
   * @param options what to capture
   * @param layers decoder layers
   * @param heads query heads per layer
   * @param hiddenSize width of the residual stream
   * @param tokens length of the text
   * @param globalBranch whether the arm has a global branch
   */
  public DiagnosticsProbe(
      Kernels kernels,
      CaptureOptions options,
      int layers,
      int heads,
      int hiddenSize,
      int tokens,
      boolean globalBranch) {
    this(kernels, options, layers, heads, hiddenSize, tokens, globalBranch, 0);
  }

  /**
   * Makes room for the captures of an arm with an encoded context.
   *
   * @param contextChunks the most chunks of the context; 0 for none
   */
  public DiagnosticsProbe(
      Kernels kernels,
      CaptureOptions options,
      int layers,
      int heads,
      int hiddenSize,
      int tokens,
      boolean globalBranch,
      int contextChunks) {
    if (options.hiddenPca() && options.hiddenLayer() >= layers) {
      throw new IllegalArgumentException(
          "hidden layer: expected 0 to %d, found %d".formatted(layers - 1, options.hiddenLayer()));
    }
    this.tokens = tokens;
    logits =
        options.logitsByDistance()
            ? new LogitsByDistanceCollector(
                kernels, layers, heads, tokens, options.distanceBins(), globalBranch)
            : null;
    entropy =
        options.entropy()
            ? new EntropyCollector(layers, heads, tokens, options.positionBins())
            : null;
    hidden =
        options.hiddenPca()
            ? new HiddenStateCollector(
                options.hiddenLayer(), hiddenSize, Math.min(tokens, options.hiddenPositions()))
            : null;
    cross =
        options.any() && contextChunks > 0
            ? new CrossAttentionCollector(layers, tokens, contextChunks)
            : null;
  }

  @Override
  public boolean wantsStatistics(int layer) {
    return logits != null || entropy != null;
  }

  /** The text alone: what is generated after it is not part of its diagnostics. */
  @Override
  public boolean wantsQuery(int query) {
    return query < tokens;
  }

  @Override
  public void logits(int layer, int head, LogitTile tile) {
    if (logits != null) {
      logits.logits(layer, head, tile);
    }
  }

  @Override
  public void softmax(int layer, int head, SoftmaxRow row) {
    if (entropy != null) {
      entropy.softmax(layer, head, row);
    }
  }

  @Override
  public void attentionEnded(int layer, int head) {
    if (logits != null) {
      logits.attentionEnded(layer, head);
    }
  }

  @Override
  public boolean wantsHidden(Tap tap, int layer) {
    return (hidden != null && hidden.wantsHidden(tap, layer))
        || (cross != null && cross.wantsHidden(tap, layer));
  }

  @Override
  public boolean wantsCrossAttention(int layer) {
    return cross != null;
  }

  @Override
  public void crossAttention(int layer, int head, int query, int chunk, double share) {
    if (cross != null) {
      cross.crossAttention(layer, head, query, chunk, share);
    }
  }

  @Override
  public void hidden(
      Tap tap, int layer, int firstPosition, int rows, float[] values, int offset, int width) {
    if (hidden != null && hidden.wantsHidden(tap, layer)) {
      hidden.hidden(tap, layer, firstPosition, rows, values, offset, width);
    }
    if (cross != null && cross.wantsHidden(tap, layer)) {
      cross.hidden(tap, layer, firstPosition, rows, values, offset, width);
    }
  }

  /** What was collected of a text's first positions; see {@link #save}. */
  public static final class State {
    private final int positions;
    private final LogitsByDistanceCollector.@Nullable State logits;
    private final EntropyCollector.@Nullable State entropy;

    private State(
        int positions,
        LogitsByDistanceCollector.@Nullable State logits,
        EntropyCollector.@Nullable State entropy) {
      this.positions = positions;
      this.logits = logits;
      this.entropy = entropy;
    }
  }

  /**
   * A copy of what was collected so far and may still change: not the hidden states and the bins of
   * entropies that are full.
   *
   * @param positions that were read, fewer than all
   */
  public State save(int positions) {
    return new State(
        positions,
        logits == null ? null : logits.save(positions),
        entropy == null ? null : entropy.save(positions));
  }

  /** Bytes of what {@link #save} returns. */
  public long savedBytes(int positions) {
    return (logits == null ? 0 : logits.savedBytes(positions))
        + (entropy == null ? 0 : entropy.savedBytes());
  }

  /**
   * Goes on from what was collected of the same positions in an earlier run that captured the same.
   *
   * @param other the probe of that run or of one that went on from it
   */
  public void restore(State state, DiagnosticsProbe other) {
    if (logits != null && state.logits != null) {
      logits.restore(state.logits);
    }
    if (entropy != null && state.entropy != null && other.entropy != null) {
      entropy.restore(state.entropy, other.entropy);
    }
    if (hidden != null && other.hidden != null) {
      hidden.restore(other.hidden, state.positions);
    }
  }

  /** What was collected so far; the PCA is computed now, which may take longer than the run. */
  public Diagnostics result() {
    Diagnostics streamed = streamed();
    return new Diagnostics(
        streamed.logitsByDistance(),
        streamed.entropy(),
        hidden == null ? null : hidden.pca(),
        streamed.crossAttention());
  }

  /** What was collected so far, without the PCA. */
  public Diagnostics streamed() {
    return new Diagnostics(
        logits == null ? null : logits.result(),
        entropy == null ? null : entropy.result(),
        null,
        cross == null ? null : cross.result());
  }
}
