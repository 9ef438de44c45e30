package org.lambdascope.engine.model.llama;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.AttentionDriver;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.KeyValueRecord;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.model.ModelConfig;
import org.lambdascope.engine.model.PassRows;
import org.lambdascope.engine.model.Projection;
import org.lambdascope.engine.model.StackSession;
import org.lambdascope.engine.probe.Probe;
import org.lambdascope.engine.probe.Tap;
import org.lambdascope.engine.task.Cancellation;

/** One text in a LLaMA decoder. Every intermediate is a named buffer {@code [maxChunk, …]}. */
public final class LlamaSession implements DecoderSession {

  private final ModelConfig config;
  private final LlamaWeights weights;
  private final Kernels kernels;
  private final ThreadTeam team;
  private final int maxChunk;
  private final Sublayer between;

  private final float[] residual;
  private final float[] normed;
  private final float[] query;
  private final float[] key;
  private final float[] value;
  private final float[] attended;
  private final float[] gate;
  private final float[] up;
  private final float[][] attentionInputs;
  private final float[][] mlpInputs;

  // Loops over rows, made once: one that is made where it is run would be garbage for every token.
  private final ThreadTeam.Range addNormed;
  private final ThreadTeam.Range normaliseRows;
  private final ThreadTeam.Range activate;
  private float[] norm = {}; // of normaliseRows

  private final PassRows rows;

  LlamaSession(
      ModelConfig config,
      LlamaWeights weights,
      Kernels kernels,
      ThreadTeam team,
      ContextPolicy policy,
      int maxChunk,
      Probe probe,
      Sublayer between) {
    this.config = config;
    this.weights = weights;
    this.kernels = kernels;
    this.team = team;
    this.maxChunk = maxChunk;
    this.between = between;
    residual = buffer(config.hiddenSize());
    normed = buffer(config.hiddenSize());
    query = buffer(config.queryWidth());
    key = buffer(config.keyValueWidth());
    value = buffer(config.keyValueWidth());
    attended = buffer(config.queryWidth());
    gate = buffer(config.intermediateSize());
    up = buffer(config.intermediateSize());
    attentionInputs = new float[][] {query, key, value};
    mlpInputs = new float[][] {gate, up};
    int d = config.hiddenSize();
    int f = config.intermediateSize();
    addNormed = (from, to) -> kernels.add(normed, from * d, residual, from * d, (to - from) * d);
    normaliseRows = this::normalise;
    activate = (from, to) -> kernels.swiGlu(gate, from * f, up, from * f, (to - from) * f);
    rows =
        new PassRows(
            new AttentionDriver(
                kernels, team, config.positions(), policy, config.attention(), maxChunk, probe),
            config.attention(),
            maxChunk,
            probe);
  }

  private float[] buffer(int width) {
    if (maxChunk < 1 || maxChunk > Integer.MAX_VALUE / width) {
      throw new IllegalArgumentException(
          "chunk: expected 1 to %d tokens per forward pass at a width of %d, found %d"
              .formatted(Integer.MAX_VALUE / width, width, maxChunk));
    }
    return new float[maxChunk * width];
  }

  @Override
  public int position() {
    return rows.position();
  }

  @Override
  public void forward(int[] tokens, int offset, int n, Cancellation cancellation) {
    rows.begin(n);
    pass(tokens, offset, cancellation);
  }

  @Override
  public int mostTogether() {
    return rows.mostTogether();
  }

  @Override
  public boolean canReadWith(DecoderSession other) {
    return other instanceof LlamaSession that
        && that != this
        && that.weights == weights
        && between == Sublayer.NONE
        && that.between == Sublayer.NONE;
  }

  @Override
  public void forwardTogether(DecoderSession[] others, int[] tokens, Cancellation cancellation) {
    rows.beginTogether(1 + others.length);
    for (int i = 0; i < others.length; i++) {
      rows.join(1 + i, ((LlamaSession) others[i]).rows);
    }
    pass(tokens, 0, cancellation);
  }

