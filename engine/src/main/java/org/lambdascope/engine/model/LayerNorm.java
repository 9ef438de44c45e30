package org.lambdascope.engine.model;

import org.lambdascope.engine.kernels.Kernels;

/**
 * One LayerNorm of a model.
 *
 * @param weight {@code [n]}
 * @param bias {@code [n]}; zeros where the model has none
 * @param eps ε below the root
 */
public record LayerNorm(float[] weight, float[] bias, float eps) {

  /**
   * Normalises rows.
   *
   * @param x {@code [rows, n]}, from row {@code firstRow}
   * @param out {@code [rows, n]}, from row {@code outRow}; overwritten
   */
  public void apply(Kernels kernels, float[] x, int firstRow, int rows, float[] out, int outRow) {
    int n = weight.length;
    for (int r = 0; r < rows; r++) {
      kernels.layerNorm(x, (firstRow + r) * n, weight, bias, eps, out, (outRow + r) * n, n);
    }
  }
}
