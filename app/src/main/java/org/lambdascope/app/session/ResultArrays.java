package org.lambdascope.app.session;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.npy.Npy;
import org.lambdascope.app.npy.NpyArray;
import org.lambdascope.app.workbench.ArmSnapshot;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ScoreResult;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.probe.CrossAttentionSummary;
import org.lambdascope.engine.probe.Diagnostics;
import org.lambdascope.engine.probe.DistanceSeries;
import org.lambdascope.engine.probe.EntropyByPosition;
import org.lambdascope.engine.probe.HiddenPca;
import org.lambdascope.engine.probe.LogitsByDistance;

/** The results of an arm as arrays: what the charts and the text need, exactly as it was. */
final class ResultArrays {

  private ResultArrays() {}

  /** Takes arrays. */
  @FunctionalInterface
  interface Sink {
    void put(String name, byte[] npy) throws IOException;
  }

  /** Gives arrays. */
  @FunctionalInterface
  interface Source {
    NpyArray get(String name) throws IOException;
  }

  /**
   * Writes results.
   *
   * @param tokens the entry that holds the text's ids
   * @param prefix what the names of the others begin with
   */
  static SessionJson.Result write(ArmSnapshot shown, String tokens, String prefix, Sink sink)
      throws IOException {
    // A run in progress goes on writing behind what is there.
    sink.put(prefix + "nll", Npy.of(shown.nll(), shown.scored()));
    sink.put(prefix + "new_ids", Npy.of(shown.newIds(), shown.newCount()));
    sink.put(prefix + "new_nll", Npy.of(shown.newNll(), shown.newCount()));
    ScoreResult score = shown.score();
    return new SessionJson.Result(
        shown.arm().toString(),
        tokens,
        shown.tokens().length,
        prefix,
        shown.scored(),
        shown.newCount(),
        score == null ? null : write(score, prefix, sink));
  }

  private static SessionJson.Score write(ScoreResult score, String prefix, Sink sink)
      throws IOException {
    Diagnostics found = score.diagnostics();
    return new SessionJson.Score(
        score.seconds(),
        score.cacheBytes(),
        write(found.logitsByDistance(), prefix + "logits_by_distance/", sink),
        write(found.entropy(), prefix + "entropy/", sink),
        write(found.hiddenPca(), prefix + "hidden_pca/", sink),
        write(found.crossAttention(), prefix + "cross_attention/", sink));
  }

  private static SessionJson.@Nullable Distances write(
      @Nullable LogitsByDistance d, String prefix, Sink sink) throws IOException {
    if (d == null) {
      return null;
    }
    int[] shape = {d.layers(), d.heads(), d.bins()};
    write(d.local(), prefix + "local/", shape, sink);
    write(d.lastQuery(), prefix + "last_query/", shape, sink);
    DistanceSeries global = d.global();
    if (global != null) {
      write(global, prefix + "global/", shape, sink);
    }
    return new SessionJson.Distances(
        d.layers(), d.heads(), d.tokens(), d.bins(), d.binWidth(), global != null);
  }

  private static void write(DistanceSeries series, String prefix, int[] shape, Sink sink)
      throws IOException {
    sink.put(prefix + "count", Npy.of(series.counts(), shape));
    sink.put(prefix + "sum", Npy.of(series.sums(), shape));
    sink.put(prefix + "square_sum", Npy.of(series.squareSums(), shape));
    sink.put(prefix + "min", Npy.of(series.mins(), shape));
    sink.put(prefix + "max", Npy.of(series.maxs(), shape));
  }

  private static SessionJson.@Nullable Entropy write(
      @Nullable EntropyByPosition e, String prefix, Sink sink) throws IOException {
    if (e == null) {
      return null;
    }
    sink.put(prefix + "mean", Npy.of(e.means(), e.layers(), e.heads(), e.bins()));
    sink.put(prefix + "min", Npy.of(e.mins(), e.layers(), e.heads(), e.bins()));
    sink.put(prefix + "max", Npy.of(e.maxs(), e.layers(), e.heads(), e.bins()));
    sink.put(prefix + "log_visible", Npy.of(e.logVisible(), e.bins()));
    return new SessionJson.Entropy(e.layers(), e.heads(), e.tokens(), e.bins(), e.binWidth());
  }

  private static SessionJson.@Nullable Pca write(@Nullable HiddenPca pca, String prefix, Sink sink)
      throws IOException {
    if (pca == null) {
      return null;
    }
    int positions = pca.points().length;
    double[] points = new double[2 * positions];
    for (int i = 0; i < positions; i++) {
      System.arraycopy(pca.points()[i], 0, points, 2 * i, 2);
    }
    sink.put(prefix + "points", Npy.of(points, positions, 2));
    sink.put(prefix + "explained", Npy.of(pca.explained(), 2));
    return new SessionJson.Pca(pca.layer(), positions);
  }

