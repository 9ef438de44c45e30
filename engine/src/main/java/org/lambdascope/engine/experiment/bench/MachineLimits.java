package org.lambdascope.engine.experiment.bench;

import java.util.Arrays;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;

/**
 * What this machine can do at most, all threads together: the bounds that speeds are held against.
 *
 * @param multiplyAddsPerSecond in registers, float32
 * @param bytesPerSecond read in sequence from memory, from an array that no cache holds
 */
public record MachineLimits(double multiplyAddsPerSecond, double bytesPerSecond) {

  /** Floats of the array that is read: 512 MiB, more than the caches of most machines. */
  private static final int FLOATS = 1 << 27;

  private static final int PART = 1 << 16;
  private static final int FMA_ROUNDS = 1 << 22;

  /** Measures; the best of the rounds counts, for all that disturbs makes it slower. */
  public static MachineLimits measure(Kernels kernels, ThreadTeam team, int rounds) {
    float[] memory = new float[FLOATS];
    Arrays.fill(memory, 1);
    double multiplyAdds = 0;
    double bytes = 0;
    for (int round = 0; round < rounds + 2; round++) { // the first warm the compiler up
      multiplyAdds = Math.max(multiplyAdds, multiplyAdds(kernels, team));
      bytes = Math.max(bytes, bytes(kernels, team, memory));
    }
    return new MachineLimits(multiplyAdds, bytes);
  }

  private static double multiplyAdds(Kernels kernels, ThreadTeam team) {
    float[][] out = new float[team.size()][1];
    long[] done = new long[team.size()];
    long start = System.nanoTime();
    team.forEach(
        team.size(), (part, worker) -> done[part] = kernels.multiplyAdds(FMA_ROUNDS, out[part]));
    return Arrays.stream(done).sum() / seconds(start);
  }

  private static double bytes(Kernels kernels, ThreadTeam team, float[] memory) {
    int parts = memory.length / PART;
    float[] sums = new float[parts];
    long start = System.nanoTime();
    team.forEach(parts, (part, worker) -> sums[part] = kernels.read(memory, part * PART, PART));
    return (double) memory.length * Float.BYTES / seconds(start);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
