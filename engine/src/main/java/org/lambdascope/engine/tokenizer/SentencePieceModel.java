package org.lambdascope.engine.tokenizer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lambdascope.engine.format.ModelFormatException;

/**
 * The parts of a SentencePiece model that decoding needs.
 *
 * <p>Source: {@code sentencepiece_model.proto} of SentencePiece, whose field numbers are below.
 *
 * @param pieces per id
 * @param kind the algorithm
 * @param addDummyPrefix whether encoding puts a space in front of a text
 * @param unknownSurface what the unknown piece decodes to
 * @param bosId begin of sequence, -1 for none
 * @param eosId end of sequence, -1 for none
 */
record SentencePieceModel(
    List<Piece> pieces,
    Kind kind,
    boolean addDummyPrefix,
    String unknownSurface,
    int bosId,
    int eosId) {

  /** SentencePiece writes a space so. */
  static final char SPACE_MARK = '\u2581';

  /** The unknown piece decodes to this unless the model says otherwise. */
  static final String DEFAULT_UNKNOWN_SURFACE = " \u2047 ";

  /** One entry of the vocabulary. */
  record Piece(String text, float score, PieceType type) {}

  /** The algorithms. */
  enum Kind {
    UNIGRAM(1),
    BPE(2),
    WORD(3),
    CHAR(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    String label() {
      return this == BPE ? "BPE" : name().toLowerCase(Locale.ROOT);
    }

    static Kind of(long code, String where) throws ModelFormatException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new ModelFormatException(where, "expected a model type from 1 to 4, but found " + code);
    }
  }

  /**
   * Reads a serialised model, checking its framing throughout: native code sees only what passed.
   *
   * @param where what to call it in messages
   */
  static SentencePieceModel parse(byte[] bytes, String where) throws ModelFormatException {
    List<Piece> pieces = new ArrayList<>();
    ByteBuffer trainer = ByteBuffer.allocate(0);
    ByteBuffer normalizer = ByteBuffer.allocate(0);
    ProtobufReader reader = new ProtobufReader(ByteBuffer.wrap(bytes), where);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> pieces.add(piece(reader.readBytes(), where + ", piece " + pieces.size()));
        case 2 -> trainer = reader.readBytes();
        case 3 -> normalizer = reader.readBytes();
        default -> reader.skip();
      }
    }
    if (pieces.isEmpty()) {
      throw new ModelFormatException(
          where,
          "expected a SentencePiece model, but found no pieces in " + bytes.length + " bytes");
    }
    return build(pieces, trainer, normalizer, where);
  }

  private static SentencePieceModel build(
      List<Piece> pieces, ByteBuffer trainer, ByteBuffer normalizer, String where)
      throws ModelFormatException {
    Kind kind = Kind.UNIGRAM;
    String unknownSurface = DEFAULT_UNKNOWN_SURFACE;
    long bosId = 1;
    long eosId = 2;
    ProtobufReader t = new ProtobufReader(trainer, where + ", trainer spec");
    while (t.next()) {
      switch (t.field()) {
        case 3 -> kind = Kind.of(t.readVarint(), where);
        case 41 -> bosId = t.readVarint();
        case 42 -> eosId = t.readVarint();
        case 44 -> unknownSurface = t.readString();
        default -> t.skip();
      }
    }
    boolean addDummyPrefix = true;
    ProtobufReader n = new ProtobufReader(normalizer, where + ", normalizer spec");
    while (n.next()) {
      switch (n.field()) {
        case 2 -> CharacterMap.check(n.readBytes(), where + ", precompiled character map");
        case 3 -> addDummyPrefix = n.readVarint() != 0;
        default -> n.skip();
      }
    }
    return new SentencePieceModel(
        List.copyOf(pieces),
        kind,
        addDummyPrefix,
        unknownSurface,
        idOrNone(bosId, pieces),
        idOrNone(eosId, pieces));
  }

  /** The trainer's ids default to 1 and 2 even where those pieces are ordinary ones. */
  private static int idOrNone(long id, List<Piece> pieces) {
    boolean isControl =
        id >= 0 && id < pieces.size() && pieces.get((int) id).type() == PieceType.CONTROL;
    return isControl ? (int) id : -1;
  }

  private static Piece piece(ByteBuffer message, String where) throws ModelFormatException {
    String text = "";
    float score = 0;
    PieceType type = PieceType.NORMAL;
    ProtobufReader reader = new ProtobufReader(message, where);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> text = reader.readString();
        case 2 -> score = reader.readFloat();
        case 3 -> type = PieceType.of(reader.readVarint(), where);
        default -> reader.skip();
      }
    }
    return new Piece(text, score, type);
  }

  /** What each id is as text and as bytes. */
  TokenTable table(String where) throws ModelFormatException {
    String[] texts = new String[pieces.size()];
    byte[][] bytes = new byte[pieces.size()][];
    for (int id = 0; id < texts.length; id++) {
      Piece piece = pieces.get(id);
      texts[id] = piece.text();
      bytes[id] =
          switch (piece.type()) {
            case CONTROL -> new byte[0];
            case UNKNOWN -> unknownSurface.getBytes(StandardCharsets.UTF_8);
            case BYTE -> ByteTokens.parse(piece.text(), where + ", piece " + id);
            case NORMAL, USER_DEFINED, UNUSED ->
                piece.text().replace(SPACE_MARK, ' ').getBytes(StandardCharsets.UTF_8);
          };
    }
    return new TokenTable(texts, bytes, addDummyPrefix);
  }

  /**
   * The model as SentencePiece serialises it, with byte fallback if it has byte pieces and without
   * normalisation.
   */
  byte[] serialise() {
    ProtobufWriter model = new ProtobufWriter();
    int unknownId = 0;
    boolean byteFallback = false;
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      if (piece.type() == PieceType.UNKNOWN) {
        unknownId = id;
      }
      byteFallback |= piece.type() == PieceType.BYTE;
      model.message(
          1,
          new ProtobufWriter()
              .string(1, piece.text())
              .float32(2, piece.score())
              .varint(3, piece.type().code()));
    }
    model.message(
        2,
        new ProtobufWriter()
            .varint(3, kind.code)
            .varint(35, byteFallback ? 1 : 0)
            .varint(40, unknownId)
            .varint(41, bosId)
            .varint(42, eosId)
            .varint(43, -1)
            .string(44, unknownSurface));
    model.message(
        3,
        new ProtobufWriter()
            .string(1, "identity")
            .varint(3, addDummyPrefix ? 1 : 0)
            .varint(4, 0)
            .varint(5, 1));
    return model.toByteArray();
  }
}
