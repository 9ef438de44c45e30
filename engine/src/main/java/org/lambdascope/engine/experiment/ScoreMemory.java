package org.lambdascope.engine.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.Edge;
import org.lambdascope.engine.attention.KeyValueRecord;
import org.lambdascope.engine.attention.Retrieval;
import org.lambdascope.engine.generation.CachedSession;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.probe.DiagnosticsProbe;
import org.lambdascope.engine.probe.Probe;

/**
 * What a scoring run leaves for the next one of the same text under other settings: the keys and
 * values, scores and diagnostics of its first positions. The next run begins where it may differ,
 * and its results are those of a run from the start, to the last bit: it goes on only after
 * positions that both settings read alike, and where a pass of either would begin.
 *
 * <p>Beside keys and values, which grow with the text, it holds the diagnostics after some of the
 * passes: of the first 16 after each, then of 8 passes in every doubling. Both end where the bytes
 * that it may take do. One run uses it at a time; it has nothing for arms that read windows of the
 * text anew, or that retrieve by earlier queries.
 */
public final class ScoreMemory {

  /** Passes from the start after each of which the diagnostics are kept. */
  private static final int DENSE_PASSES = 16;

  /** After how many passes they are kept in each doubling beyond those. */
  private static final int PASSES_PER_DOUBLING = 8;

  private final long mostBytes;
  private @Nullable Origin origin;
  private @Nullable KeyValueRecord record;
  private final List<Point> points = new ArrayList<>();
  private float[] nll = {};
  private @Nullable DiagnosticsProbe latest;
  private long stateBytes;

  /** What must be the same for anything to be taken over, and the policy that was read under. */
  private record Origin(Decoder decoder, ContextPolicy policy, int[] tokens, ScoreOptions options) {

    boolean sameTask(Origin other) {
      return decoder.equals(other.decoder) // also made anew for the same cache type
          && options.equals(other.options)
          && Arrays.equals(tokens, other.tokens);
    }
  }

  /** Where a run may go on: how much was read, in what time, and what was collected until then. */
  private record Point(
      int position, double seconds, DiagnosticsProbe.State collected, long bytes) {}

