package org.lambdascope.engine.experiment.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.model.ContextDecoder;
import org.lambdascope.engine.model.ContextDecoderSession;
import org.lambdascope.engine.model.CrossAttentionForm;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.model.EncodedContext;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;

/**
 * What a long context costs on random ids: {@code vanilla} with all of it in its window, against
 * {@code cepe} with all of it in the encoder and a window of the decoder beside it.
 */
public final class ContextCost {

  /** Ways to reach a context. */
  public enum Way {
    /** All of it through the key/value cache. */
    VANILLA(null),
    /** Through the encoder; Φ alone is kept. */
    CEPE_ABSORBED(CrossAttentionForm.ABSORBED),
    /** Through the encoder; keys and values of every layer are kept beside Φ. */
    CEPE_MATERIALISED(CrossAttentionForm.MATERIALISED);

    private final @Nullable CrossAttentionForm form;

    Way(@Nullable CrossAttentionForm form) {
      this.form = form;
    }

    /** The name for people, such as {@code cepe absorbed}. */
    public String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * What is measured.
   *
   * @param ways in the order of measuring
   * @param lengths tokens of context, ascending, at least 1
   * @param steps tokens that are decoded one by one at each length, at least 1
   * @param chunk tokens per chunk of the encoder
   * @param window positions of the decoder that stand beside an encoded context, steps among them
   * @param pass tokens per forward pass
   * @param assumeFrom from this length on, vanilla's cache is made up instead of read, and there is
   *     no time of reading
   */
  public record Spec(
      List<Way> ways,
      List<Integer> lengths,
      int steps,
      int chunk,
      int window,
      int pass,
      int assumeFrom) {
    public Spec {
      ways = List.copyOf(ways);
      lengths = lengths.stream().sorted().distinct().toList();
      if (lengths.isEmpty() || lengths.getFirst() < 1 || steps < 1 || window <= steps) {
        throw new IllegalArgumentException(
            "expected lengths of at least 1, 1 or more steps and a window of more than these; found %s, %d, %d"
                .formatted(lengths, steps, window));
      }
    }
  }

  /**
   * One way at one length.
   *
   * @param way how the context is reached
   * @param length tokens of context
   * @param readSeconds until the first token could be decoded, from nothing; NaN where the cache
   *     was made up
   * @param decodeTokensPerSecond of the steps
   * @param bytes of the key/value cache and the encoded context
   * @param heapBytes by which the heap has grown since the beginning, after a collection
   */
  public record Point(
      Way way,
      int length,
      double readSeconds,
      double decodeTokensPerSecond,
      long bytes,
      long heapBytes) {}

  /** Chunks that are encoded between two looks at the cancellation. */
  private static final int CHUNKS_PER_CALL = 64;

  private final Decoder decoder;
  private final Spec spec;
  private final Progress progress;
  private final Cancellation cancellation;
  private final Random random = new Random(1);

  private ContextCost(Decoder decoder, Spec spec, Progress progress, Cancellation cancellation) {
    this.decoder = decoder;
    this.spec = spec;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * Measures. A longer context goes on from the shorter one, whose seconds it counts too.
   *
   * @param listener takes every point when it is there
   * @return all points, fewer when cancelled
   * @throws IllegalArgumentException if a way needs an encoder and the model has none
   */
  public static List<Point> measure(
      Decoder decoder,
      Spec spec,
      Consumer<Point> listener,
      Progress progress,
      Cancellation cancellation) {
    ContextCost cost = new ContextCost(decoder, spec, progress, cancellation);
    List<Point> points = new ArrayList<>();
    Consumer<Point> both =
        point -> {
          points.add(point);
          listener.accept(point);
        };
    try {
      for (Way way : spec.ways()) {
        CrossAttentionForm form = way.form;
        if (form == null) {
          cost.vanilla(both);
        } else if (decoder instanceof ContextDecoder encoding) {
          cost.cepe(encoding, way, form, both);
        } else {
          throw new IllegalArgumentException(
              "%s: expected a model with an encoder, found a plain %s"
                  .formatted(way.title(), decoder.config().family()));
        }
      }
    } catch (CancellationException e) {
      // Asked for: what is there is the result.
    }
    return points;
  }

  private void vanilla(Consumer<Point> listener) {
    long before = usedHeap();
    DecoderSession session =
        decoder.newSession(
            ContextPolicies.vanilla(decoder.config().slidingWindow()), spec.pass(), Probe.NONE);
    double seconds = 0;
    for (int length : spec.lengths()) {
      if (length >= spec.assumeFrom()) {
        session.assume(Math.max(0, length - session.position()));
        seconds = Double.NaN;
      } else {
        long start = System.nanoTime();
        read(session, Way.VANILLA, length);
        seconds += seconds(start);
      }
      double rate = decode(session);
      listener.accept(
          new Point(Way.VANILLA, length, seconds, rate, session.cacheBytes(), usedHeap() - before));
    }
  }

  private void cepe(
      ContextDecoder encoding, Way way, CrossAttentionForm form, Consumer<Point> listener) {
    long before = usedHeap();
    ContextDecoderSession session =
        encoding.newSession(
            ContextPolicies.vanilla(decoder.config().slidingWindow()),
            spec.pass(),
            form,
            Probe.NONE);
    EncodedContext context = EncodedContext.EMPTY;
    double encodeSeconds = 0;
    for (int length : spec.lengths()) {
      long start = System.nanoTime();
      while (context.tokens() < length) {
        progress.update(way.title(), context.tokens(), length);
        List<int[]> chunks = new ArrayList<>();
        long missing = length - context.tokens();
        while (missing > 0 && chunks.size() < CHUNKS_PER_CALL) {
          int[] chunk = ids((int) Math.min(spec.chunk(), missing));
          chunks.add(chunk);
          missing -= chunk.length;
        }
        context = context.with(encoding.encoder().encode(chunks, cancellation));
      }
      session.reset();
      session.attendTo(context);
      encodeSeconds += seconds(start);
      start = System.nanoTime();
      read(session, way, spec.window() - spec.steps());
      double readSeconds = encodeSeconds + seconds(start);
      double rate = decode(session);
      listener.accept(
          new Point(
              way,
              length,
              readSeconds,
              rate,
              session.cacheBytes() + session.contextBytes(),
              usedHeap() - before));
    }
  }

  private void read(DecoderSession session, Way way, int to) {
    while (session.position() < to) {
      cancellation.check();
      progress.update(way.title(), session.position(), to);
      int count = Math.min(spec.pass(), to - session.position());
      int[] text = ids(count);
      session.forward(text, 0, count, cancellation);
    }
  }

  /** Tokens per second, one by one, each with its logits. */
  private double decode(DecoderSession session) {
    float[] logits = new float[decoder.config().vocabularySize()];
    int[] text = ids(spec.steps());
    long start = System.nanoTime();
    for (int step = 0; step < spec.steps(); step++) {
      session.forward(text, step, 1, cancellation);
      session.logits(0, 1, logits, 0);
    }
    return spec.steps() / seconds(start);
  }

  private int[] ids(int count) {
    return random.ints(count, 0, decoder.config().vocabularySize()).toArray();
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
