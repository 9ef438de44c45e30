package org.lambdascope.app.editor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.FileTrees;
import org.lambdascope.app.figure.FigureExporter;

/**
 * A figure with changes that are not saved, kept so that they survive the window: {@code
 * FOLDER/ID/NAME/} is what the figure's own folder would be, and {@code FOLDER/ID/saved-in.txt}
 * says where that is. Called on background threads.
 */
final class KeptDraft {

  private static final String SAVED_IN = "saved-in.txt";
  private static final String PARTIAL = ".part";

  private final String id = UUID.randomUUID().toString();
  private long latest = -1;

  /**
   * A figure that was kept.
   *
   * @param name of its files
   * @param folder where it was saved before; null if it was not
   */
  record Found(String name, FigureDraft draft, @Nullable Path folder) {}

  /**
   * Keeps a draft in place of the one before, or none.
   *
   * @param order later ones have higher numbers; what is overtaken is left out
   * @param draft null if all is saved
   * @param savedIn where the figure was saved before; null if it was not
   */
  synchronized void keep(
      Path in, long order, String name, @Nullable FigureDraft draft, @Nullable Path savedIn)
      throws IOException {
    if (order <= latest) {
      return;
    }
    latest = order;
    Path own = in.resolve(id);
    Path partial = in.resolve(id + PARTIAL);
    FileTrees.delete(partial);
    if (draft == null) {
      FileTrees.delete(own);
      return;
    }
    draft.save(partial.resolve(name));
    String place = savedIn == null ? "" : savedIn.toAbsolutePath().toString();
    FigureExporter.writeText(place, partial.resolve(SAVED_IN));
    FileTrees.delete(own);
    Files.move(partial, own);
  }

  /**
   * The figures that are kept in a folder.
   *
   * @throws IOException if one cannot be read
   */
  static List<Found> in(Path folder) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path kept : children(folder)) {
      for (Path figure : kept.toString().endsWith(PARTIAL) ? List.<Path>of() : children(kept)) {
        if (Files.isDirectory(figure)) {
          found.add(
              new Found(
                  String.valueOf(figure.getFileName()),
                  FigureDraft.read(figure),
                  savedIn(kept.resolve(SAVED_IN))));
        }
      }
    }
    return found;
  }

  private static @Nullable Path savedIn(Path file) throws IOException {
    String place =
        Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.UTF_8).strip() : "";
    try {
      return place.isEmpty() ? null : Path.of(place);
    } catch (InvalidPathException e) {
      return null; // of another system: it is asked for
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
