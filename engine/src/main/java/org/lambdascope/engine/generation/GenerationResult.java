package org.lambdascope.engine.generation;

/**
 * A generated text.
 *
 * @param ids the new ids, without the prompt; an EOS that ended it is last
 * @param text the new text, cut before a stop string
 * @param nll negative log-likelihood of each id under the model, in nats
 * @param stop why it ended
 * @param promptSeconds time to read the prompt
 * @param generationSeconds time after that
 * @param cacheBytes the most bytes that the key/value cache held
 */
public record GenerationResult(
    int[] ids,
    String text,
    float[] nll,
    StopReason stop,
    double promptSeconds,
    double generationSeconds,
    long cacheBytes) {

  /** Why a generation ended. */
  public enum StopReason {
    /** As many tokens as were asked for. */
    LENGTH,
    /** The model ended the text. */
    EOS,
    /** A stop string came up. */
    STOP_STRING,
    /** Cancelled; what was generated is kept. */
    CANCELLED
  }
}
