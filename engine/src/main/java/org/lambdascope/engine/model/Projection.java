package org.lambdascope.engine.model;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;

/**
 * A linear layer: {@code y = x · Wᵀ + b}.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}, if the model has one
 */
public record Projection(MatMul weight, float @Nullable [] bias) {

  /**
   * Multiplies, and adds the bias.
   *
   * @param x {@code [rows, in]}
   * @param y {@code [rows, out]}, from {@code yOffset}; overwritten
   */
  public void apply(float[] x, int rows, float[] y, int yOffset, Kernels kernels, ThreadTeam team) {
    weight.apply(x, 0, rows, y, yOffset, team);
    addBias(rows, y, yOffset, kernels);
  }

  void addBias(int rows, float[] y, int yOffset, Kernels kernels) {
    if (bias != null) {
      for (int r = 0; r < rows; r++) {
        kernels.add(bias, 0, y, yOffset + r * bias.length, bias.length);
      }
    }
  }
}
