package org.lambdascope.engine.experiment.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ArmSessions;
import org.lambdascope.engine.experiment.ContextOptions;
import org.lambdascope.engine.experiment.context.Targets.Place;
import org.lambdascope.engine.generation.ContextSession;
import org.lambdascope.engine.generation.ReplugSession;
import org.lambdascope.engine.model.ContextDecoder;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.retrieval.Bm25Retriever;
import org.lambdascope.engine.retrieval.ScoredPassage;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.task.Progress;

/**
 * Scores the same targets under every arm while only what stands before them changes.
 *
 * <p>An arm reads BOS, the local tokens and the targets; what it does with the context is its own
 * business. {@code cepe} gives it to the encoder, {@code replug} takes its passages from it, and
 * every other arm reads it right after BOS. Without BOS the token before the local ones stands in
 * its place.
 */
public final class ContextExperiment {

  /** Tokens per chunk where no arm has chunks, which then only the controls see. */
  private static final int CHUNK = 256;

  private final Decoder decoder;
  private final Targets targets;
  private final ContextSpec spec;
  private final Cancellation cancellation;

  /** Tokens per chunk of arms without chunks of their own: the controls treat all arms alike. */
  private final int plainChunk;

  /** What encoding took in this place, by what was encoded. */
  private final Map<Encoding, Double> encodingSeconds = new HashMap<>();

  private record Encoding(int chunk, int context, ContextControl control) {}

  private ContextExperiment(
      Decoder decoder, Targets targets, ContextSpec spec, Cancellation cancellation) {
    this.decoder = decoder;
    this.targets = targets;
    this.spec = spec;
    this.cancellation = cancellation;
    this.plainChunk =
        spec.arms().stream()
            .filter(ContextExperiment::separate)
            .map(a -> a.get("chunk"))
            .findFirst()
            .orElse(CHUNK);
  }

  /**
   * Runs it, stretch by stretch, so that what is there when it is cancelled can be compared.
   *
   * @param listener takes every measurement when it is there, on the calling thread
   * @return all measurements, fewer when cancelled
   * @throws IllegalArgumentException if an arm cannot be run, or the targets do not fit its window
   */
  public static List<ContextMeasurement> run(
      Decoder decoder,
      Targets targets,
      ContextSpec spec,
      Consumer<ContextMeasurement> listener,
      Progress progress,
      Cancellation cancellation) {
    check(targets, spec);
    ContextExperiment experiment = new ContextExperiment(decoder, targets, spec, cancellation);
    List<ContextMeasurement> all = new ArrayList<>();
    long perPlace = cost(targets, spec);
    long total = perPlace * targets.places().size();
    long done = 0;
    try {
      for (Place place : targets.places()) {
        experiment.measure(
            place,
            measured -> {
              all.add(measured);
              listener.accept(measured);
            },
            progress,
            done,
            total);
        done += perPlace;
      }
    } catch (CancellationException e) {
      // Asked for: what is there is the result.
    }
    return all;
  }

  /**
   * Runs it at one place: every arm with every context under every control.
   *
   * @return the measurements of that place, by arm, context and control
   * @throws IllegalArgumentException as {@link #check}
   * @throws CancellationException when cancelled
   */
  public static List<ContextMeasurement> measure(
      Decoder decoder,
      Targets targets,
      ContextSpec spec,
      Place place,
      Progress progress,
      Cancellation cancellation) {
    check(targets, spec);
    List<ContextMeasurement> all = new ArrayList<>();
    new ContextExperiment(decoder, targets, spec, cancellation)
        .measure(place, all::add, progress, 0, cost(targets, spec));
    return all;
  }

  /** Tokens that are read at one place. */
  public static long cost(Targets targets, ContextSpec spec) {
    long beside = targets.local() + (long) targets.length();
    return spec.contexts().stream().mapToLong(c -> c + beside).sum()
        * spec.controls().size()
        * spec.arms().size();
  }

  /**
   * Checks that targets and arms fit.
   *
   * @throws IllegalArgumentException if the targets do not fit an arm's window, or a context or a
   *     control is not to be had
   */
  public static void check(Targets targets, ContextSpec spec) {
    if (spec.contexts().getLast() > targets.longest()) {
      throw new IllegalArgumentException(
          "context: expected at most %d tokens, which every place has before it, found %d"
              .formatted(targets.longest(), spec.contexts().getLast()));
    }
    if (spec.decodeSteps() >= targets.length()) {
      throw new IllegalArgumentException(
          "expected fewer decoded tokens than targets = %d, found %d"
              .formatted(targets.length(), spec.decodeSteps()));
    }
    if (spec.controls().contains(ContextControl.OTHER_DOCUMENT) && targets.used().size() < 2) {
      throw new IllegalArgumentException(
          "other-document: expected at least 2 documents that are long enough, found 1");
    }
    for (Arm arm : spec.arms()) {
      int window = separate(arm) ? arm.get("window") : Integer.MAX_VALUE;
      if (targets.local() + targets.length() >= window) {
        throw new IllegalArgumentException(
            "%s: expected fewer local tokens and targets together than window = %d, found %d"
                .formatted(arm, window, targets.local() + targets.length()));
      }
    }
  }

