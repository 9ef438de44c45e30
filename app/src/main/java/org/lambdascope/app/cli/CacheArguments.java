package org.lambdascope.app.cli;

import org.lambdascope.engine.kernels.CacheType;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.LoadedDecoder;
import picocli.CommandLine.Option;

/** How the key/value cache stores its numbers. */
final class CacheArguments {

  @Option(
      names = "--cache",
      paramLabel = "TYPE",
      description = {
        "How keys and values are stored: f32 (default), f16 and bf16 (half the bytes)",
        "or q8 (bytes with a scale per 32 features: little more than a quarter)."
      })
  private CacheType type = CacheType.F32;

  CacheType type() {
    return type;
  }

  /** The model with its cache in this type; either is closed with the other. */
  LanguageModel applyTo(LanguageModel model) {
    return model.storing(type);
  }

  /** As above, of a model without its tokenizer. */
  LoadedDecoder applyTo(LoadedDecoder model) {
    return model.storing(type);
  }
}