  private static SessionJson.@Nullable Cross write(
      @Nullable CrossAttentionSummary c, String prefix, Sink sink) throws IOException {
    if (c == null) {
      return null;
    }
    sink.put(prefix + "mass", Npy.of(c.mass(), c.layers(), c.positionBins(), c.chunkBins()));
    sink.put(prefix + "ratio", Npy.of(c.ratio(), c.layers(), c.positionBins()));
    return new SessionJson.Cross(
        c.layers(), c.tokens(), c.binWidth(), c.chunks(), c.chunkBinWidth());
  }

  /**
   * Reads results.
   *
   * @param arm as it was run
   * @param cache how it stored keys and values
   * @param tokens {@code [N]}
   */
  static ArmSnapshot read(
      SessionJson.Result result, Arm arm, CacheType cache, int[] tokens, Source source)
      throws IOException {
    String prefix = result.arrays();
    int scored = result.scored();
    float[] nll = new float[Math.max(0, tokens.length - 1)];
    Arrays.fill(nll, Float.NaN);
    if (scored < 0 || scored > nll.length) {
      throw new IOException(
          "%sscored: expected 0 to %d, found %d".formatted(prefix, nll.length, scored));
    }
    System.arraycopy(source.get(prefix + "nll").floats(scored), 0, nll, 0, scored);
    int generated = result.generated();
    SessionJson.Score score = result.score();
    return new ArmSnapshot(
        arm,
        cache,
        tokens,
        nll,
        scored,
        score == null
            ? null
            : new ScoreResult(
                arm,
                nll,
                scored,
                score.seconds(),
                score.cacheBytes(),
                diagnostics(score, prefix, source)),
        source.get(prefix + "new_ids").ints(generated),
        source.get(prefix + "new_nll").floats(generated),
        generated);
  }

  private static Diagnostics diagnostics(SessionJson.Score score, String prefix, Source source)
      throws IOException {
    return new Diagnostics(
        read(score.logitsByDistance(), prefix + "logits_by_distance/", source),
        read(score.entropy(), prefix + "entropy/", source),
        read(score.hiddenPca(), prefix + "hidden_pca/", source),
        read(score.crossAttention(), prefix + "cross_attention/", source));
  }

  private static @Nullable LogitsByDistance read(
      SessionJson.@Nullable Distances d, String prefix, Source source) throws IOException {
    return d == null
        ? null
        : new LogitsByDistance(
            d.layers(),
            d.heads(),
            d.tokens(),
            d.bins(),
            d.binWidth(),
            series(d, prefix + "local/", source),
            d.global() ? series(d, prefix + "global/", source) : null,
            series(d, prefix + "last_query/", source));
  }

  private static DistanceSeries series(SessionJson.Distances d, String prefix, Source source)
      throws IOException {
    int[] shape = {d.layers(), d.heads(), d.bins()};
    return DistanceSeries.of(
        d.layers(),
        d.heads(),
        d.bins(),
        source.get(prefix + "count").longs(shape),
        source.get(prefix + "sum").doubles(shape),
        source.get(prefix + "square_sum").doubles(shape),
        source.get(prefix + "min").floats(shape),
        source.get(prefix + "max").floats(shape));
  }

  private static @Nullable EntropyByPosition read(
      SessionJson.@Nullable Entropy e, String prefix, Source source) throws IOException {
    return e == null
        ? null
        : new EntropyByPosition(
            e.layers(),
            e.heads(),
            e.tokens(),
            e.bins(),
            e.binWidth(),
            source.get(prefix + "mean").floats(e.layers(), e.heads(), e.bins()),
            source.get(prefix + "min").floats(e.layers(), e.heads(), e.bins()),
            source.get(prefix + "max").floats(e.layers(), e.heads(), e.bins()),
            source.get(prefix + "log_visible").floats(e.bins()));
  }

  private static @Nullable HiddenPca read(
      SessionJson.@Nullable Pca pca, String prefix, Source source) throws IOException {
    if (pca == null) {
      return null;
    }
    double[] flat = source.get(prefix + "points").doubles(pca.positions(), 2);
    double[][] points = new double[pca.positions()][];
    for (int i = 0; i < points.length; i++) {
      points[i] = Arrays.copyOfRange(flat, 2 * i, 2 * i + 2);
    }
    return new HiddenPca(pca.layer(), points, source.get(prefix + "explained").doubles(2));
  }

  private static @Nullable CrossAttentionSummary read(
      SessionJson.@Nullable Cross c, String prefix, Source source) throws IOException {
    if (c == null) {
      return null;
    }
    if (c.binWidth() < 1 || c.chunkBinWidth() < 1) {
      throw new IOException(prefix + ": expected bins of at least 1");
    }
    int positionBins = Math.ceilDiv(c.tokens(), c.binWidth());
    int chunkBins = Math.ceilDiv(c.chunks(), c.chunkBinWidth());
    return new CrossAttentionSummary(
        c.layers(),
        c.tokens(),
        c.binWidth(),
        c.chunks(),
        c.chunkBinWidth(),
        source.get(prefix + "mass").floats(c.layers(), positionBins, chunkBins),
        source.get(prefix + "ratio").floats(c.layers(), positionBins));
  }
}
