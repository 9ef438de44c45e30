package org.lambdascope.engine.generation;

/** Hears of a generation as it goes, on the working thread. */
public interface GenerationListener {

  /** Hears nothing. */
  GenerationListener NONE = (id, text, nll) -> {};

  /** More of the prompt was read. */
  default void promptRead(int done, int total) {}

  /**
   * A token was chosen.
   *
   * @param id its id
   * @param text text that became certain with it, perhaps empty
   * @param nll its negative log-likelihood under the model, in nats, before any sampling filter
   */
  void token(int id, String text, float nll);

  /** The last token was chosen; not heard when cancelled. */
  default void ended() {}
}
