package org.lambdascope.engine.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.ContextPolicies;
import org.lambdascope.engine.model.ContextDecoder;
import org.lambdascope.engine.model.ContextDecoderSession;
import org.lambdascope.engine.model.CrossAttentionForm;
import org.lambdascope.engine.model.EncodedContext;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.task.Cancellation;

/**
 * The {@code cepe} arms (arXiv 2402.16617 §3): the decoder reads a window of the text from position
 * 0, and reaches what stands before the window through the encoder.
 *
 * <p><b>Scoring.</b> Windows {@code [s, s + window)} begin at multiples of {@code window}; token
 * {@code t} is predicted in the window that holds it. A window after the first starts with BOS, as
 * the models were trained, so its input is BOS and all its tokens but the last: {@code window}
 * positions, and every token of the text but the very first is scored exactly once. The BOS is
 * input only; it is never a target. A model without BOS reads plain windows, and predicts the first
 * token of a window at the end of the one before.
 *
 * <p><b>Context.</b> The first window has none. A later window's context is the text before it, cut
 * into chunks at multiples of {@code chunk} from the text's start, at most {@code context} tokens
 * of it: chunks that begin at {@code s − context} or later. The last chunk is shorter when {@code
 * s} is no multiple of {@code chunk}. Passages that are given take the place of all this: then
 * every window, also the first, has these and nothing else as its context.
 *
 * <p><b>Generation.</b> The window begins at the smallest multiple of {@code window / 2} that
 * leaves no more than {@code window} positions, BOS counted: so at least the last {@code window / 2
 * − 1} tokens are in the decoder, and a token is re-read once at most. Tokens that leave the window
 * go to the encoder.
 */
public final class EncodedContextSession extends WindowedSession {

  private static final int CLOSED = -1;

  private final ContextDecoder decoder;
  private final ContextDecoderSession session;
  private final WindowProbe probe;
  private final LogitRows rows;
  private final int bos;
  private final int chunk;
  private final int contextTokens;
  private final int window;
  private final int pass;
  private final @Nullable EncodedContext passages;
  private final int[] inputs;
  private final float[] logits;

  private int start = CLOSED; // of the open window
  private int probed;
  private int lastPass; // rows of the last forward pass

  /**
   * What the text is cut into.
   *
   * @param chunk tokens per chunk of the encoder, at least 1
   * @param context the most tokens that go to the encoder, at least {@code chunk}
   * @param window positions of the decoder, at least 2
   */
  public record Shape(int chunk, int context, int window) {
    public Shape {
      if (chunk < 1 || context < chunk || window < 2) {
        throw new IllegalArgumentException(
            "expected chunk ≥ 1, context ≥ chunk and window ≥ 2, found chunk=%d, context=%d, window=%d"
                .formatted(chunk, context, window));
      }
    }
  }

  /**
   * Starts a session.
   *
   * @param form how the decoder attends to the context
   * @param passages ids of passages that take the place of the text before the window; empty for
   *     none
   * @param pass tokens per forward pass
   */
  public EncodedContextSession(
      ContextDecoder decoder,
      Shape shape,
      CrossAttentionForm form,
      List<int[]> passages,
      int pass,
      Probe probe) {
    this.decoder = decoder;
    this.chunk = shape.chunk();
    this.contextTokens = shape.context();
    this.window = shape.window();
    this.pass = Math.min(pass, window);
    this.probe = new WindowProbe(probe);
    this.session =
        decoder.newSession(
            ContextPolicies.vanilla(decoder.config().slidingWindow()), this.pass, form, this.probe);
    this.rows = new LogitRows(session, decoder.config().vocabularySize());
    this.bos = decoder.config().bosId();
    this.passages =
        passages.isEmpty()
            ? null
            : new EncodedContext(decoder.encoder().encode(cut(passages, chunk), Cancellation.NONE));
    this.inputs = new int[window];
    this.logits = new float[decoder.config().vocabularySize()];
  }

