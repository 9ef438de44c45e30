package org.lambdascope.engine.probe;

import java.util.Arrays;

/** Sums attention by chunk, and the ratio of norms, over bins of positions. */
final class CrossAttentionCollector implements Probe {

  private final int layers;
  private final int tokens;
  private final int chunks;
  private final int binWidth;
  private final int chunkBinWidth;
  private final int positionBins;
  private final int chunkBins;
  private final double[] mass;
  private final double[] ratio;
  private final int[] ratioCount;
  private double[] inputNorm = {};

  CrossAttentionCollector(int layers, int tokens, int chunks) {
    this.layers = layers;
    this.tokens = tokens;
    this.chunks = chunks;
    binWidth = CrossAttentionSummary.binWidth(tokens);
    chunkBinWidth = CrossAttentionSummary.binWidth(chunks);
    positionBins = Math.ceilDiv(tokens, binWidth);
    chunkBins = Math.ceilDiv(chunks, chunkBinWidth);
    mass = new double[CaptureOptions.entries("cross-attention", layers, positionBins, chunkBins)];
    ratio = new double[layers * positionBins];
    ratioCount = new int[ratio.length];
  }

  @Override
  public boolean wantsCrossAttention(int layer) {
    return true;
  }

  @Override
  public void crossAttention(int layer, int head, int query, int chunk, double share) {
    if (query < tokens && chunk < chunks) {
      int bin = layer * positionBins + query / binWidth;
      mass[bin * chunkBins + chunk / chunkBinWidth] += share;
    }
  }

  @Override
  public boolean wantsHidden(Tap tap, int layer) {
    return tap == Tap.CROSS_ATTENTION_INPUT || tap == Tap.CROSS_ATTENTION_OUTPUT;
  }

  /** The input of a layer comes right before its output. */
  @Override
  public void hidden(
      Tap tap, int layer, int firstPosition, int rows, float[] values, int offset, int width) {
    if (tap == Tap.CROSS_ATTENTION_INPUT && inputNorm.length < rows) {
      inputNorm = new double[rows];
    }
    for (int r = 0; r < rows; r++) {
      double norm = norm(values, offset + r * width, width);
      if (tap == Tap.CROSS_ATTENTION_INPUT) {
        inputNorm[r] = norm;
      } else if (firstPosition + r < tokens) {
        int bin = layer * positionBins + (firstPosition + r) / binWidth;
        ratio[bin] += norm / inputNorm[r];
        ratioCount[bin]++;
      }
    }
  }

  private static double norm(float[] values, int offset, int width) {
    double sum = 0;
    for (int f = 0; f < width; f++) {
      sum += (double) values[offset + f] * values[offset + f];
    }
    return Math.sqrt(sum);
  }

  CrossAttentionSummary result() {
    float[] shares = new float[mass.length];
    float[] ratios = new float[ratio.length];
    for (int bin = 0; bin < ratio.length; bin++) {
      int from = bin * chunkBins;
      // Every head of every query gives 1 in all.
      double all = Arrays.stream(mass, from, from + chunkBins).sum();
      for (int c = from; c < from + chunkBins; c++) {
        shares[c] = (float) (mass[c] / all);
      }
      ratios[bin] = (float) (ratio[bin] / ratioCount[bin]);
    }
    return new CrossAttentionSummary(
        layers, tokens, binWidth, chunks, chunkBinWidth, shares, ratios);
  }
}
