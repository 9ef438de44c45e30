package org.lambdascope.engine.study;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.lambdascope.engine.spec.DataSpec;
import org.lambdascope.engine.spec.SpecException;
import org.lambdascope.engine.spec.SpecNode;
import org.lambdascope.engine.tokenizer.Tokenizer;

/** Reads the texts of an experiment and cuts them as it says. */
final class Documents {

  private final Tokenizer tokenizer;
  private final Resources resources;

  Documents(Tokenizer tokenizer, Resources resources) {
    this.tokenizer = tokenizer;
    this.resources = resources;
  }

  /** The texts, each of at least {@code least} tokens and {@link DataSpec#least}. */
  List<Document> read(DataSpec data, int least) throws IOException {
    List<Document> found = new ArrayList<>();
    int needed = Math.max(least, data.least());
    int longest = 0;
    for (SpecNode file : data.files()) {
      for (Document whole : read(data, file)) {
        for (Document piece : cut(whole, data.piece())) {
          longest = Math.max(longest, piece.tokens().length);
          if (piece.tokens().length >= needed) {
            found.add(piece);
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw data.files()
          .getFirst()
          .error(
              "expected texts of at least %d tokens, found none; the longest has %d"
                  .formatted(needed, longest));
    }
    if (data.count() == 0) {
      return found;
    }
    if (found.size() < data.count()) {
      throw data.files()
          .getFirst()
          .error(
              "expected at least count = %d texts of %d tokens, found %d"
                  .formatted(data.count(), needed, found.size()));
    }
    Collections.shuffle(found, new Random(data.seed()));
    return List.copyOf(found.subList(0, data.count()));
  }

  private List<Document> read(DataSpec data, SpecNode file) throws IOException {
    Path path = resources.document(file);
    String name = String.valueOf(path.getFileName());
    List<Document> documents = new ArrayList<>();
    switch (data.format()) {
      case TEXT -> documents.add(new Document(name, encode(resources.text(file, path))));
      case JSONL -> {
        for (JsonLines.Line line : JsonLines.read(file, path)) {
          String text = line.text(data.field());
          documents.add(new Document("%s:%d".formatted(name, line.number()), encode(text)));
        }
      }
      case PARQUET -> {
        int row = 0;
        for (String text : resources.tables().column(path, data.field())) {
          documents.add(new Document("%s:%d".formatted(name, ++row), encode(text)));
        }
      }
    }
    return documents;
  }

  private int[] encode(String text) {
    return tokenizer.encode(text, tokenizer.addsBosByDefault());
  }

  /** Pieces of {@code length} tokens; the model reads each from its own beginning. */
  private List<Document> cut(Document document, int length) {
    if (length == 0) {
      return List.of(document);
    }
    int[] all = document.tokens();
    boolean bos = tokenizer.addsBosByDefault() && all.length > 0;
    int step = bos ? length - 1 : length;
    List<Document> pieces = new ArrayList<>();
    for (int from = bos ? 1 : 0; from + step <= all.length; from += step) {
      int[] piece = new int[length];
      piece[0] = all[0];
      System.arraycopy(all, from, piece, bos ? 1 : 0, step);
      pieces.add(new Document("%s[%d]".formatted(document.name(), from), piece));
    }
    return pieces.isEmpty()
        ? List.of(new Document(document.name(), Arrays.copyOf(all, all.length)))
        : pieces;
  }

  /** Reads a text file. */
  static String text(SpecNode at, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw missing(at, file);
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw at.error(file + ": expected text in UTF-8, found other bytes");
    }
  }

  static SpecException missing(SpecNode at, Path file) {
    return at.error("expected a file or the name of a bundled one, found nothing at " + file);
  }
}
