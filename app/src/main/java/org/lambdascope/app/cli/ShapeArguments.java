package org.lambdascope.app.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lambdascope.engine.experiment.context.RandomCheckpoint.Shape;
import picocli.CommandLine.Option;

/** Random weights in a model's place. */
final class ShapeArguments {

  @Option(
      names = "--shape",
      paramLabel = "S",
      description = {
        "Random weights of a shape instead of a MODEL: llama-110m (12 layers of 768,",
        "32,000 ids; its encoder has 4 layers of 512), llama-1.1b (22 layers of 2,048,",
        "4 key/value heads, no encoder) or tiny."
      })
  private @Nullable String named;

  /**
   * The shape, if one was asked for.
   *
   * @throws CliException if there is none of that name, or a model is named as well
   */
  Optional<Shape> shape(ModelArguments model) {
    if (named == null) {
      return Optional.empty();
    }
    Map<String, Shape> known = Shape.named();
    Shape shape = known.get(named);
    if (shape == null) {
      throw CliException.usage(
          "--shape: expected one of %s, found '%s'".formatted(known.keySet(), named));
    }
    if (model.named()) {
      throw CliException.usage("expected a MODEL or --shape, found both");
    }
    return Optional.of(shape);
  }
}
