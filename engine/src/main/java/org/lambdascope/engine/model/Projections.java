package org.lambdascope.engine.model;

import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;

/** Linear layers that read the same input, such as those of query, key and value. */
public final class Projections {

  private final Projection[] all;
  private final MatMul[] weights;

  /** In the order of their results. */
  public Projections(Projection... all) {
    this.all = all.clone();
    weights = new MatMul[all.length];
    for (int i = 0; i < all.length; i++) {
      weights[i] = all[i].weight();
    }
  }

  /**
   * Multiplies, and adds biases.
   *
   * @param x {@code [rows, in]}
   * @param ys {@code [rows, out]} of each; overwritten
   */
  public void apply(float[] x, int rows, float[][] ys, Kernels kernels, ThreadTeam team) {
    kernels.multiply(weights, x, rows, ys, team);
    for (int i = 0; i < all.length; i++) {
      all[i].addBias(rows, ys[i], 0, kernels);
    }
  }
}
