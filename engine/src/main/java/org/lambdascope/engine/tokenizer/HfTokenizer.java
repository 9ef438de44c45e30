package org.lambdascope.engine.tokenizer;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.Map;
import org.lambdascope.engine.format.ModelFormatException;

/** A Hugging Face {@code tokenizer.json}; their own library encodes. */
final class HfTokenizer extends LibraryTokenizer {

  /** Without these DJL truncates to 512 tokens and lets the file's template add special tokens. */
  private static final Map<String, String> WHOLE_TEXT =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer library;

  private HfTokenizer(
      HuggingFaceTokenizer library, TokenTable table, SpecialIds special, String description) {
    super(table, special, description);
    this.library = library;
  }

  /**
   * Loads a tokenizer.
   *
   * @param json the text of a {@code tokenizer.json}, UTF-8
   * @param where what to call it in messages
   * @param description what it is
   */
  static HfTokenizer load(
      byte[] json, TokenTable table, SpecialIds special, String where, String description)
      throws IOException {
    NativeLibraries.keepOffline();
    try {
      LibUtils.checkStatus();
    } catch (EngineException e) {
      throw NativeLibraries.notLoaded("Hugging Face tokenizers", e);
    }
    HuggingFaceTokenizer library;
    try {
      library = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), WHOLE_TEXT);
    } catch (IOException | RuntimeException e) {
      // The binding reports what the native library refuses as a bare RuntimeException.
      throw new ModelFormatException(
          where,
          "expected a Hugging Face tokenizer, but the library refused it: " + e.getMessage(),
          e);
    }
    HfTokenizer tokenizer = new HfTokenizer(library, table, special, description);
    NativeLibraries.freeWith(tokenizer, library::close);
    return tokenizer;
  }

  @Override
  int[] encodeText(String text) {
    // HuggingFaceTokenizer.encode would also build a string and a span per token, which takes a
    // book's worth of text to hundreds of megabytes.
    TokenizersLibrary binding = TokenizersLibrary.LIB;
    try {
      long encoding = binding.encode(library.getHandle(), text, false);
      try {
        long[] ids = binding.getTokenIds(encoding);
        int[] narrow = new int[ids.length];
        for (int i = 0; i < narrow.length; i++) {
          narrow[i] = (int) ids[i];
        }
        return narrow;
      } finally {
        binding.deleteEncoding(encoding);
      }
    } finally {
      // Else the cleaner may free the tokenizer while the library reads it.
      Reference.reachabilityFence(this);
    }
  }
}
