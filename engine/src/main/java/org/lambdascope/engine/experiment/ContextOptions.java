package org.lambdascope.engine.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.model.CrossAttentionForm;
import org.lambdascope.engine.retrieval.ScoredPassage;

/**
 * How arms reach text beside the decoder's window.
 *
 * @param cross how a decoder attends to an encoded context; null for the form that is predicted to
 *     be the faster one in the memory that is free
 * @param passages take the place of the text before the window; empty for none. Their scores weigh
 *     them in {@code replug}, and count for nothing in {@code cepe}
 */
public record ContextOptions(@Nullable CrossAttentionForm cross, List<ScoredPassage> passages) {

  /** The text before the window, in the faster form. */
  public static final ContextOptions DEFAULT = new ContextOptions(null, List.of());

  public ContextOptions {
    passages = List.copyOf(passages);
  }
}
