package org.lambdascope.engine.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.lambdascope.engine.kernels.Kernels;
import org.lambdascope.engine.task.Cancellation;
import org.lambdascope.engine.tokenizer.Tokenizer;

/** The generation loop. */
public final class Generator {

  private Generator() {}

  /**
   * A text to continue.
   *
   * @param session a session; tokens that it has already taken are not read again
   * @param prompt at least 1 id; the session's tokens are its beginning
   */
  public record Text(ContextSession session, int[] prompt, GenerationListener listener) {

    public Text {
      if (prompt.length == 0) {
        throw new IllegalArgumentException("prompt: expected at least 1 token, found none");
      }
      if (session.position() > prompt.length) {
        throw new IllegalArgumentException(
            "prompt: expected at least the %d tokens that the session has taken, found %d"
                .formatted(session.position(), prompt.length));
      }
    }
  }

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
   * @param kernels the arithmetic of choosing
   * @throws IllegalArgumentException if the prompt is empty or shorter than what the session has
   *     taken, or the model's logits are broken
   */
  public static GenerationResult generate(
      ContextSession session,
      Tokenizer tokenizer,
      int[] prompt,
      GenerationOptions options,
      GenerationListener listener,
      Kernels kernels,
      Cancellation cancellation) {
    List<Text> texts = List.of(new Text(session, prompt, listener));
    return generate(texts, tokenizer, options, kernels, cancellation).getFirst();
  }

  /**
   * Continues texts side by side, a token each in turn: the prompts are read one after the other,
   * then texts whose sessions can share a pass do. Each comes out as if it were continued alone.
   *
   * @return of each, in the same order; when cancelled, what each has
   * @throws IllegalArgumentException if the model's logits are broken
   */
  public static List<GenerationResult> generate(
      List<Text> texts,
      Tokenizer tokenizer,
      GenerationOptions options,
      Kernels kernels,
      Cancellation cancellation) {
    List<Continuation> all = new ArrayList<>();
    for (Text text : texts) {
      all.add(new Continuation(text, tokenizer, options, kernels));
    }
    try {
      for (Continuation text : all) {
        text.begin(cancellation);
      }
      List<Continuation> going = new ArrayList<>(all);
      Together together = new Together(going);
      while (!going.isEmpty()) {
        for (Continuation text : going) {
          text.choose(cancellation);
        }
        if (going.removeIf(Continuation::ended)) {
          together = new Together(going);
        }
        together.feed(cancellation);
      }
    } catch (CancellationException e) {
      // Asked for, and answered by the stop reason: what was generated is the result.
    }
    return all.stream().map(Continuation::result).toList();
  }
}
