package org.lambdascope.engine.model;

import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.KeyValueRecord;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.MatMul;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;
import org.lambdascope.engine.task.Cancellation;

/**
 * One text in a decoder that is an embedding, a stack of layers, a LayerNorm and an output head. A
 * family writes its layer; what surrounds it is here. Every intermediate is a named buffer {@code
 * [maxChunk, …]}.
 */
public abstract class StackSession implements DecoderSession {

  /** Rows from which work on single rows is worth handing to other threads. */
  public static final int LEAST_ROWS = 8;

  /** The model's shape. */
  protected final ModelConfig config;

  /** The arithmetic. */
  protected final Kernels kernels;

  /** The residual stream, {@code [maxChunk, hiddenSize]}. */
  protected final float[] residual;

  private final ThreadTeam team;
  private final MatMul embedding;
  private final LayerNorm finalNorm;
  private final Projection head;
  private final float[] normed;
  private final int maxChunk;
  private final PassRows rows;

  // Loops over rows, made once: one that is made where it is run would be garbage for every token.
  private final ThreadTeam.Range normaliseRows = this::normalise;
  private final ThreadTeam.Range addRows = this::add;
  private final ThreadTeam.Range activateRows = this::activate;
  private LayerNorm norm; // of normaliseRows
  private float[] target; // of all three
  private Activation activation = Activation.GELU;

  /**
   * An empty text.
   *
   * @param embedding {@code [vocabulary, hiddenSize]}
   * @param finalNorm what stands between the last layer and the head
   * @param head {@code [vocabulary, hiddenSize]}
   */
  protected StackSession(
      StackDecoder decoder,
      MatMul embedding,
      LayerNorm finalNorm,
      Projection head,
      ContextPolicy policy,
      int maxChunk,
      Probe probe) {
    this.config = decoder.config();
    this.kernels = decoder.kernels();
    this.team = decoder.team();
    this.embedding = embedding;
    this.finalNorm = finalNorm;
    this.head = head;
    this.maxChunk = maxChunk;
    residual = buffer(config.hiddenSize());
    normed = buffer(config.hiddenSize());
    norm = finalNorm;
    target = normed;
    rows = decoder.newRows(policy, maxChunk, probe);
  }

  /** Adds one layer's work on {@link #count()} rows to {@link #residual}. */
  protected abstract void layer(int l);

  /** A buffer {@code [maxChunk, width]}. */
  protected final float[] buffer(int width) {
    if (maxChunk < 1 || maxChunk > Integer.MAX_VALUE / width) {
      throw new IllegalArgumentException(
          "chunk: expected 1 to %d tokens per forward pass at a width of %d, found %d"
              .formatted(Integer.MAX_VALUE / width, width, maxChunk));
    }
    return new float[maxChunk * width];
  }

  /** Rows of this pass. */
  protected final int count() {
    return rows.count();
  }

  /** {@code out = attention(query, key, value)}, each row's within its text. */
  protected final void attend(int l, float[] query, float[] key, float[] value, float[] out) {
    rows.attend(l, query, key, value, out);
  }

  /** {@code out = norm(residual)}. */
  protected final void normalise(LayerNorm with, float[] out) {
    norm = with;
    target = out;
    team.forRanges(count(), LEAST_ROWS, normaliseRows);
  }

  private void normalise(int from, int to) {
    norm.apply(kernels, residual, from, to - from, target, from);
  }

  /** {@code out = projection(in)}. */
  protected final void project(Projection projection, float[] in, float[] out) {
    projection.apply(in, count(), out, 0, kernels, team);
  }

  /** {@code outs[i] = projections[i](in)}. */
  protected final void project(Projections projections, float[] in, float[][] outs) {
    projections.apply(in, count(), outs, kernels, team);
  }

  /** {@code residual += values}. */
  protected final void addToResidual(float[] values) {
    target = values;
    team.forRanges(count(), LEAST_ROWS, addRows);
  }

  private void add(int from, int to) {
    int d = config.hiddenSize();
    kernels.add(target, from * d, residual, from * d, (to - from) * d);
  }

  /** Applies the activation to {@code values [count, intermediateSize]}. */
  protected final void activate(Activation with, float[] values) {
    activation = with;
    target = values;
    team.forRanges(count(), LEAST_ROWS, activateRows);
  }

  private void activate(int from, int to) {
    int f = config.intermediateSize();
    activation.apply(kernels, target, from * f, (to - from) * f);
  }

  /** Shows a probe an intermediate {@code [count, hiddenSize]}. */
  protected final void offer(Tap tap, int l, float[] values) {
    rows.offer(tap, l, values, config.hiddenSize());
  }

  @Override
  public final int position() {
    return rows.position();
  }

  @Override
  public final void forward(int[] tokens, int offset, int n, Cancellation cancellation) {
    rows.begin(n);
    pass(tokens, offset, cancellation);
  }

  @Override
  public final int mostTogether() {
    return rows.mostTogether();
  }

  @Override
  public final boolean canReadWith(DecoderSession other) {
    return other instanceof StackSession that && that != this && that.embedding == embedding;
  }

  @Override
  public final void forwardTogether(
      DecoderSession[] others, int[] tokens, Cancellation cancellation) {
    rows.beginTogether(1 + others.length);
    for (int i = 0; i < others.length; i++) {
      rows.join(1 + i, ((StackSession) others[i]).rows);
    }
    pass(tokens, 0, cancellation);
  }

  private void pass(int[] tokens, int offset, Cancellation cancellation) {
    embed(tokens, offset);
    rows.prepare();
    for (int l = 0; l < config.layers(); l++) {
      cancellation.check();
      layer(l);
      offer(Tap.LAYER_OUTPUT, l, residual);
    }
    if (rows.wantsHidden(Tap.FINAL_NORM, config.layers())) {
      normalise(finalNorm, normed);
      offer(Tap.FINAL_NORM, config.layers(), normed);
    }
    rows.end();
  }

  private void embed(int[] tokens, int offset) {
    for (int t = 0; t < count(); t++) {
      int id = tokens[offset + t];
      if (id < 0 || id >= config.vocabularySize()) {
        throw new IllegalArgumentException(
            "token %d: expected an id in [0, %d), found %d"
                .formatted(offset + t, config.vocabularySize(), id));
      }
      embedding.readRow(id, residual, t * config.hiddenSize());
    }
    offer(Tap.EMBEDDING, 0, residual);
  }

  @Override
  public final void logits(int row, int n, float[] out, int outOffset) {
    rows.requireAnswered(row, n);
    finalNorm.apply(kernels, residual, row, n, normed, 0);
    head.apply(normed, n, out, outOffset, kernels, team);
  }

  @Override
  public final void assume(int tokens) {
    rows.assume(tokens);
  }

  @Override
  public final void restore(KeyValueRecord recorded, int to) {
    rows.restore(recorded, to);
  }

  @Override
  public final long cacheBytes() {
    return rows.cacheBytes();
  }

  @Override
  public final void reset() {
    rows.reset();
  }
}
