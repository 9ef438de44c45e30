package org.lambdascope.engine.tokenizer;

import java.util.OptionalInt;
import java.util.Set;

/** Text to token ids and back. Implementations are thread-safe. */
public interface Tokenizer {

  /**
   * Encodes text. Special tokens written out in the text are recognised where the model's own
   * tokenizer recognises them; nothing is truncated or padded. A lone surrogate, which is no
   * Unicode text, counts as U+FFFD.
   *
   * @param text any text; the empty text gives no ids but perhaps BOS
   * @param addBos whether the begin-of-sequence token is put in front, when the model has one
   * @return token ids, each in {@code [0, vocabularySize())}
   */
  int[] encode(String text, boolean addBos);

  /**
   * Decodes ids that start a text; control tokens (such as BOS) give no text. Bytes that are no
   * UTF-8 become U+FFFD.
   *
   * @throws IllegalArgumentException if an id is outside {@code [0, vocabularySize())}
   */
  String decode(int[] ids);

  /**
   * A decoder for a stream of ids that starts a text and never emits half a UTF-8 character: its
   * pieces concatenate to {@link #decode}.
   */
  StreamingDecoder newStreamingDecoder();

  /**
   * A decoder for ids that follow other text, such as the answer to a prompt: the leading space
   * that SentencePiece models drop at the start of a text is kept. The default serves tokenizers
   * that drop none.
   */
  default StreamingDecoder newContinuationDecoder() {
    return newStreamingDecoder();
  }

  /**
   * The bytes that a token contributes to decoded text; empty for control tokens. Concatenated over
   * a sequence they are the UTF-8 of {@link #decode}, but for a leading space that SentencePiece
   * models drop at the start of a text.
   *
   * @throws IllegalArgumentException if the id is outside {@code [0, vocabularySize())}
   */
  byte[] tokenBytes(int id);

  /**
   * The token as the vocabulary writes it, such as {@code ▁the} or {@code <s>}; empty for an id
   * that the vocabulary leaves out.
   *
   * @throws IllegalArgumentException if the id is outside {@code [0, vocabularySize())}
   */
  String tokenText(int id);

  /** Number of ids. */
  int vocabularySize();

  /** The begin-of-sequence id, if the model has one. */
  OptionalInt bosId();

  /** Whether the model's own configuration puts BOS in front of every text. */
  boolean addsBosByDefault();

  /** Ids that end a text. */
  Set<Integer> eosIds();

  /** What it is, for {@code info}: such as "SentencePiece unigram (tokenizer.model), 32000". */
  String description();
}
