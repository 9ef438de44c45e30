package org.lambdascope.engine.generation;

import java.util.List;

/**
 * What to generate.
 *
 * @param maxNewTokens the most tokens, at least 1
 * @param sampling how each is chosen
 * @param stopStrings texts that end the generation
 * @param stopAtEos whether an EOS id ends it
 * @param chunk tokens per forward pass while the prompt is read
 */
public record GenerationOptions(
    int maxNewTokens,
    SamplingOptions sampling,
    List<String> stopStrings,
    boolean stopAtEos,
    int chunk) {

  public GenerationOptions {
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException(
          "max-new-tokens: expected at least 1, found " + maxNewTokens);
    }
    if (chunk < 1) {
      throw new IllegalArgumentException("chunk: expected at least 1, found " + chunk);
    }
    stopStrings = List.copyOf(stopStrings);
    if (stopStrings.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("stop: expected a text, found an empty one");
    }
  }
}
