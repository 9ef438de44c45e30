package org.lambdascope.engine.generation;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.generation.GenerationResult.StopReason;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.tokenizer.StreamingDecoder;
import org.lambdascope.engine.tokenizer.Tokenizer;

/** The generation loop. */
public final class Generator {

  private Generator() {}

  /**
   * Continues a prompt. When cancelled it returns what it has, within one token.
   *
   * <p>Streamed text joins up to {@link GenerationResult#text()}; only when cancelled may the
   * result end with a little more, which was held back because it might have become a stop string
   * or lacked the rest of a character. The text of an EOS that ends the generation is not part of
   * it.
   *
   * @param session a session; tokens that it has already taken are not read again
   * @param tokenizer turns new ids into text
   * @param prompt at least 1 id; the session's tokens are its beginning
   * @throws IllegalArgumentException if the prompt is empty or shorter than what the session has
   *     taken, or the model's logits are broken
   */
  public static GenerationResult generate(
      ContextSession session,
      Tokenizer tokenizer,
      int[] prompt,
      GenerationOptions options,
      GenerationListener listener,
      Cancellation cancellation) {
    if (prompt.length == 0) {
      throw new IllegalArgumentException("prompt: expected at least 1 token, found none");
    }
    if (session.position() > prompt.length) {
      throw new IllegalArgumentException(
          "prompt: expected at least the %d tokens that the session has taken, found %d"
              .formatted(session.position(), prompt.length));
    }
    return new Loop(session, tokenizer, prompt, options, listener, cancellation).run();
  }

  /** One generation under way. */
  private static final class Loop {
    private final ContextSession session;
    private final GenerationOptions options;
    private final GenerationListener listener;
    private final Cancellation cancellation;
    private final StreamingDecoder decoder;
    private final StopStrings stops;
    private final Set<Integer> eosIds;
    private final int vocabularySize;
    private final StringBuilder text = new StringBuilder();
    private final int promptLength;
    private int[] tokens;
    private float[] nll = new float[16];
    private int generated;

    Loop(
        ContextSession session,
        Tokenizer tokenizer,
        int[] prompt,
        GenerationOptions options,
        GenerationListener listener,
        Cancellation cancellation) {
      this.session = session;
      this.options = options;
      this.listener = listener;
      this.cancellation = cancellation;
      decoder = tokenizer.newContinuationDecoder();
      stops = new StopStrings(options.stopStrings());
      eosIds = options.stopAtEos() ? tokenizer.eosIds() : Set.of();
      vocabularySize = tokenizer.vocabularySize();
      promptLength = prompt.length;
      tokens = prompt.clone();
    }

    GenerationResult run() {
      long start = System.nanoTime();
      long promptEnd = start;
      StopReason reason;
      try {
        readPrompt();
        float[] logits = session.nextLogits(cancellation);
        promptEnd = System.nanoTime();
        reason = generate(logits);
      } catch (CancellationException e) {
        // Asked for, and answered by the stop reason: what was generated is the result.
        reason = StopReason.CANCELLED;
        text.append(stops.push(decoder.finish())).append(stops.finish());
      }
      long end = System.nanoTime();
      if (promptEnd == start) {
        promptEnd = end;
      }
      return new GenerationResult(
          Arrays.copyOfRange(tokens, promptLength, promptLength + generated),
          text.toString(),
          Arrays.copyOf(nll, generated),
          reason,
          (promptEnd - start) * 1e-9,
          (end - promptEnd) * 1e-9,
          session.cacheBytes());
    }

    private void readPrompt() {
      for (int from = session.position(); from < promptLength; ) {
        cancellation.check();
        int to = (int) Math.min((long) from + options.chunk(), promptLength);
        session.feed(tokens, from, to, null, cancellation);
        listener.promptRead(to, promptLength);
        from = to;
      }
    }

    private StopReason generate(float[] firstLogits) {
      float[] logits = firstLogits;
      Sampler sampler = new Sampler(logits.length, options.sampling());
      for (int i = 0; i < promptLength; i++) {
        sampler.accept(tokens[i]);
      }
      while (true) {
        cancellation.check();
        int id = sampler.sample(logits);
        sampler.accept(id);
        float loss = negativeLogLikelihood(logits, id);
        StopReason reason = take(id, loss);
        if (reason != null) {
          return reason;
        }
        int position = promptLength + generated;
        session.feed(tokens, position - 1, position, null, cancellation);
        logits = session.nextLogits(cancellation);
      }
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
  }

  /** {@code logSumExp(logits) − logits[id]}, in nats, summed in double about the maximum. */
  static float negativeLogLikelihood(float[] logits, int id) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((double) logit - max);
    }
    return (float) (Math.log(sum) + max - logits[id]);
  }
}
