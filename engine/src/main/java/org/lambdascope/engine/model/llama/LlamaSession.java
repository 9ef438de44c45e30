package org.lambdascope.engine.model.llama;

import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.attention.AttentionDriver;
import org.lambdascope.engine.attention.ContextPolicy;
import org.lambdascope.engine.attention.KeyValueRecord;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.kernels.ThreadTeam;
import org.lambdascope.engine.model.DecoderSession;
import org.lambdascope.engine.model.ModelConfig;
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
  private final Probe probe;
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

  private final AttentionDriver attention;
  private int position;
  private int count;
  private int answered; // rows of a pass that reached its end, whose logits can be had

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
    this.probe = probe;
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
    attention =
        new AttentionDriver(
            kernels, team, config.positions(), policy, config.attention(), maxChunk, probe);
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
    return position;
  }

  @Override
  public void forward(int[] tokens, int offset, int n, Cancellation cancellation) {
    if (n < 1 || n > maxChunk) {
      throw new IllegalArgumentException(
          "expected 1 to %d tokens in a forward pass, found %d".formatted(maxChunk, n));
    }
    answered = 0;
    count = n;
    embed(tokens, offset);
    attention.prepare(position, count);
    for (int l = 0; l < config.layers(); l++) {
      cancellation.check();
      LlamaLayer layer = weights.layers.get(l);

      normalise(layer.attentionNorm());
      layer.attentionInputs().apply(normed, count, attentionInputs, kernels, team);
      normaliseHeads(layer.queryNorm(), query, config.heads());
      normaliseHeads(layer.keyNorm(), key, config.keyValueHeads());
      attention.attend(l, query, key, value, attended);
      project(layer.output(), attended, normed);
      offer(Tap.ATTENTION_OUTPUT, l, normed);
      eachRow(addNormed);

      between.addTo(l, position, count, residual);

      normalise(layer.mlpNorm());
      layer.mlpInputs().apply(normed, count, mlpInputs, kernels, team);
      eachRow(activate);
      project(layer.down(), gate, normed);
      offer(Tap.MLP_OUTPUT, l, normed);
      eachRow(addNormed);

      offer(Tap.LAYER_OUTPUT, l, residual);
    }
    if (probe.wantsHidden(Tap.FINAL_NORM, config.layers())) {
      normalise(weights.finalNorm);
      offer(Tap.FINAL_NORM, config.layers(), normed);
    }
    position += count;
    answered = count;
  }

  @Override
  public void logits(int row, int rows, float[] out, int outOffset) {
    Projection head = weights.head;
    if (head == null) {
      throw new IllegalStateException("expected a decoder, found a stack without a head");
    }
    normaliseRows(row, rows, normed, 0);
    head.apply(normed, rows, out, outOffset, kernels, team);
  }

  /**
   * Hidden states of the last {@link #forward}, after the final norm.
   *
   * @param row first row, {@code 0 ≤ row < count}
   * @param rows how many, {@code 1 ≤ rows ≤ count − row}
   * @param out {@code [rows, hiddenSize]}, from {@code outOffset}; overwritten
   */
  public void hidden(int row, int rows, float[] out, int outOffset) {
    normaliseRows(row, rows, out, outOffset);
  }

  private void normaliseRows(int row, int rows, float[] out, int outOffset) {
    if (row < 0 || rows < 1 || rows > answered - row) {
      throw new IllegalArgumentException(
          "expected rows within [0, %d), found %d from %d on".formatted(answered, rows, row));
    }
    int d = config.hiddenSize();
    for (int r = 0; r < rows; r++) {
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
    attention.assume(position, tokens);
    position += tokens;
    answered = 0;
  }

  @Override
  public void restore(KeyValueRecord recorded, int to) {
    attention.restore(recorded, position, to, maxChunk);
    position = to;
    answered = 0;
  }

  @Override
  public long cacheBytes() {
    return attention.cacheBytes();
  }

  @Override
  public void reset() {
    // The cache's old rows need no clearing: no later query sees a row that it has not rewritten.
    position = 0;
    answered = 0;
  }

  private void embed(int[] tokens, int offset) {
    for (int t = 0; t < count; t++) {
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
    team.forRanges(count, StackSession.LEAST_ROWS, work);
  }

  /** Normalises every head {@code [headDim]} by itself, where the model has such a norm. */
  private void normaliseHeads(float @Nullable [] weight, float[] values, int heads) {
    if (weight != null) {
      int headDim = config.headDim();
      for (int h = 0; h < count * heads; h++) {
        kernels.rmsNorm(
            values, h * headDim, weight, config.norm().eps(), values, h * headDim, headDim);
      }
    }
  }

  private void project(Projection projection, float[] in, float[] out) {
    projection.apply(in, count, out, 0, kernels, team);
  }

  private void offer(Tap tap, int layer, float[] values) {
    if (probe.wantsHidden(tap, layer)) {
      probe.hidden(tap, layer, position, count, values, 0, config.hiddenSize());
    }
  }
}
