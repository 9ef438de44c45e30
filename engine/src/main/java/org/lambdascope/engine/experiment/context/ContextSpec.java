package org.lambdascope.engine.experiment.context;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.model.CrossAttentionForm;

/**
 * What is varied: every arm with every context under every control.
 *
 * @param arms the arms
 * @param contexts tokens of context, ascending
 * @param controls what stands before the targets
 * @param seed of the random orders of the controls
 * @param decodeSteps targets, at the end of each stretch, that are read one by one, at least 0
 * @param pass tokens per forward pass
 * @param cross how a decoder attends to an encoded context; null for the form that is predicted to
 *     be the faster one
 */
public record ContextSpec(
    List<Arm> arms,
    List<Integer> contexts,
    List<ContextControl> controls,
    long seed,
    int decodeSteps,
    int pass,
    @Nullable CrossAttentionForm cross) {

  public ContextSpec {
    arms = List.copyOf(arms);
    contexts = contexts.stream().sorted().distinct().toList();
    controls = List.copyOf(controls);
    if (contexts.isEmpty() || contexts.getFirst() < 0 || decodeSteps < 0 || pass < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 context, none negative, 0 or more steps and 1 token per pass; found contexts %s, %d steps, %d tokens"
              .formatted(contexts, decodeSteps, pass));
    }
  }
}
