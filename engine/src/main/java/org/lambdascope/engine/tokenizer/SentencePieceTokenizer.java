package org.lambdascope.engine.tokenizer;

import ai.djl.engine.EngineException;
import ai.djl.sentencepiece.SpProcessor;
import ai.djl.sentencepiece.SpTokenizer;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.OptionalInt;
import java.util.Set;
import org.lambdascope.engine.format.ModelFormatException;

/**
 * A SentencePiece model, from {@code tokenizer.model} or from the vocabulary that a GGUF file
 * carries. The SentencePiece library encodes, so control tokens that are written out in a text are
 * plain text, as they are to the library; user-defined pieces are recognised.
 */
final class SentencePieceTokenizer extends LibraryTokenizer {

  private final SpProcessor processor;

  private SentencePieceTokenizer(
      SpProcessor processor, TokenTable table, SpecialIds special, String description) {
    super(table, special, description);
    this.processor = processor;
  }

  /**
   * Loads a serialised model.
   *
   * @param bytes the model
   * @param model the same, parsed
   * @param where what to call it in messages
   * @param source where it comes from, for the description
   */
  static SentencePieceTokenizer load(
      byte[] bytes, SentencePieceModel model, SpecialIds special, String where, String source)
      throws IOException {
    TokenTable table = model.table(where);
    NativeLibraries.keepOffline();
    SpTokenizer library;
    try {
      library = new SpTokenizer(bytes);
    } catch (EngineException e) {
      throw new ModelFormatException(
          where,
          "expected a SentencePiece model, but the library refused it: " + e.getMessage(),
          e);
    } catch (IllegalStateException | LinkageError e) {
      throw NativeLibraries.notLoaded("SentencePiece", e);
    }
    SentencePieceTokenizer tokenizer =
        new SentencePieceTokenizer(
            library.getProcessor(),
            table,
            special,
            "SentencePiece " + model.kind().label() + " (" + source + ")");
    NativeLibraries.freeWith(tokenizer, library::close);
    return tokenizer;
  }

  /** The model's own ids and SentencePiece's habit for language models: BOS goes in front. */
  static SpecialIds ownIds(SentencePieceModel model) {
    return new SpecialIds(
        model.bosId() < 0 ? OptionalInt.empty() : OptionalInt.of(model.bosId()),
        true,
        model.eosId() < 0 ? Set.of() : Set.of(model.eosId()));
  }

  @Override
  int[] encodeText(String text) {
    try {
      return processor.encode(text);
    } finally {
      // Else the cleaner may free the model while the library reads it.
      Reference.reachabilityFence(this);
    }
  }
}
