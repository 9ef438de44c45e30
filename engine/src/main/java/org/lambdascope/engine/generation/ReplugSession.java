package org.lambdascope.engine.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.model.Decoder;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.retrieval.PassageRetriever;
import org.lambdascope.engine.retrieval.ScoredPassage;
import org.lambdascope.engine.task.Cancellation;

/**
 * The {@code replug} arm (arXiv 2301.12652 §3.2): one passage at a time stands in front of the
 * window, and the predictions are averaged: {@code p(y) = Σ_i softmax(s/τ)_i · p_i(y)}. The rows
 * that it offers are {@code ln p}.
 *
 * <p>Windows are those of {@link EncodedContextSession}; the decoder reads BOS, a passage, and the
 * window's tokens. The passages of a window that begins at {@code s} are retrieved from the chunks
 * before {@code s}, cut at multiples of {@code chunk}; the query is the last of these chunks, which
 * is a candidate itself only where there is no other. The first window has no passage and is the
 * base model. Passages that are given take the place of retrieval, in every window.
 */
public final class ReplugSession extends WindowedSession {

  private static final int CLOSED = -1;

  private final Decoder decoder;
  private final Shape shape;
  private final PassageRetriever retriever;
  private final List<ScoredPassage> given;
  private final int pass;
  private final int bos;
  private final int vocabulary;
  private final List<DecoderSession> sessions = new ArrayList<>();
  private final float[] one;
  private final double[] mixed;
  private final float[] logits;

  private double[] weights = {};
  private int start = CLOSED;
  private int next; // index of the first token that the open window has not read

  /**
   * How passages are used.
   *
   * @param passages the most passages, at least 1
   * @param temperature τ of the softmax over scores, above 0
   * @param chunk tokens per passage, at least 1
   * @param window tokens of the text per window, BOS counted, at least 2
   */
  public record Shape(int passages, double temperature, int chunk, int window) {
    public Shape {
      if (passages < 1 || !(temperature > 0) || chunk < 1 || window < 2) {
        throw new IllegalArgumentException(
            "expected passages ≥ 1, temperature > 0, chunk ≥ 1 and window ≥ 2, found passages=%d, temperature=%s, chunk=%d, window=%d"
                .formatted(passages, temperature, chunk, window));
      }
    }
  }

  /**
   * Starts a session.
   *
   * @param retriever finds passages in the text before the window
   * @param given passages that take the place of the retrieved ones; empty for none
   * @param pass tokens per forward pass
   */
  public ReplugSession(
      Decoder decoder,
      Shape shape,
      PassageRetriever retriever,
      List<ScoredPassage> given,
      int pass) {
    this.decoder = decoder;
    this.shape = shape;
    this.retriever = retriever;
    this.given = given.subList(0, Math.min(given.size(), shape.passages()));
    this.pass = Math.min(pass, shape.window() + shape.chunk());
    this.bos = decoder.config().bosId();
    this.vocabulary = decoder.config().vocabularySize();
    this.one = new float[vocabulary];
    this.mixed = new double[vocabulary];
    this.logits = new float[vocabulary];
  }

  @Override
  void scoreWindow(LogitsSink sink, Cancellation cancellation) {
    int window = (scored + 1) / shape.window() * shape.window();
    open(window, sink, cancellation);
    read(Math.min(length, window + shape.window() - 1), sink, cancellation);
  }

  @Override
  float[] readWindow(Cancellation cancellation) {
    open(generationStart(shape.window(), length), null, cancellation);
    read(length, null, cancellation);
    return logits;
  }

  /**
   * Where the window begins that generation goes on from.
   *
   * @param window tokens of the text per window, BOS counted
   * @param length tokens so far
   */
  public static int generationStart(int window, int length) {
    int step = window / 2;
    return length < window ? 0 : Math.ceilDiv(length + 1 - window, step) * step;
  }

