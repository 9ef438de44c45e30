package org.lambdascope.engine.model;

import java.util.Arrays;
import org.lambdascope.engine.attention.AttentionDriver;
import org.lambdascope.engine.attention.AttentionShape;
import org.lambdascope.engine.attention.KeyValueRecord;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;

/**
 * Whose rows a pass reads: several of one text, or one each of several texts. Most of a pass treats
 * each row alone and need not know; caches, positions and probes are a text's own.
 */
public final class PassRows {

  private static final TextState[] NO_TEXTS = {};

  private final TextState own;
  private final int maxChunk;
  private TextState[] texts = NO_TEXTS; // of the rows of a pass over several texts
  private boolean together;
  private int count;
  private int answered; // rows of a pass that reached its end, whose logits can be had

  /**
   * An empty text.
   *
   * @param maxChunk the most rows of a pass
   */
  public PassRows(AttentionDriver attention, AttentionShape shape, int maxChunk, Probe probe) {
    this.own = new TextState(attention, shape, maxChunk, probe);
    this.maxChunk = maxChunk;
  }

  /**
   * Begins a pass over rows of this text.
   *
   * @throws IllegalArgumentException if they are none or more than a pass may have
   */
  public void begin(int rows) {
    requireRoom(rows, maxChunk);
    answered = 0;
    count = rows;
    together = false;
  }

  /**
   * Begins a pass over a row of this text and one of each other; {@link #join} says which.
   *
   * @throws IllegalArgumentException if they are more than a pass may have
   */
  public void beginTogether(int rows) {
    requireRoom(rows, mostTogether());
    answered = 0;
    count = rows;
    together = true;
    if (texts.length != rows) {
      texts = new TextState[rows];
    }
    texts[0] = own;
  }

  /** Says that a row of this pass is that text's. */
  public void join(int row, PassRows other) {
    texts[row] = other.own;
    other.answered = 0;
  }

  /** The most texts of one pass. */
  public int mostTogether() {
    return Math.min(maxChunk, Kernels.TOGETHER);
  }

  private static void requireRoom(int rows, int most) {
    if (rows < 1 || rows > most) {
      throw new IllegalArgumentException(
          "expected 1 to %d tokens in a forward pass, found %d".formatted(most, rows));
    }
  }

  /** Rows of the pass. */
  public int count() {
    return count;
  }

  /** Position of this text's next token. */
  public int position() {
    return own.position();
  }

  /** Makes room in the caches. */
  public void prepare() {
    if (together) {
      for (TextState text : texts) {
        text.prepare(1);
      }
    } else {
      own.prepare(count);
    }
  }

  /**
   * Attention of one layer; shapes as for {@link AttentionDriver#attend}.
   *
   * @param out overwritten
   */
  public void attend(int layer, float[] query, float[] key, float[] value, float[] out) {
    if (together) {
      for (int row = 0; row < count; row++) {
        texts[row].attendRow(layer, row, query, key, value, out);
      }
    } else {
      own.attend(layer, query, key, value, out);
    }
  }

  /** Whether a probe of one of the texts wants activations at this tap. */
  public boolean wantsHidden(Tap tap, int layer) {
    if (!together) {
      return own.wantsHidden(tap, layer);
    }
    for (TextState text : texts) {
      if (text.wantsHidden(tap, layer)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Shows probes an intermediate.
   *
   * @param values {@code [count, width]}
   */
  public void offer(Tap tap, int layer, float[] values, int width) {
    if (together) {
      for (int row = 0; row < count; row++) {
        texts[row].offer(tap, layer, row, 1, values, width);
      }
    } else {
      own.offer(tap, layer, 0, count, values, width);
    }
  }

  /** Ends a pass that has reached its end: only then has it read anything. */
  public void end() {
    if (together) {
      for (TextState text : texts) {
        text.advance(1);
      }
      Arrays.fill(texts, own); // the others may be forgotten before this text is
    } else {
      own.advance(count);
    }
    answered = count;
  }

  /**
   * Refuses rows that no pass has answered for.
   *
   * @throws IllegalArgumentException if they are not all of the last pass
   */
  public void requireAnswered(int row, int rows) {
    if (row < 0 || rows < 1 || rows > answered - row) {
      throw new IllegalArgumentException(
          "expected rows within [0, %d), found %d from %d on".formatted(answered, rows, row));
    }
  }

  /** See {@link DecoderSession#assume}. */
  public void assume(int tokens) {
    own.assume(tokens);
    answered = 0;
  }

  /** See {@link DecoderSession#restore}. */
  public void restore(KeyValueRecord recorded, int to) {
    own.restore(recorded, to);
    answered = 0;
  }

  /** Bytes that this text's cache holds now. */
  public long cacheBytes() {
    return own.cacheBytes();
  }

  /** Forgets this text. */
  public void reset() {
    own.reset();
    answered = 0;
  }
}