  private void pass(int[] tokens, int offset, Cancellation cancellation) {
    int count = rows.count();
    embed(tokens, offset);
    rows.prepare();
    for (int l = 0; l < config.layers(); l++) {
      cancellation.check();
      LlamaLayer layer = weights.layers.get(l);

      normalise(layer.attentionNorm());
      layer.attentionInputs().apply(normed, count, attentionInputs, kernels, team);
      normaliseHeads(layer.queryNorm(), query, config.heads());
      normaliseHeads(layer.keyNorm(), key, config.keyValueHeads());
      rows.attend(l, query, key, value, attended);
      project(layer.output(), attended, normed);
      offer(Tap.ATTENTION_OUTPUT, l, normed);
      eachRow(addNormed);

      between.addTo(l, rows.position(), count, residual);

      normalise(layer.mlpNorm());
      layer.mlpInputs().apply(normed, count, mlpInputs, kernels, team);
      eachRow(activate);
      project(layer.down(), gate, normed);
      offer(Tap.MLP_OUTPUT, l, normed);
      eachRow(addNormed);

      offer(Tap.LAYER_OUTPUT, l, residual);
    }
    if (rows.wantsHidden(Tap.FINAL_NORM, config.layers())) {
      normalise(weights.finalNorm);
      offer(Tap.FINAL_NORM, config.layers(), normed);
    }
    rows.end();
  }

  @Override
  public void logits(int row, int n, float[] out, int outOffset) {
    Projection head = weights.head;
    if (head == null) {
      throw new IllegalStateException("expected a decoder, found a stack without a head");
    }
    normaliseRows(row, n, normed, 0);
    head.apply(normed, n, out, outOffset, kernels, team);
  }

  /**
   * Hidden states of the last {@link #forward}, after the final norm.
   *
   * @param row first row, {@code 0 ≤ row < count}
   * @param n how many, {@code 1 ≤ n ≤ count − row}
   * @param out {@code [n, hiddenSize]}, from {@code outOffset}; overwritten
   */
  public void hidden(int row, int n, float[] out, int outOffset) {
    normaliseRows(row, n, out, outOffset);
  }

  private void normaliseRows(int row, int n, float[] out, int outOffset) {
    rows.requireAnswered(row, n);
    int d = config.hiddenSize();
    for (int r = 0; r < n; r++) {
      kernels.rmsNorm(
          residual,
          (row + r) * d,
          weights.finalNorm,
          config.norm().eps(),
          out,
          outOffset + r * d,
          d);
    }
  }

  @Override
  public void assume(int tokens) {
    rows.assume(tokens);
  }

  @Override
  public void restore(KeyValueRecord recorded, int to) {
    rows.restore(recorded, to);
  }

  @Override
  public long cacheBytes() {
    return rows.cacheBytes();
  }

  @Override
  public void reset() {
    rows.reset();
  }

  private void embed(int[] tokens, int offset) {
    for (int t = 0; t < rows.count(); t++) {
      int id = tokens[offset + t];
      if (id < 0 || id >= config.vocabularySize()) {
        throw new IllegalArgumentException(
            "token %d: expected an id in [0, %d), found %d"
                .formatted(offset + t, config.vocabularySize(), id));
      }
      weights.embedding.readRow(id, residual, t * config.hiddenSize());
    }
    offer(Tap.EMBEDDING, 0, residual);
  }

  private void normalise(float[] weight) {
    norm = weight;
    eachRow(normaliseRows);
  }

  private void normalise(int from, int to) {
    int d = config.hiddenSize();
    for (int t = from; t < to; t++) {
      kernels.rmsNorm(residual, t * d, norm, config.norm().eps(), normed, t * d, d);
    }
  }

  private void eachRow(ThreadTeam.Range work) {
    team.forRanges(rows.count(), StackSession.LEAST_ROWS, work);
  }

  /** Normalises every head {@code [headDim]} by itself, where the model has such a norm. */
  private void normaliseHeads(float @Nullable [] weight, float[] values, int heads) {
    if (weight != null) {
      int headDim = config.headDim();
      for (int h = 0; h < rows.count() * heads; h++) {
        kernels.rmsNorm(
            values, h * headDim, weight, config.norm().eps(), values, h * headDim, headDim);
      }
    }
  }

  private void project(Projection projection, float[] in, float[] out) {
    projection.apply(in, rows.count(), out, 0, kernels, team);
  }

  private void offer(Tap tap, int layer, float[] values) {
    rows.offer(tap, layer, values, config.hiddenSize());
  }
}