  /** Reads the passages of a window, each in a session of its own. */
  private void open(int window, @Nullable LogitsSink sink, Cancellation cancellation) {
    if (window == start && next <= scored) {
      return;
    }
    start = CLOSED;
    List<ScoredPassage> passages = passages(window);
    boolean textHasBos = window == 0 && length > 0 && text[0] == bos;
    next = textHasBos && !passages.isEmpty() ? 1 : window;
    weights = weights(passages);
    while (sessions.size() < weights.length) {
      sessions.add(
          decoder.newSession(
              ContextPolicies.vanilla(decoder.config().slidingWindow()), pass, Probe.NONE));
    }
    boolean lead = bos >= 0 && (window > 0 || !passages.isEmpty());
    Arrays.fill(mixed, 0);
    int read = 0;
    for (int i = 0; i < weights.length; i++) {
      int[] passage = passages.isEmpty() ? new int[0] : passages.get(i).tokens();
      int[] prefix = new int[passage.length + (lead ? 1 : 0)];
      if (lead) {
        prefix[0] = bos;
      }
      System.arraycopy(passage, 0, prefix, prefix.length - passage.length, passage.length);
      sessions.get(i).reset();
      read = 0;
      for (int from = 0; from < prefix.length; from += pass) {
        read = Math.min(pass, prefix.length - from);
        sessions.get(i).forward(prefix, from, read, cancellation);
      }
      if (read > 0) {
        mix(i, read - 1);
      }
    }
    start = window;
    if (read > 0) {
      offer(next - 1, sink);
    }
  }

  private List<ScoredPassage> passages(int window) {
    if (!given.isEmpty() || window == 0) {
      return given;
    }
    List<int[]> chunks = new ArrayList<>();
    for (int from = 0; from < window; from += shape.chunk()) {
      chunks.add(Arrays.copyOfRange(text, from, Math.min(from + shape.chunk(), window)));
    }
    return retrieve(retriever, chunks, shape.passages());
  }

  /**
   * The passages for what follows a text.
   *
   * @param chunks of the text, at least 1; the last is the query
   * @param count the most passages
   * @return at least 1 passage, best first
   */
  public static List<ScoredPassage> retrieve(
      PassageRetriever retriever, List<int[]> chunks, int count) {
    List<int[]> candidates = chunks.size() == 1 ? chunks : chunks.subList(0, chunks.size() - 1);
    return retriever.retrieve(candidates, chunks.getLast(), count);
  }

  /** {@code softmax(s/τ)}; a single 1 where there is no passage. */
  private double[] weights(List<ScoredPassage> passages) {
    if (passages.isEmpty()) {
      return new double[] {1};
    }
    double best = passages.stream().mapToDouble(ScoredPassage::score).max().orElse(0);
    double[] shares =
        passages.stream()
            .mapToDouble(p -> Math.exp((p.score() - best) / shape.temperature()))
            .toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(s -> s / sum).toArray();
  }

  /** Reads the open window's tokens up to {@code end}, exclusive, in every session. */
  private void read(int end, @Nullable LogitsSink sink, Cancellation cancellation) {
    while (next < end) {
      cancellation.check();
      int window = start;
      int count = Math.min(pass, end - next);
      start = CLOSED; // a pass that is cancelled between sessions leaves them apart
      for (int i = 0; i < weights.length; i++) {
        sessions.get(i).forward(text, next, count, cancellation);
      }
      start = window;
      next += count;
      for (int row = sink == null ? count - 1 : 0; row < count; row++) {
        Arrays.fill(mixed, 0);
        for (int i = 0; i < weights.length; i++) {
          mix(i, row);
        }
        offer(next - count + row, sink);
      }
      bytes = Math.max(bytes, sessions.stream().mapToLong(DecoderSession::cacheBytes).sum());
    }
  }

  private void mix(int i, int row) {
    Kernels kernels = decoder.kernels();
    sessions.get(i).logits(row, 1, one, 0);
    double normaliser = kernels.logSumExp(one, 0, vocabulary);
    for (int y = 0; y < vocabulary; y++) {
      mixed[y] += weights[i] * Math.exp(one[y] - normaliser);
    }
  }

  private void offer(int row, @Nullable LogitsSink sink) {
    for (int y = 0; y < vocabulary; y++) {
      logits[y] = (float) Math.log(mixed[y]);
    }
    if (sink != null && row >= 0 && row == scored) {
      sink.accept(row, logits, 0);
      scored = row + 1;
    }
  }
}
