package org.lambdascope.engine.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes token bytes as they come; at most three bytes are ever held back. */
final class Utf8StreamingDecoder implements StreamingDecoder {

  /** A UTF-8 character has at most four bytes, so an unfinished one has at most three. */
  private static final int MAX_HELD_BACK = 3;

  private final TokenTable table;
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer heldBack = ByteBuffer.allocate(MAX_HELD_BACK);
  private boolean dropSpace;
  private boolean finished;

  Utf8StreamingDecoder(TokenTable table, boolean dropSpace) {
    this.table = table;
    this.dropSpace = dropSpace;
  }

  @Override
  public String push(int id) {
    requireOpen();
    byte[] token = table.sharedBytes(id);
    if (token.length == 0) {
      return "";
    }
    int from = dropSpace && token[0] == ' ' ? 1 : 0;
    dropSpace = false;
    heldBack.flip();
    ByteBuffer in = ByteBuffer.allocate(heldBack.remaining() + token.length - from);
    in.put(heldBack).put(token, from, token.length - from).flip();
    heldBack.clear();
    // One byte never makes more than one char: four bytes make two at most.
    CharBuffer out = CharBuffer.allocate(in.remaining());
    utf8.decode(in, out, false);
    heldBack.put(in);
    return out.flip().toString();
  }

  @Override
  public String finish() {
    requireOpen();
    finished = true;
    heldBack.flip();
    CharBuffer out = CharBuffer.allocate(heldBack.remaining() + 1);
    utf8.decode(heldBack, out, true);
    utf8.flush(out);
    return out.flip().toString();
  }

  private void requireOpen() {
    if (finished) {
      throw new IllegalStateException("expected an open stream, but it has been finished");
    }
  }
}
