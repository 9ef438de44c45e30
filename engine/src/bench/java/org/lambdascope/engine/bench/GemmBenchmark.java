package org.lambdascope.engine.bench;

import java.util.concurrent.TimeUnit;
import org.bytedeco.openblas.global.openblas;
import org.lambdascope.engine.kernels.KernelsProvider;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.tensor.DType;
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
 * {@code y = x · Wᵀ} with many rows of activations, as in reading a text, beside OpenBLAS's sgemm
 * of the same matrices. OpenBLAS has float32 weights only.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GemmBenchmark {

  /** Operands. */
  @State(Scope.Benchmark)
  public static class Operands {

    @Param({"512x2048x2048", "512x768x768"})
    String shape = "";

    @Param({"1", "2"})
    int threads;

    int rows;
    int out;
    int in;
    float[] x = {};
    float[] w = {};
    float[] y = {};
    ThreadTeam team = ThreadTeam.single();
    MatMul f32;
    MatMul q8;
    MatMul q4;

    @Setup
    public void make() {
      String[] sizes = shape.split("x");
      rows = Integer.parseInt(sizes[0]);
      out = Integer.parseInt(sizes[1]);
      in = Integer.parseInt(sizes[2]);
      x = Matrices.normal(rows * in);
      w = Matrices.normal(out * in);
      y = new float[rows * out];
      team = new ThreadTeam(threads);
      openblas.blas_set_num_threads(threads);
      f32 = bind(DType.F32);
      q8 = bind(DType.Q8_0);
      q4 = bind(DType.Q4_0);
    }

    private MatMul bind(DType dtype) {
      return KernelsProvider.load().bind(Matrices.weights(dtype, out, in));
    }

    @TearDown
    public void close() {
      team.close();
    }
  }

  /** Floating-point operations, a multiply-add being two. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    public double gflop;

    void add(Operands m) {
      gflop += 2e-9 * m.rows * m.out * m.in;
    }
  }

  @Benchmark
  public float[] float32(Operands m, Work work) {
    return multiply(m.f32, m, work);
  }

  @Benchmark
  public float[] q8(Operands m, Work work) {
    return multiply(m.q8, m, work);
  }

  @Benchmark
  public float[] q4(Operands m, Work work) {
    return multiply(m.q4, m, work);
  }

  private static float[] multiply(MatMul weight, Operands m, Work work) {
    weight.apply(m.x, 0, m.rows, m.y, 0, m.team);
    work.add(m);
    return m.y;
  }

  @Benchmark
  public float[] openBlas(Operands m, Work work) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        m.rows,
        m.out,
        m.in,
        1,
        m.x,
        m.in,
        m.w,
        m.in,
        0,
        m.y,
        m.out);
    work.add(m);
    return m.y;
  }
}
