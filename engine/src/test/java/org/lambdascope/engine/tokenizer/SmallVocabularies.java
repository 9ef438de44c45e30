package org.lambdascope.engine.tokenizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Vocabularies small enough to write down, of each kind that a GGUF file can carry. */
final class SmallVocabularies {

  static final int BOS = 1;
  static final int EOS = 2;
  static final int FIRST_BYTE = 3;
  static final int FIRST_NORMAL = FIRST_BYTE + 256;

  private SmallVocabularies() {}

  /** SentencePiece: unknown, BOS, EOS, 256 bytes, then ▁, a, b, ab, ▁ab. */
  static GgufVocabulary sentencePiece() {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    for (int b = 0; b < 256; b++) {
      tokens.add(String.format(Locale.ROOT, "<0x%02X>", b));
    }
    tokens.addAll(List.of("▁", "a", "b", "ab", "▁ab"));
    float[] scores = new float[tokens.size()];
    int[] types = new int[tokens.size()];
    Arrays.fill(types, 0, FIRST_NORMAL, PieceType.BYTE.code());
    Arrays.fill(types, FIRST_NORMAL, types.length, PieceType.NORMAL.code());
    types[0] = PieceType.UNKNOWN.code();
    types[BOS] = PieceType.CONTROL.code();
    types[EOS] = PieceType.CONTROL.code();
    for (int id = FIRST_NORMAL; id < scores.length; id++) {
      scores[id] = FIRST_NORMAL - id;
    }
    return new GgufVocabulary(
        "small.gguf",
        "llama",
        Optional.empty(),
        tokens,
        scores,
        types,
        List.of(),
        OptionalInt.of(BOS),
        Set.of(EOS),
        OptionalInt.of(0),
        Optional.empty(),
        Optional.empty());
  }

  /** Byte-level BPE: 256 bytes in order, "ab", a user-defined token and an end token. */
  static GgufVocabulary byteLevel() {
    List<String> tokens = new ArrayList<>(byteAlphabet());
    tokens.addAll(List.of("ab", "<keep>", "<|end|>"));
    int[] types = new int[tokens.size()];
    Arrays.fill(types, PieceType.NORMAL.code());
    types[257] = PieceType.USER_DEFINED.code();
    types[258] = PieceType.CONTROL.code();
    return new GgufVocabulary(
        "small.gguf",
        "gpt2",
        Optional.of("gpt-2"),
        tokens,
        new float[0],
        types,
        List.of("a b"),
        OptionalInt.of(258),
        Set.of(258),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The characters that write the bytes 0 to 255. */
  static List<String> byteAlphabet() {
    String[] characters = new String[256];
    ByteAlphabet alphabet = new ByteAlphabet();
    for (char c = 0; c < 512; c++) {
      byte[] bytes = alphabet.bytes(String.valueOf(c));
      if (bytes != null) {
        characters[bytes[0] & 0xFF] = String.valueOf(c);
      }
    }
    return List.of(characters);
  }

  static Tokenizer sentencePieceTokenizer() {
    return open(sentencePiece());
  }

  static Tokenizer byteLevelTokenizer() {
    return open(byteLevel());
  }

  private static Tokenizer open(GgufVocabulary vocabulary) {
    try {
      return vocabulary.tokenizer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model of {@link #sentencePiece()} as a {@code tokenizer.model} holds it. */
  static byte[] sentencePieceModel() throws IOException {
    GgufVocabulary vocabulary = sentencePiece();
    PieceType[] types = vocabulary.pieceTypes();
    List<SentencePieceModel.Piece> pieces = new ArrayList<>();
    for (int id = 0; id < types.length; id++) {
      pieces.add(
          new SentencePieceModel.Piece(
              vocabulary.tokens().get(id), vocabulary.scores()[id], types[id]));
    }
    return new SentencePieceModel(pieces, SentencePieceModel.Kind.BPE, true, " \u2047 ", BOS, EOS)
        .serialise();
  }
}
