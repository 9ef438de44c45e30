package org.lambdascope.engine.probe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.Branch;
import org.lambdascope.engine.attention.LogitTile;
import org.lambdascope.engine.kernels.Kernels;

/** Bins attention logits by raw distance while they are computed; keeps no logit. */
final class LogitsByDistanceCollector implements Probe {

  private final Kernels kernels;
  private final int layers;
  private final int heads;
  private final int tokens;
  private final int binWidth;
  private final int bins;
  private final DistanceSeries local;
  private final @Nullable DistanceSeries global;
  private final DistanceSeries lastQuery;
  private final Map<Thread, Tallies> tallies = new ConcurrentHashMap<>();

  LogitsByDistanceCollector(
      Kernels kernels, int layers, int heads, int tokens, int mostBins, boolean globalBranch) {
    this.kernels = kernels;
    this.layers = layers;
    this.heads = heads;
    this.tokens = tokens;
    this.binWidth = LogitsByDistance.binWidth(tokens, mostBins);
    this.bins = Math.ceilDiv(tokens, binWidth);
    this.local = new DistanceSeries(layers, heads, bins);
    this.global = globalBranch ? new DistanceSeries(layers, heads, bins) : null;
    this.lastQuery = new DistanceSeries(layers, heads, bins);
  }

  @Override
  public boolean wantsStatistics(int layer) {
    return true;
  }

  @Override
  public void logits(int layer, int head, LogitTile tile) {
    Tallies mine = mine();
    (tile.branch() == Branch.LOCAL ? mine.local : mine.global).add(tile);
    int last = tokens - 1 - tile.firstQuery();
    if (last >= 0 && last < tile.rows()) {
      addLastQuery(layer, head, tile, last);
    }
  }

  private void addLastQuery(int layer, int head, LogitTile tile, int row) {
    for (int lane = tile.from()[row]; lane < tile.to()[row]; lane++) {
      float x = tile.logits()[row * tile.stride() + lane];
      int distance = tokens - 1 - (tile.firstKey() + lane);
      int at = lastQuery.index(layer, head, distance / binWidth);
      lastQuery.add(at, 1, x, (double) x * x, x, x);
    }
  }

  @Override
  public void attentionEnded(int layer, int head) {
    Tallies mine = mine();
    mine.local.flush(local, layer, head, binWidth);
    if (global != null) {
      mine.global.flush(global, layer, head, binWidth);
    }
  }

  private Tallies mine() {
    return tallies.computeIfAbsent(
        Thread.currentThread(),
        t -> {
          DistanceTally tally = new DistanceTally(kernels, tokens);
          return new Tallies(tally, global == null ? tally : new DistanceTally(kernels, tokens));
        });
  }

  /** What one thread tallies for the head that it is at. */
  private record Tallies(DistanceTally local, DistanceTally global) {}

  /**
   * What was collected of the first positions.
   *
   * @param global null where there is no global branch
   */
  record State(DistanceSeries local, @Nullable DistanceSeries global) {}

  /**
   * A copy of what was collected of the first {@code positions}; none of them is the last query.
   */
  State save(int positions) {
    int most = Math.ceilDiv(positions, binWidth); // no distance between them is in a later bin
    return new State(local.first(most), global == null ? null : global.first(most));
  }

  /** Goes on from what another collector saved. */
  void restore(State state) {
    local.take(state.local());
    if (global != null && state.global() != null) {
      global.take(state.global()); // without one, the positions saw nothing of it
    }
  }

  long savedBytes(int positions) {
    int most = Math.ceilDiv(positions, binWidth);
    return (global == null ? 1 : 2) * DistanceSeries.predictedBytes(layers, heads, most);
  }

  LogitsByDistance result() {
    return new LogitsByDistance(layers, heads, tokens, bins, binWidth, local, global, lastQuery);
  }
}
