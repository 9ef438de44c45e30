package org.lambdascope.engine.probe;

import org.jspecify.annotations.Nullable;

/** Keeps one layer's output for the first positions. */
final class HiddenStateCollector implements Probe {

  private final int layer;
  private final int positions;
  private final int width;
  private final float[] states;
  private int kept;

  HiddenStateCollector(int layer, int width, int positions) {
    this.layer = layer;
    this.positions = positions;
    this.width = width;
    this.states = new float[CaptureOptions.entries("hidden states", positions, width, 1)];
  }

  @Override
  public boolean wantsHidden(Tap tap, int layer) {
    return tap == Tap.LAYER_OUTPUT && layer == this.layer;
  }

  @Override
  public void hidden(
      Tap tap, int layer, int firstPosition, int rows, float[] values, int offset, int width) {
    int n = Math.min(rows, positions - firstPosition);
    if (n > 0) {
      System.arraycopy(values, offset, states, firstPosition * width, n * width);
      kept = Math.max(kept, firstPosition + n);
    }
  }

  /** Takes the first rows over from another collector of the same layer. */
  void restore(HiddenStateCollector other, int rows) {
    kept = Math.min(rows, positions);
    System.arraycopy(other.states, 0, states, 0, kept * width);
  }

  /** Their first two principal components; see {@link PrincipalComponents#fit}. */
  @Nullable HiddenPca pca() {
    return PrincipalComponents.fit(layer, states, kept, width);
  }
}