  private void measure(
      Place place,
      Consumer<ContextMeasurement> listener,
      Progress progress,
      long before,
      long total) {
    encodingSeconds.clear();
    long beside = targets.local() + (long) targets.length();
    long done = before;
    for (Arm arm : spec.arms()) {
      for (int context : spec.contexts()) {
        for (ContextControl control : spec.controls()) {
          progress.update(arm.toString(), done, total);
          listener.accept(measure(place, arm, context, control));
          done += context + beside;
        }
      }
    }
  }

  /** Whether the arm keeps the context apart from the text that its decoder reads. */
  private static boolean separate(Arm arm) {
    return arm.kind().needsEncoder() || arm.kind() == ArmKind.REPLUG;
  }

  private ContextMeasurement measure(Place place, Arm arm, int context, ContextControl control) {
    int most = arm.kind().needsEncoder() ? arm.get("context") : Integer.MAX_VALUE;
    int chunk = separate(arm) ? arm.get("chunk") : plainChunk;
    int given = Math.min(context, most);
    List<int[]> chunks = ContextChunks.of(targets, place, given, chunk, control, spec.seed());
    double encoding = arm.kind().needsEncoder() ? encode(chunks, chunk, given, control) : 0;
    int[] text = text(place, separate(arm) ? List.of() : chunks);
    int first = text.length - targets.length() - 1; // the row that predicts the first target

    long start = System.nanoTime();
    ContextOptions options = new ContextOptions(spec.cross(), passages(arm, chunks));
    ContextSession session =
        ArmSessions.start(decoder, arm, Math.min(spec.pass(), text.length), Probe.NONE, options);
    Score score = new Score(text);
    if (first > 0) {
      session.feed(text, 0, first, null, cancellation);
    }
    session.feed(text, first, first + 1, score, cancellation);
    double readSeconds = encoding + seconds(start);
    int single = text.length - 1 - spec.decodeSteps();
    if (single > first + 1) {
      session.feed(text, first + 1, single, score, cancellation);
    }
    start = System.nanoTime();
    for (int row = single; row < text.length - 1; row++) {
      session.feed(text, row, row + 1, score, cancellation);
    }
    return new ContextMeasurement(
        arm,
        context,
        control,
        place.document(),
        place.start(),
        score.sum / targets.length(),
        readSeconds,
        spec.decodeSteps(),
        spec.decodeSteps() == 0 ? 0 : seconds(start),
        session.cacheBytes());
  }

  /**
   * Encodes the context, so that sessions find it in memory, and says how long that takes from
   * nothing: the chunks of the next shorter true context, which are encoded already, took what they
   * took then.
   */
  private double encode(List<int[]> chunks, int chunk, int context, ContextControl control) {
    Encoding wanted = new Encoding(chunk, context, control);
    Double known = encodingSeconds.get(wanted);
    if (known != null || !(decoder instanceof ContextDecoder encoding)) {
      return known == null ? 0 : known;
    }
    double before =
        control != ContextControl.TRUE
            ? 0
            : spec.contexts().stream()
                .filter(c -> c < context)
                .map(c -> encodingSeconds.getOrDefault(new Encoding(chunk, c, control), 0.0))
                .reduce(0.0, (a, b) -> b);
    long start = System.nanoTime();
    encoding.encoder().encode(chunks, cancellation);
    double all = before + seconds(start);
    encodingSeconds.put(wanted, all);
    return all;
  }

  private static List<ScoredPassage> passages(Arm arm, List<int[]> chunks) {
    if (!separate(arm) || chunks.isEmpty()) {
      return List.of();
    }
    return arm.kind() == ArmKind.REPLUG
        ? ReplugSession.retrieve(new Bm25Retriever(), chunks, arm.get("passages"))
        : chunks.stream().map(c -> new ScoredPassage(c, 0)).toList();
  }

  /** BOS, the context where the arm reads it in one go, the local tokens and the targets. */
  private int[] text(Place place, List<int[]> before) {
    int[] document = targets.documents().get(place.document());
    int bos = decoder.config().bosId();
    int from = place.start() - targets.local();
    int[] context = ContextChunks.joined(before);
    int[] beside = Arrays.copyOfRange(document, from, place.start() + targets.length());
    int[] text = new int[1 + context.length + beside.length];
    text[0] = bos >= 0 ? bos : document[from - 1];
    System.arraycopy(context, 0, text, 1, context.length);
    System.arraycopy(beside, 0, text, 1 + context.length, beside.length);
    return text;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  /** Sums the negative log-likelihood of what follows each row. */
  private final class Score implements ContextSession.LogitsSink {
    private final int[] text;
    private double sum;

    Score(int[] text) {
      this.text = text;
    }

    @Override
    public void accept(int position, float[] logits, int offset) {
      int vocabulary = decoder.config().vocabularySize();
      sum +=
          decoder.kernels().logSumExp(logits, offset, vocabulary)
              - logits[offset + text[position + 1]];
    }
  }
}
