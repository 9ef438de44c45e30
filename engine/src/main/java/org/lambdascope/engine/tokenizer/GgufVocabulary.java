package org.lambdascope.engine.tokenizer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.lambdascope.engine.format.ModelFormatException;

/**
 * The vocabulary that a GGUF file carries, metadata keys {@code tokenizer.ggml.*}.
 *
 * <p>Source: the GGUF specification of ggml, section "Tokenizer".
 *
 * @param where the file, for messages
 * @param model {@code llama} (SentencePiece) or {@code gpt2} (byte-level BPE)
 * @param pre the name of the pre-tokenizer, for {@code gpt2}
 * @param tokens per id
 * @param scores per id, or empty
 * @param types per id, numbered as {@link PieceType}, or empty
 * @param merges pairs with a space between, best first, or empty
 * @param bosId begins a text
 * @param eosIds end a text or a turn
 * @param unknownId stands for what has no token
 * @param addBos whether the file puts BOS in front of every text, if it says
 * @param addSpacePrefix whether a space goes in front of a text, if the file says
 */
record GgufVocabulary(
    String where,
    String model,
    Optional<String> pre,
    List<String> tokens,
    float[] scores,
    int[] types,
    List<String> merges,
    OptionalInt bosId,
    Set<Integer> eosIds,
    OptionalInt unknownId,
    Optional<Boolean> addBos,
    Optional<Boolean> addSpacePrefix) {

  GgufVocabulary {
    tokens = List.copyOf(tokens);
    merges = List.copyOf(merges);
    Set<Integer> known = new HashSet<>();
    for (int id : eosIds) {
      if (id >= 0 && id < tokens.size()) {
        known.add(id);
      }
    }
    eosIds = Set.copyOf(known);
    if (bosId.isPresent() && (bosId.getAsInt() < 0 || bosId.getAsInt() >= tokens.size())) {
      // GGUF writes an absent id as 2^32 - 1.
      bosId = OptionalInt.empty();
    }
  }

  /** A tokenizer for it. */
  Tokenizer tokenizer() throws IOException {
    if (tokens.isEmpty()) {
      throw new ModelFormatException(where, "expected tokenizer.ggml.tokens, but found none");
    }
    return switch (model) {
      case "llama" -> sentencePiece();
      case "gpt2" -> ByteLevelBpe.forGguf(this);
      default ->
          throw new ModelFormatException(
              where, "expected tokenizer.ggml.model llama or gpt2, but found '" + model + "'");
    };
  }

  /** The types, or an error where the file has none or too few. */
  PieceType[] pieceTypes() throws ModelFormatException {
    requireLength("tokenizer.ggml.token_type", types.length);
    PieceType[] result = new PieceType[types.length];
    for (int id = 0; id < types.length; id++) {
      result[id] = PieceType.of(types[id], where + ", token " + id);
    }
    return result;
  }

  private Tokenizer sentencePiece() throws IOException {
    requireLength("tokenizer.ggml.scores", scores.length);
    PieceType[] pieceTypes = pieceTypes();
    int unknown = unknownPiece(pieceTypes);
    List<SentencePieceModel.Piece> pieces = new ArrayList<>(tokens.size());
    for (int id = 0; id < pieceTypes.length; id++) {
      PieceType type = pieceTypes[id];
      if (id == unknown) {
        type = PieceType.UNKNOWN;
      } else if (type == PieceType.UNKNOWN) {
        // Files mark padding so; SentencePiece allows one unknown piece only.
        type = PieceType.UNUSED;
      }
      pieces.add(new SentencePieceModel.Piece(tokens.get(id), scores[id], type));
    }
    SentencePieceModel sentencePiece =
        new SentencePieceModel(
            pieces,
            SentencePieceModel.Kind.BPE,
            addSpacePrefix.orElse(true),
            SentencePieceModel.DEFAULT_UNKNOWN_SURFACE,
            bosId.orElse(-1),
            -1);
    return SentencePieceTokenizer.load(
        sentencePiece.serialise(),
        sentencePiece,
        new SpecialIds(bosId, addBos.orElse(true), eosIds),
        where,
        "GGUF");
  }

  private int unknownPiece(PieceType[] pieceTypes) throws ModelFormatException {
    if (unknownId.isPresent()
        && unknownId.getAsInt() >= 0
        && unknownId.getAsInt() < pieceTypes.length) {
      return unknownId.getAsInt();
    }
    for (int id = 0; id < pieceTypes.length; id++) {
      if (pieceTypes[id] == PieceType.UNKNOWN) {
        return id;
      }
    }
    throw new ModelFormatException(
        where, "expected tokenizer.ggml.unknown_token_id or a token of type 2, but found neither");
  }

  private void requireLength(String key, int length) throws ModelFormatException {
    if (length != tokens.size()) {
      throw new ModelFormatException(
          where,
          "expected "
              + tokens.size()
              + " entries in "
              + key
              + ", one per token, but found "
              + length);
    }
  }
}
