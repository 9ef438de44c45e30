package org.lambdascope.engine.experiment.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.bench.Speed.Task;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;

/**
 * Times reading and decoding of random ids. Arms take turns within every repetition, so that a slow
 * minute of the machine falls on all of them.
 */
public final class Bench {

  /** Seconds that each arm runs before it is timed, so that the compiler has seen it. */
  private static final double WARM_UP_SECONDS = 2;

  /**
   * What is timed.
   *
   * @param arms in the order of their turns
   * @param prefill tokens to read; 0 for no such measurement
   * @param depths tokens that stand before those that are decoded, ascending
   * @param steps tokens that are decoded per repetition
   * @param repetitions of everything but the reading up to a depth, which is timed once
   * @param pass tokens per forward pass
   */
  public record Spec(
      List<Arm> arms, int prefill, List<Integer> depths, int steps, int repetitions, int pass) {
    public Spec {
      arms = List.copyOf(arms);
      depths = depths.stream().sorted().distinct().toList();
      if (prefill < 0 || steps < 1 || repetitions < 1 || pass < 1) {
        throw new IllegalArgumentException(
            "expected steps, repetitions and a pass of at least 1, found %d, %d, %d"
                .formatted(steps, repetitions, pass));
      }
    }
  }

  private final Decoder decoder;
  private final CacheType cache;
  private final Spec spec;
  private final MachineLimits limits;
  private final Consumer<Speed> listener;
  private final Progress progress;
  private final Cancellation cancellation;
  private final int[] text;

  private Bench(
      Decoder decoder,
      CacheType cache,
      Spec spec,
      MachineLimits limits,
      Consumer<Speed> listener,
      Progress progress,
      Cancellation cancellation) {
    this.decoder = decoder;
    this.cache = cache;
    this.spec = spec;
    this.limits = limits;
    this.listener = listener;
    this.progress = progress;
    this.cancellation = cancellation;
    int deepest = spec.depths().isEmpty() ? 0 : spec.depths().getLast();
    int length = Math.max(spec.prefill(), deepest + (spec.repetitions() + 1) * spec.steps()) + 1;
    text = new Random(1).ints(length, 0, decoder.config().vocabularySize()).toArray();
  }

  /**
   * Measures.
   *
   * @param cache what the decoder's sessions store keys and values in
   * @param limits the machine's
   * @param listener takes each result when it is there
   * @return all results; fewer when cancelled
   */
  public static List<Speed> run(
      Decoder decoder,
      CacheType cache,
      Spec spec,
      MachineLimits limits,
      Consumer<Speed> listener,
      Progress progress,
      Cancellation cancellation) {
    List<Speed> results = new ArrayList<>();
    Bench bench =
        new Bench(
            decoder,
            cache,
            spec,
            limits,
            speed -> {
              results.add(speed);
              listener.accept(speed);
            },
            progress,
            cancellation);
    try {
      if (spec.prefill() > 0) {
        bench.prefill();
      }
      bench.decode();
    } catch (CancellationException e) {
      // Asked for: what is there is the result.
    }
    return results;
  }

  private void prefill() {
    int n = spec.prefill();
    for (Arm arm : spec.arms()) {
      long start = System.nanoTime();
      do {
        read(start(arm), n);
      } while (seconds(start) < WARM_UP_SECONDS);
    }
    double[][] speeds = new double[spec.arms().size()][spec.repetitions()];
    long[] bytes = new long[speeds.length];
    for (int r = 0; r < spec.repetitions(); r++) {
      for (int a = 0; a < speeds.length; a++) {
        progress.update(
            "prefill", (long) r * speeds.length + a, (long) speeds.length * spec.repetitions());
        ContextSession session = start(spec.arms().get(a));
        long start = System.nanoTime();
        read(session, n);
        speeds[a][r] = n / seconds(start);
        bytes[a] = session.cacheBytes();
      }
    }
    for (int a = 0; a < speeds.length; a++) {
      Arm arm = spec.arms().get(a);
      report(
          arm, Task.PREFILL, n, speeds[a], Work.reading(decoder, arm, n, spec.pass()), n, bytes[a]);
    }
  }

  private void decode() {
    List<ContextSession> sessions = new ArrayList<>(spec.arms().stream().map(this::start).toList());
    for (int depth : spec.depths()) {
      for (int a = 0; a < sessions.size(); a++) {
        approach(a, sessions.get(a), depth);
      }
      double[][] speeds = new double[sessions.size()][spec.repetitions()];
      for (int r = -1; r < spec.repetitions(); r++) { // the first one warms up
        for (int a = 0; a < speeds.length; a++) {
          progress.update("decode at " + depth, r + 1L, spec.repetitions() + 1L);
          double speed = steps(sessions.get(a));
          if (r >= 0) {
            speeds[a][r] = speed;
          }
        }
      }
      for (int a = 0; a < speeds.length; a++) {
        Arm arm = spec.arms().get(a);
        report(
            arm,
            Task.DECODE,
            depth,
            speeds[a],
            Work.step(decoder, arm, depth, cache),
            1,
            sessions.get(a).cacheBytes());
      }
    }
  }

  /** Reads up to a depth; what of it was read for a lesser depth is not timed again. */
  private void approach(int a, ContextSession session, int depth) {
    int from = session.position();
    if (from == 0 && depth > 0) {
      Arm arm = spec.arms().get(a);
      long start = System.nanoTime();
      read(session, depth);
      double speed = depth / seconds(start);
      report(
          arm,
          Task.PREFILL,
          depth,
          new double[] {speed},
          Work.reading(decoder, arm, depth, spec.pass()),
          depth,
          session.cacheBytes());
    } else if (depth > from) {
      read(session, depth);
    }
  }

  private void report(
      Arm arm, Task task, int tokens, double[] speeds, Work work, int units, long bytes) {
    double bound = units / work.seconds(limits);
    listener.accept(new Speed(arm, task, tokens, speeds, bound, work.boundBy(limits), bytes));
  }

  private ContextSession start(Arm arm) {
    return ArmSessions.start(decoder, arm, spec.pass(), Probe.NONE);
  }

  private void read(ContextSession session, int to) {
    int step = Math.max(spec.pass(), 1 << 12);
    for (int from = session.position(); from < to; from = session.position()) {
      progress.update("prefill", from, to);
      session.feed(text, from, Math.min(to, from + step), null, cancellation);
    }
    session.nextLogits(cancellation);
  }

  /** Tokens per second, one by one, each with its logits. */
  private double steps(ContextSession session) {
    long start = System.nanoTime();
    for (int n = 0; n < spec.steps(); n++) {
      int at = session.position();
      session.feed(text, at, at + 1, null, cancellation);
      session.nextLogits(cancellation);
    }
    return spec.steps() / seconds(start);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