  /**
   * Nothing yet.
   *
   * @param mostBytes the most that it may hold
   */
  public ScoreMemory(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Bytes that it holds. */
  public long bytes() {
    return stateBytes + (record == null ? 0 : record.bytes());
  }

  /** Forgets everything. */
  public void clear() {
    origin = null;
    record = null;
    latest = null;
    nll = new float[0];
    forgetFrom(0);
  }

  /**
   * How many positions of a text the next run would take over, if it were of these settings.
   *
   * @param tokens the text
   */
  public int reusable(Decoder decoder, Arm arm, int[] tokens, ScoreOptions options) {
    Point point = pointFor(originOf(decoder, arm, tokens, options));
    return point == null ? 0 : point.position();
  }

  private static Origin originOf(Decoder decoder, Arm arm, int[] tokens, ScoreOptions options) {
    return new Origin(decoder, arm.policy(decoder.config().slidingWindow()), tokens, options);
  }

  /** The last point up to which a run reads alike. */
  private @Nullable Point pointFor(Origin next) {
    Origin before = origin;
    if (before == null || !before.sameTask(next) || points.isEmpty()) {
      return null;
    }
    int most = points.getLast().position();
    int alike =
        before.policy().readAlikeUntil(next.policy(), chunk(next.options(), next.tokens()), most);
    int end = alike == Edge.UNBOUNDED ? most : alike;
    Point found = null;
    for (Point point : points) {
      if (point.position() <= end) {
        found = point;
      }
    }
    return found;
  }

  private static int chunk(ScoreOptions options, int[] tokens) {
    return Math.min(options.chunk(), tokens.length);
  }

  private static boolean canServe(Arm arm, ContextPolicy policy) {
    return !arm.kind().readsWindows() && !(policy.retrieval() instanceof Retrieval.TopBlocks);
  }

  /** Begins a run: keeps what it can take over, forgets the rest, and makes room. */
  Run begin(
      Decoder decoder, Arm arm, int[] tokens, ScoreOptions options, DiagnosticsProbe diagnostics) {
    Origin next = originOf(decoder, arm, tokens, options);
    if (!canServe(arm, next.policy())) {
      clear();
      return new Run(this, null, diagnostics);
    }
    Point point = pointFor(next);
    if (point == null) {
      boolean sameTask = origin != null && origin.sameTask(next);
      forgetFrom(0);
      if (!sameTask) {
        record = roomFor(decoder.config(), tokens.length, chunk(options, tokens));
      }
    } else {
      forgetFrom(point.position() + 1);
    }
    origin = next;
    return new Run(this, point, diagnostics);
  }

  private void forgetFrom(int position) {
    points.removeIf(point -> point.position() >= position);
    stateBytes = points.stream().mapToLong(Point::bytes).sum();
  }

  private @Nullable KeyValueRecord roomFor(ModelConfig config, int tokens, int chunk) {
    // Half for keys and values, half for diagnostics.
    long positions =
        mostBytes
            / 2
            / KeyValueRecord.bytesPerPosition(config.layers(), config.keyValueWidth())
            / chunk
            * chunk;
    int most = (int) Math.min(positions, (tokens - 1) / chunk * (long) chunk);
    return most == 0 ? null : new KeyValueRecord(config.layers(), config.keyValueWidth(), most);
  }

  /** The part of this memory in one run. */
  static final class Run {

    private final ScoreMemory memory;
    private final @Nullable Point point;
    private final DiagnosticsProbe diagnostics;
    private final @Nullable DiagnosticsProbe before;

    private Run(ScoreMemory memory, @Nullable Point point, DiagnosticsProbe diagnostics) {
      this.memory = memory;
      this.point = point;
      this.diagnostics = diagnostics;
      this.before = memory.latest;
    }

    /** Positions that are taken over. */
    int reused() {
      return point == null ? 0 : point.position();
    }

    /**
     * Seconds that reading takes from the start of the text. Those of positions that are taken over
     * are reckoned from the others, which the same arm has read; but from few they would say
     * nothing, and what they took in the runs that read them counts.
     *
     * @param position how far the run has read
     * @param own seconds that it took itself
     */
    double seconds(int position, double own) {
      if (point == null) {
        return own;
      }
      int read = position - reused();
      return read >= reused() ? own * position / read : own + point.seconds();
    }

    /** A probe that also listens to what is to be remembered. */
    Probe listening(Probe probe) {
      KeyValueRecord record = memory.record;
      return record == null ? probe : new RecordingProbe(probe, record);
    }

    /**
     * Brings a session, the scores and the diagnostics to where the run begins.
     *
     * @param nll {@code [N−1]}; entries of positions that are taken over are written
     */
    void restore(ContextSession session, float[] nll) {
      KeyValueRecord record = memory.record;
      if (point != null && record != null && session instanceof CachedSession cached) {
        cached.restore(record, point.position());
        System.arraycopy(memory.nll, 0, nll, 0, point.position());
        if (before != null) {
          diagnostics.restore(point.collected(), before);
        }
      }
      memory.nll = nll;
      memory.latest = diagnostics;
    }

    /**
     * The run has read up to {@code position}, where a pass ended.
     *
     * @param seconds that reading took from the start of the text
     */
    void reached(int position, int chunk, double seconds) {
      KeyValueRecord record = memory.record;
      if (record == null || position > record.positions() || !isKept(position / chunk)) {
        return;
      }
      long bytes = diagnostics.savedBytes(position);
      if (memory.bytes() + bytes <= memory.mostBytes) {
        memory.points.add(new Point(position, seconds, diagnostics.save(position), bytes));
        memory.stateBytes += bytes;
      }
    }

    private static boolean isKept(int passes) {
      return passes <= DENSE_PASSES
          || passes % (Integer.highestOneBit(passes) / PASSES_PER_DOUBLING) == 0;
    }
  }
}
