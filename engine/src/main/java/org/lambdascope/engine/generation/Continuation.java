package org.lambdascope.engine.generation;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.generation.GenerationResult.StopReason;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.tokenizer.StreamingDecoder;
import org.lambdascope.engine.tokenizer.Tokenizer;

/** One text being continued. */
final class Continuation {

  private static final float[] NO_LOGITS = {};

  private final Kernels kernels;
  private final ContextSession session;
  private final GenerationOptions options;
  private final GenerationListener listener;
  private final StreamingDecoder decoder;
  private final StopStrings stops;
  private final Set<Integer> eosIds;
  private final int vocabularySize;
  private final StringBuilder text = new StringBuilder();
  private final int promptLength;
  private int[] tokens;
  private float[] nll = new float[16];
  private int generated;
  private float[] logits = NO_LOGITS;
  private @Nullable Sampler sampler;
  private @Nullable StopReason stop;

  private double promptSeconds;
  private long firstChoice;
  private double generationSeconds;

  Continuation(
      Generator.Text text, Tokenizer tokenizer, GenerationOptions options, Kernels kernels) {
    this.kernels = kernels;
    this.session = text.session();
    this.options = options;
    this.listener = text.listener();
    decoder = tokenizer.newContinuationDecoder();
    stops = new StopStrings(options.stopStrings());
    eosIds = options.stopAtEos() ? tokenizer.eosIds() : Set.of();
    vocabularySize = tokenizer.vocabularySize();
    promptLength = text.prompt().length;
    tokens = text.prompt().clone();
  }

  ContextSession session() {
    return session;
  }

  /** Whether there is nothing more to choose. */
  boolean ended() {
    return stop != null;
  }

  /** Reads the prompt. */
  void begin(Cancellation cancellation) {
    long start = System.nanoTime();
    try {
      for (int from = session.position(); from < promptLength; ) {
        cancellation.check();
        int to = (int) Math.min((long) from + options.chunk(), promptLength);
        session.feed(tokens, from, to, null, cancellation);
        listener.promptRead(to, promptLength);
        from = to;
      }
      readLogits(cancellation);
    } finally {
      promptSeconds = (System.nanoTime() - start) * 1e-9;
    }
  }

  /** Chooses the next token. */
  void choose(Cancellation cancellation) {
    cancellation.check();
    Sampler choice = sampler();
    int id = choice.sample(logits);
    choice.accept(id);
    stop = take(id, (float) (kernels.logSumExp(logits, 0, logits.length) - logits[id]));
    generationSeconds = (System.nanoTime() - firstChoice) * 1e-9;
    if (ended()) {
      listener.ended();
    }
  }

  private Sampler sampler() {
    Sampler made = sampler;
    if (made == null) {
      firstChoice = System.nanoTime();
      made = new Sampler(logits.length, options.sampling(), kernels);
      for (int i = 0; i < promptLength; i++) {
        made.accept(tokens[i]);
      }
      sampler = made;
    }
    return made;
  }

  /** The token that was chosen last. */
  int lastId() {
    return tokens[promptLength + generated - 1];
  }

  /** Feeds the session the token that was chosen last. */
  void feed(Cancellation cancellation) {
    int position = promptLength + generated;
    session.feed(tokens, position - 1, position, null, cancellation);
  }

  /** Takes what the session makes of all that it was fed. */
  void readLogits(Cancellation cancellation) {
    logits = session.nextLogits(cancellation);
  }

  /** Adds a token; the reason to end, or null. */
  private @Nullable StopReason take(int id, float loss) {
    append(id, loss);
    boolean eos = eosIds.contains(id);
    String certain = eos ? "" : stops.push(textOf(id));
    boolean last = eos || generated == options.maxNewTokens();
    if (last && !stops.found()) {
      certain += stops.push(decoder.finish());
      certain += stops.finish();
    }
    text.append(certain);
    listener.token(id, certain, loss);
    if (eos) {
      return StopReason.EOS;
    }
    if (stops.found()) {
      return StopReason.STOP_STRING;
    }
    return last ? StopReason.LENGTH : null;
  }

  /** Models pad their vocabulary to round sizes: such ids have no text. */
  private String textOf(int id) {
    return id < vocabularySize ? decoder.push(id) : "";
  }

  private void append(int id, float loss) {
    int position = promptLength + generated;
    if (position == tokens.length) {
      tokens = Arrays.copyOf(tokens, grown(tokens.length));
    }
    if (generated == nll.length) {
      nll = Arrays.copyOf(nll, grown(nll.length));
    }
    tokens[position] = id;
    nll[generated++] = loss;
  }

  private static int grown(int length) {
    return Math.addExact(length, Math.max(16, length >> 1));
  }

  /** What there is; a text that has not ended was cancelled. */
  GenerationResult result() {
    StopReason reason = stop;
    if (reason == null) {
      reason = StopReason.CANCELLED;
      text.append(stops.push(decoder.finish())).append(stops.finish());
    }
    return new GenerationResult(
        Arrays.copyOfRange(tokens, promptLength, promptLength + generated),
        text.toString(),
        Arrays.copyOf(nll, generated),
        reason,
        promptSeconds,
        generationSeconds,
        session.cacheBytes());
  }
}
