package org.lambdascope.engine.tokenizer;

import org.lambdascope.engine.format.ModelFormatException;

/** What a piece of a vocabulary is; SentencePiece and GGUF number them alike. */
enum PieceType {
  NORMAL(1),
  UNKNOWN(2),
  CONTROL(3),
  USER_DEFINED(4),
  UNUSED(5),
  BYTE(6);

  private final int code;

  PieceType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static PieceType of(long code, String where) throws ModelFormatException {
    for (PieceType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new ModelFormatException(where, "expected a token type from 1 to 6, but found " + code);
  }
}
