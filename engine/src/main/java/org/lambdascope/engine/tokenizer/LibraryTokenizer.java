package org.lambdascope.engine.tokenizer;

import java.util.OptionalInt;
import java.util.Set;

/** What the adaptors share: a library encodes, the token table decodes, BOS is our own policy. */
abstract sealed class LibraryTokenizer implements Tokenizer
    permits HfTokenizer, SentencePieceTokenizer {

  private final TokenTable table;
  private final SpecialIds special;
  private final String description;

  LibraryTokenizer(TokenTable table, SpecialIds special, String description) {
    this.table = table;
    this.special = special;
    this.description = description;
  }

  /** Encodes well-formed, non-empty text without BOS. */
  abstract int[] encodeText(String text);

  @Override
  public final int[] encode(String text, boolean addBos) {
    int[] ids = text.isEmpty() ? new int[0] : encodeText(replaceLoneSurrogates(text));
    if (!addBos || special.bosId().isEmpty()) {
      return ids;
    }
    int[] framed = new int[ids.length + 1];
    framed[0] = special.bosId().getAsInt();
    System.arraycopy(ids, 0, framed, 1, ids.length);
    return framed;
  }

  @Override
  public final String decode(int[] ids) {
    return table.decode(ids);
  }

  @Override
  public final StreamingDecoder newStreamingDecoder() {
    return table.newDecoder(true);
  }

  @Override
  public final StreamingDecoder newContinuationDecoder() {
    return table.newDecoder(false);
  }

  @Override
  public final byte[] tokenBytes(int id) {
    return table.bytes(id);
  }

  @Override
  public final String tokenText(int id) {
    return table.text(id);
  }

  @Override
  public final int vocabularySize() {
    return table.size();
  }

  @Override
  public final OptionalInt bosId() {
    return special.bosId();
  }

  @Override
  public final boolean addsBosByDefault() {
    return special.addsBos();
  }

  @Override
  public final Set<Integer> eosIds() {
    return special.eosIds();
  }

  @Override
  public final String description() {
    return description + ", " + table.size();
  }

  /** The native libraries define nothing for text that is no Unicode, so none reaches them. */
  static String replaceLoneSurrogates(String text) {
    int length = text.length();
    StringBuilder repaired = null;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      if (repaired == null) {
        repaired = new StringBuilder(text);
      }
      repaired.setCharAt(i, '\uFFFD');
    }
    return repaired == null ? text : repaired.toString();
  }
}
