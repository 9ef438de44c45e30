package org.lambdascope.engine.bench;

import java.util.concurrent.TimeUnit;
import org.lambdascope.engine.kernels.KernelsProvider;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code y = x · Wᵀ} with one row of activations, as in decoding, of weights in the cache and not.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GemvBenchmark {

  /** Operands. */
  @State(Scope.Benchmark)
  public static class Operands {

    @Param({"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"})
    DType dtype = DType.F32;

    /** Outputs; inputs are 768. */
    @Param({"256", "128000"})
    int out;

    @Param({"1", "2"})
    int threads;

    long bytes;
    float[] x = {};
    float[] y = {};
    ThreadTeam team = ThreadTeam.single();
    MatMul weight;

    @Setup
    public void make() {
      Tensor weights = Matrices.weights(dtype, out, 768);
      bytes = weights.data().byteSize();
      weight = KernelsProvider.load().bind(weights);
      x = Matrices.normal(768);
      y = new float[out];
      team = new ThreadTeam(threads);
    }

    @TearDown
    public void close() {
      team.close();
    }
  }

  /** Weights read. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    public double gigabytes;
  }

  @Benchmark
  public float[] multiply(Operands m, Work work) {
    m.weight.apply(m.x, 0, 1, m.y, 0, m.team);
    work.gigabytes += 1e-9 * m.bytes;
    return m.y;
  }
}
