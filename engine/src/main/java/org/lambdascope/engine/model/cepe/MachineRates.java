package org.lambdascope.engine.model.cepe;

import java.util.Arrays;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;

/**
 * What this machine does per second, all threads together.
 *
 * @param multiplyAddsPerSecond on blocks that lie in the cache
 * @param bytesPerSecond read from memory
 */
record MachineRates(double multiplyAddsPerSecond, double bytesPerSecond) {

  private static final int WIDTH = 64;
  private static final int BLOCK_FLOATS = WIDTH * Kernels.BLOCK;

  /** Blocks of the memory measurement: 64 MiB, more than caches hold. */
  private static final int BLOCKS = 4096;

  private static final int QUERIES = 8;
  private static final int ROUNDS = 3;

  /** Measures with the kernels that attention uses; takes some tens of milliseconds. */
  static MachineRates measure(Kernels kernels, ThreadTeam team) {
    float[] keys = new float[BLOCKS * BLOCK_FLOATS];
    Arrays.fill(keys, 1e-3f);
    double cached = 0;
    double streamed = 0;
    for (int round = 0; round < ROUNDS; round++) { // the first ones warm the compiler up
      cached = Math.max(cached, scores(kernels, team, keys, QUERIES, 1));
      streamed = Math.max(streamed, scores(kernels, team, keys, 1, BLOCKS));
    }
    return new MachineRates(cached * QUERIES * BLOCK_FLOATS, streamed * BLOCK_FLOATS * Float.BYTES);
  }

  /** Blocks scored per second. */
  private static double scores(
      Kernels kernels, ThreadTeam team, float[] keys, int queries, int distinct) {
    float[] query = new float[QUERIES * WIDTH];
    float[][] out = new float[team.size()][QUERIES * Kernels.BLOCK];
    int parts = 4 * team.size();
    int perPart = BLOCKS / parts;
    long start = System.nanoTime();
    team.forEach(
        parts,
        (part, worker) -> {
          for (int b = 0; b < perPart; b++) {
            int block = (part * perPart + b) % distinct;
            kernels.scoreBlocks(
                query,
                0,
                WIDTH,
                queries,
                keys,
                block * BLOCK_FLOATS,
                Kernels.BLOCK,
                WIDTH,
                1,
                out[worker],
                0,
                Kernels.BLOCK);
          }
        });
    return (double) parts * perPart / ((System.nanoTime() - start) * 1e-9);
  }
}