  private static List<int[]> cut(List<int[]> passages, int chunk) {
    List<int[]> chunks = new ArrayList<>();
    for (int[] passage : passages) {
      cut(passage, 0, passage.length, chunk, chunks);
    }
    return chunks;
  }

  private static void cut(int[] tokens, int from, int to, int chunk, List<int[]> chunks) {
    for (int begin = from; begin < to; begin += chunk) {
      chunks.add(Arrays.copyOfRange(tokens, begin, Math.min(begin + chunk, to)));
    }
  }

  @Override
  void scoreWindow(LogitsSink sink, Cancellation cancellation) {
    open(scoringStart(scored), cancellation);
    read(Math.min(length, lastRow() + 1), sink, cancellation);
  }

  @Override
  float[] readWindow(Cancellation cancellation) {
    open(generationStart(window, length, bos >= 0), cancellation);
    read(length, null, cancellation);
    session.logits(lastPass - 1, 1, logits, 0);
    return logits;
  }

  /**
   * Reads one row's window, up to that row, as if all rows before had been read.
   *
   * @param tokens the text, at least up to the row
   * @param from where the window begins: {@link #windowStart} or {@link #generationStart}
   * @param row position in the text
   */
  public void readRow(int[] tokens, int from, int row, Cancellation cancellation) {
    feed(tokens, length, row + 1, null, cancellation);
    open(from, cancellation);
    read(row + 1, null, cancellation);
  }

  /**
   * Where the scoring window of a row begins: row {@code i} predicts token {@code i + 1}.
   *
   * @param window positions of the decoder
   * @param row the row's position in the text
   * @param bos whether the model has BOS
   */
  public static int windowStart(int window, int row, boolean bos) {
    return (bos ? row + 1 : row) / window * window;
  }

  private int scoringStart(int row) {
    return windowStart(window, row, bos >= 0);
  }

  /**
   * Where the window begins that generation goes on from.
   *
   * @param window positions of the decoder
   * @param length tokens so far
   * @param bos whether the model has BOS
   */
  public static int generationStart(int window, int length, boolean bos) {
    if (length <= window) {
      return 0;
    }
    int step = window / 2;
    return Math.ceilDiv(length + (bos ? 1 : 0) - window, step) * step;
  }

  /** Positions that BOS takes in the open window. */
  private int lead() {
    return start > 0 && bos >= 0 ? 1 : 0;
  }

  /** The last row that the open window scores. */
  private int lastRow() {
    return start + window - (bos >= 0 ? 2 : 1);
  }

  private void open(int from, Cancellation cancellation) {
    if (from == start) {
      return;
    }
    start = CLOSED;
    session.reset();
    int begin = Math.ceilDiv(Math.max(0, from - contextTokens), chunk) * chunk;
    if (passages != null) {
      session.attendTo(passages);
      probe.context(0);
    } else {
      List<int[]> chunks = new ArrayList<>();
      cut(text, begin, from, chunk, chunks);
      session.attendTo(new EncodedContext(decoder.encoder().encode(chunks, cancellation)));
      probe.context(begin / chunk);
    }
    start = from;
  }

  /**
   * Reads the open window up to row {@code end}, exclusive. The sink takes rows from {@code scored}
   * on.
   */
  private void read(int end, @Nullable LogitsSink sink, Cancellation cancellation) {
    int origin = start - lead(); // the row of the window's first position
    while (origin + session.position() < end) {
      cancellation.check();
      int offset = session.position();
      int count = Math.min(pass, end - origin - offset);
      for (int p = offset; p < offset + count; p++) {
        inputs[p] = p < lead() ? bos : text[origin + p];
      }
      probe.window(origin, probed);
      session.forward(inputs, offset, count, cancellation);
      int first = origin + offset;
      probed = Math.max(probed, first + count);
      bytes = Math.max(bytes, session.cacheBytes() + session.contextBytes());
      if (sink != null && scored < first + count) {
        rows.offer(scored - first, count, scored, sink);
        scored = first + count;
      }
      lastPass = count;
    }
  }
}
