package org.lambdascope.engine.generation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.task.Cancellation;

/** A session that keeps the text, because it reads windows of it from their beginning. */
abstract sealed class WindowedSession implements ContextSession
    permits EncodedContextSession, ReplugSession, TruncatingSession {

  /** The text; only the first {@link #length} ids are there. */
  int[] text = new int[1024];

  /** Tokens taken. */
  int length;

  /** Rows that were offered, or need not be. */
  int scored;

  /** The most bytes that caches, and a context beside them, have held. */
  long bytes;

  @Override
  public final int position() {
    return length;
  }

  @Override
  public final void feed(
      int[] tokens, int from, int to, @Nullable LogitsSink sink, Cancellation cancellation) {
    if (from != length) {
      throw new IllegalArgumentException(
          "expected to continue at position %d, found %d".formatted(length, from));
    }
    if (to > text.length) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, to));
    }
    System.arraycopy(tokens, from, text, from, to - from);
    length = to;
    if (sink == null) {
      scored = length;
      return;
    }
    try {
      while (scored < length) {
        cancellation.check();
        scoreWindow(sink, cancellation);
      }
    } finally {
      length = scored; // fewer when cancelled
    }
  }

  /** Offers rows from {@link #scored} on, to the end of their window or of the text. */
  abstract void scoreWindow(LogitsSink sink, Cancellation cancellation);

  @Override
  public final float[] nextLogits(Cancellation cancellation) {
    if (length == 0) {
      throw new IllegalStateException("expected at least one token before its successor's logits");
    }
    return readWindow(cancellation);
  }

  /** Reads the window that generation goes on from, to the text's end, and returns its last row. */
  abstract float[] readWindow(Cancellation cancellation);

  @Override
  public final long cacheBytes() {
    return bytes;
  }
}
