package org.lambdascope.engine.probe;

import java.util.Arrays;
import java.util.BitSet;

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

  /** Which chunk bins each query could take from, {@code [tokens, chunkBins]}. */
  private final BitSet within;

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
    within = new BitSet(CaptureOptions.entries("cross-attention", 1, tokens, chunkBins));
  }

  @Override
  public boolean wantsCrossAttention(int layer) {
    return true;
  }

  @Override
  public void crossAttention(int layer, int head, int query, int chunk, double share) {
    if (query < tokens && chunk < chunks) {
      int bin = layer * positionBins + query / binWidth;
      int chunkBin = chunk / chunkBinWidth;
      mass[bin * chunkBins + chunkBin] += share;
      within.set(query * chunkBins + chunkBin);
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

  /** Counts, per bin of positions, the queries that had a bin of chunks, and those that had any. */
  private void count(int[] queries, int[] anyChunk) {
    for (int query = 0; query < tokens; query++) {
      int row = query * chunkBins;
      int bin = query / binWidth;
      int c = within.nextSetBit(row);
      anyChunk[bin] += c >= 0 && c < row + chunkBins ? 1 : 0;
      for (; c >= 0 && c < row + chunkBins; c = within.nextSetBit(c + 1)) {
        queries[bin * chunkBins + c - row]++;
      }
    }
  }

  CrossAttentionSummary result() {
    float[] shares = new float[mass.length];
    float[] ratios = new float[ratio.length];
    int[] queries = new int[positionBins * chunkBins];
    int[] anyChunk = new int[positionBins];
    count(queries, anyChunk);
    for (int bin = 0; bin < ratio.length; bin++) {
      int position = bin % positionBins;
      int from = bin * chunkBins;
      // Every head of every query gives 1 in all.
      double all = Arrays.stream(mass, from, from + chunkBins).sum();
      for (int c = 0; c < chunkBins; c++) {
        int had = queries[position * chunkBins + c];
        // A bin may straddle two windows: a chunk's mean is over the queries that had it.
        double whole = had == 0 ? all : all * had / anyChunk[position];
        shares[from + c] = (float) (mass[from + c] / whole);
      }
      ratios[bin] = (float) (ratio[bin] / ratioCount[bin]);
    }
    return new CrossAttentionSummary(
        layers, tokens, binWidth, chunks, chunkBinWidth, shares, ratios);
  }
}
