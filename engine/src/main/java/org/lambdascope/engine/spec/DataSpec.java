package org.lambdascope.engine.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which texts an experiment reads.
 *
 * @param format how the files are read
 * @param files paths or names of bundled documents, each with its place in the experiment file
 * @param field the field (JSONL) or column (Parquet) that holds a text
 * @param piece tokens of the pieces that each text is cut into; 0: it is not cut
 * @param least texts (or pieces) of fewer tokens are left out
 * @param count texts (or pieces) that are drawn, in a random order; 0: all, in their order
 * @param seed of the draw
 */
public record DataSpec(
    Format format, List<SpecNode> files, String field, int piece, int least, int count, int seed) {

  /** How files are read. */
  public enum Format {
    /** One text per file, UTF-8. */
    TEXT,
    /** A JSON object per line. */
    JSONL,
    /** A row per text. */
    PARQUET
  }

  public DataSpec {
    files = List.copyOf(files);
  }

  static DataSpec of(SpecNode node, int seed) throws SpecException {
    SpecFields fields = node.fields();
    Format format = null;
    List<SpecNode> files = new ArrayList<>();
    for (Format candidate : Format.values()) {
      String key = candidate.name().toLowerCase(Locale.ROOT);
      Optional<SpecNode> found = fields.optional(key);
      if (found.isPresent()) {
        if (format != null) {
          throw found.get().error("expected one of text, jsonl, parquet, found two");
        }
        format = candidate;
        files = found.get().items();
      }
    }
    if (format == null) {
      throw node.error("expected one of the keys text, jsonl, parquet");
    }
    Optional<SpecNode> field = fields.optional("field");
    if (field.isPresent() && format == Format.TEXT) {
      throw field.get().error("expected only with jsonl or parquet, found with text");
    }
    DataSpec spec =
        new DataSpec(
            format,
            files,
            field.isPresent() ? field.get().text() : "text",
            fields.integer("piece", 2, 0),
            fields.integer("least", 1, 2),
            fields.integer("count", 1, 0),
            fields.integer("seed", 0, seed));
    fields.end();
    return spec;
  }
}
