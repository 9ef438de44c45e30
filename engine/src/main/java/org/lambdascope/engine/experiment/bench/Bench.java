package org.lambdascope.engine.experiment.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.Retention;
import org.lambdascope.engine.attention.Retrieval;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.bench.Speed.Task;
import org.lambdascope.engine.generation.CachedSession;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.generation.SharedPass;
import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.probe.CaptureOptions;
import org.lambdascope.engine.probe.DiagnosticsProbe;
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

  /** Tokens that are read, untimed, before decoding is timed. */
  private static final int WARM_UP_PROMPT = 512;

  /** Tokens that are read one by one, untimed, before a depth whose keys were made up: as above. */
  private static final int WARM_UP_TOKENS = 64;

  private static final ThreadMXBean ALLOCATIONS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  /**
   * What is timed.
   *
   * @param arms in the order of their turns
   * @param prefill tokens to read; 0 for no such measurement
   * @param probes whether they are also read with the diagnostics captured
   * @param depths tokens that stand before those that are decoded, ascending
   * @param steps tokens that are decoded per repetition
   * @param together texts of which a token each is decoded in one pass too; below 2 for none
   * @param repetitions of everything but the reading up to a depth, which is timed once
   * @param pass tokens per forward pass
   * @param assumeFrom from this depth on, arms that keep all keys have them made up instead of
   *     reading, which takes them quadratic time
   */
  public record Spec(
      List<Arm> arms,
      int prefill,
      boolean probes,
      List<Integer> depths,
      int steps,
      int together,
      int repetitions,
      int pass,
      int assumeFrom) {
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

  /** One timed piece of work. */
  private record Timed(double tokensPerSecond, double garbageBytes) {}

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
    int length =
        Math.max(
                Math.max(spec.prefill(), WARM_UP_PROMPT),
                deepest + spec.repetitions() * spec.steps())
            + 1;
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

  /** One way to read the text. */
  private record Reading(Arm arm, Task task) {}

  private void prefill() {
    int n = spec.prefill();
    List<Reading> readings = new ArrayList<>();
    for (Arm arm : spec.arms()) {
      readings.add(new Reading(arm, Task.PREFILL));
      if (spec.probes()) {
        readings.add(new Reading(arm, Task.PROBED));
      }
    }
    for (Reading reading : readings) {
      long start = System.nanoTime();
      do {
        read(start(reading, n), n);
      } while (seconds(start) < WARM_UP_SECONDS);
    }
    Timed[][] timed = new Timed[readings.size()][spec.repetitions()];
    long[] bytes = new long[timed.length];
    for (int r = 0; r < spec.repetitions(); r++) {
      for (int a = 0; a < timed.length; a++) {
        progress.update(
            "prefill", (long) r * timed.length + a, (long) timed.length * spec.repetitions());
        ContextSession session = start(readings.get(a), n);
        timed[a][r] = time(List.of(session), n, () -> read(session, n));
        bytes[a] = session.cacheBytes();
      }
    }
    for (int a = 0; a < timed.length; a++) {
      Arm arm = readings.get(a).arm();
      Work work = Work.reading(decoder, arm, n, spec.pass());
      report(arm, readings.get(a).task(), n, timed[a], work, n, bytes[a]);
    }
  }

  private void decode() {
    for (Arm arm : spec.arms()) {
      // Also what decoding does once per token only, and would go on doing uncompiled.
      read(start(arm), WARM_UP_PROMPT);
      long start = System.nanoTime();
      do {
        steps(start(arm));
      } while (seconds(start) < WARM_UP_SECONDS);
    }
    List<ContextSession> sessions = new ArrayList<>(spec.arms().stream().map(this::start).toList());
    for (int depth : spec.depths()) {
      for (int a = 0; a < sessions.size(); a++) {
        approach(a, sessions.get(a), depth);
      }
      Timed[][] timed = new Timed[sessions.size()][spec.repetitions()];
      Timed[][] together = new Timed[sessions.size()][spec.repetitions()];
      List<Company> companies = companies(depth);
      for (int r = 0; r < spec.repetitions(); r++) {
        for (int a = 0; a < timed.length; a++) {
          progress.update("decode at " + depth, r, spec.repetitions());
          if (depth == 0) { // anew each time, or it would grow deep
            sessions.set(a, start(spec.arms().get(a)));
          }
          ContextSession session = sessions.get(a);
          timed[a][r] = time(List.of(session), spec.steps(), () -> steps(session));
          if (depth == 0) {
            companies.set(a, company(spec.arms().get(a), 0));
          }
          Company company = companies.get(a);
          if (company.pass().isPresent()) {
            together[a][r] =
                time(
                    company.texts(),
                    company.texts().size() * spec.steps(),
                    () -> together(company));
          }
        }
      }
      for (int a = 0; a < timed.length; a++) {
        Arm arm = spec.arms().get(a);
        report(
            arm,
            Task.DECODE,
            depth,
            timed[a],
            Work.step(decoder, arm, depth, cache),
            1,
            sessions.get(a).cacheBytes());
        List<ContextSession> texts = companies.get(a).texts();
        if (!texts.isEmpty()) {
          report(
              arm,
              Task.TOGETHER,
              depth,
              together[a],
              Work.together(decoder, arm, depth, cache, texts.size()),
              texts.size(),
              cacheBytes(texts));
        }
      }
    }
  }

  /** Texts of an arm that share a pass; none where they cannot. */
  private record Company(List<ContextSession> texts, Optional<SharedPass> pass) {
    static final Company NONE = new Company(List.of(), Optional.empty());
  }

  private List<Company> companies(int depth) {
    List<Company> companies = new ArrayList<>();
    for (Arm arm : spec.arms()) {
      companies.add(company(arm, depth));
    }
    return companies;
  }

  private Company company(Arm arm, int depth) {
    if (spec.together() < 2) {
      return Company.NONE;
    }
    List<ContextSession> texts = new ArrayList<>();
    for (int i = 0; i < spec.together(); i++) {
      ContextSession text = start(arm);
      if (i > 0 && !SharedPass.canTake(texts, text)) {
        return Company.NONE;
      }
      texts.add(text);
    }
    for (ContextSession text : texts) {
      if (depth > 0 && !assumed(arm, text, depth)) {
        read(text, depth);
      }
    }
    return new Company(texts, Optional.of(new SharedPass(texts)));
  }

  private void together(Company company) {
    SharedPass pass = company.pass().orElseThrow();
    int[] ids = new int[company.texts().size()];
    for (int n = 0; n < spec.steps(); n++) {
      Arrays.fill(ids, text[company.texts().getFirst().position()]);
      pass.read(ids, cancellation);
    }
  }

  /** Reads up to a depth; what of it was read for a lesser depth is not timed again. */
  private void approach(int a, ContextSession session, int depth) {
    int from = session.position();
    Arm arm = spec.arms().get(a);
    if (assumed(arm, session, depth)) {
      return;
    }
    if (from == 0 && depth > 0) {
      Timed timed = time(List.of(session), depth, () -> read(session, depth));
      report(
          arm,
          Task.PREFILL,
          depth,
          new Timed[] {timed},
          Work.reading(decoder, arm, depth, spec.pass()),
          depth,
          session.cacheBytes());
    } else if (depth > from) {
      read(session, depth);
    }
  }

  /** Makes up what stands before a depth, where that is asked for and the arm allows it. */
  private boolean assumed(Arm arm, ContextSession session, int depth) {
    int from = session.position();
    if (depth < spec.assumeFrom()
        || depth <= from
        || !(session instanceof CachedSession cached)
        || !keepsAll(arm)) {
      return false;
    }
    int read = Math.clamp(depth - from, 0, WARM_UP_TOKENS);
    cached.assume(depth - from - read);
    step(session, read);
    return true;
  }

  private boolean keepsAll(Arm arm) {
    ContextPolicy policy = arm.policy(decoder.config().slidingWindow());
    return policy.retention() instanceof Retention.All
        && policy.retrieval() instanceof Retrieval.None;
  }

  private void report(
      Arm arm, Task task, int tokens, Timed[] timed, Work work, int units, long bytes) {
    double bound = units / work.seconds(limits);
    double[] speeds = Arrays.stream(timed).mapToDouble(Timed::tokensPerSecond).toArray();
    double garbage = Arrays.stream(timed).mapToDouble(Timed::garbageBytes).min().orElse(0);
    listener.accept(
        new Speed(arm, task, tokens, speeds, bound, work.boundBy(limits), bytes, garbage));
  }

  private ContextSession start(Arm arm) {
    return ArmSessions.start(decoder, arm, spec.pass(), Probe.NONE);
  }

  private ContextSession start(Reading reading, int tokens) {
    Arm arm = reading.arm();
    if (reading.task() != Task.PROBED) {
      return start(arm);
    }
    ModelConfig config = decoder.config();
    Probe probe =
        new DiagnosticsProbe(
            decoder.kernels(),
            CaptureOptions.PAPER,
            config.layers(),
            config.heads(),
            config.hiddenSize(),
            tokens,
            arm.policy().hasGlobalBranch(),
            arm.contextChunks(tokens));
    return ArmSessions.start(decoder, arm, spec.pass(), probe);
  }

  private void read(ContextSession session, int to) {
    int step = Math.max(spec.pass(), 1 << 12);
    for (int from = session.position(); from < to; from = session.position()) {
      progress.update("prefill", from, to);
      session.feed(text, from, Math.min(to, from + step), null, cancellation);
    }
    session.nextLogits(cancellation);
  }

  private void steps(ContextSession session) {
    step(session, spec.steps());
  }

  /** One by one, each with its logits. */
  private void step(ContextSession session, int count) {
    for (int n = 0; n < count; n++) {
      int at = session.position();
      session.feed(text, at, at + 1, null, cancellation);
      session.nextLogits(cancellation);
    }
  }

  private static Timed time(List<ContextSession> sessions, int tokens, Runnable work) {
    long cache = cacheBytes(sessions);
    long allocated = ALLOCATIONS.getTotalThreadAllocatedBytes();
    long start = System.nanoTime();
    work.run();
    double speed = tokens / seconds(start);
    allocated = ALLOCATIONS.getTotalThreadAllocatedBytes() - allocated;
    long garbage = Math.max(0, allocated - (cacheBytes(sessions) - cache));
    return new Timed(speed, (double) garbage / tokens);
  }

  private static long cacheBytes(List<ContextSession> sessions) {
    return sessions.stream().mapToLong(ContextSession::cacheBytes).sum();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
