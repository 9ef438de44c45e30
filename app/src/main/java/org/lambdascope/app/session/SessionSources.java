package org.lambdascope.app.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.TextReader;
import org.lambdascope.app.samples.Samples;

/**
 * What was found of what a session refers to.
 *
 * @param model where the same model is; null if it is nowhere
 * @param text the same text; null if it is nowhere
 * @param kept whether the text is the session's own copy, because the file is gone or another
 * @param missing what is not there, a sentence each; empty when all is
 */
record SessionSources(
    @Nullable Path model, @Nullable LoadedText text, boolean kept, List<String> missing) {

  /**
   * Looks where things were, beside the session's file, and among the bundled samples. Another
   * model or text in the same place does not count: results would be told of the wrong one.
   *
   * @param file of the session
   */
  static SessionSources find(Session session, Path file, Samples samples) {
    List<String> missing = new ArrayList<>();
    ModelReference model = session.model();
    DocumentReference document = session.document();
    Path place = model == null ? null : find(model, file, samples, missing);
    if (document == null) {
      return new SessionSources(place, null, false, missing);
    }
    Optional<LoadedText> found = find(document, file, samples);
    String kept = document.text();
    if (found.isEmpty() && kept != null) {
      Path path = path(document.path()).orElse(Path.of("document.txt"));
      return new SessionSources(place, new LoadedText(path, kept), true, missing);
    }
    if (found.isEmpty()) {
      missing.add(
          "The session’s text %s is missing: it is not at %s any more, or was changed."
              .formatted(document.name(), shown(document.path())));
    }
    return new SessionSources(place, found.orElse(null), false, missing);
  }

  private static @Nullable Path find(
      ModelReference wanted, Path file, Samples samples, List<String> missing) {
    boolean other = false;
    for (Path place : places(wanted.path(), wanted.name(), file, samples.model(wanted.name()))) {
      if (Files.exists(place)) {
        if (isSame(wanted, place)) {
          return place;
        }
        other = true;
      }
    }
    missing.add(
        "The session’s model %s is missing: %s %s."
            .formatted(
                wanted.name(),
                other ? "another model is now at" : "nothing is at",
                shown(wanted.path())));
    return null;
  }

  private static String shown(String place) {
    return path(place).map(FileNames::shown).orElse(place);
  }

  /** Whether the model at a place is the one that a session is about. */
  static boolean isSame(ModelReference wanted, Path place) {
    try {
      return wanted.fingerprint().isEmpty() || wanted.sameModel(ModelReference.of(place));
    } catch (IOException e) {
      // What cannot be read cannot be known again: the user is asked.
      return false;
    }
  }

  private static Optional<LoadedText> find(DocumentReference wanted, Path file, Samples samples) {
    for (Path place : places(wanted.path(), wanted.name(), file, samples.document(wanted.name()))) {
      try {
        LoadedText text = Files.isRegularFile(place) ? TextReader.read(place) : null;
        if (text != null && isSame(wanted, text)) {
          return Optional.of(text);
        }
      } catch (IOException e) {
        // No text any more: as good as gone.
      }
    }
    return Optional.empty();
  }

  /** Whether a text is the one that a session is about. */
  static boolean isSame(DocumentReference wanted, LoadedText text) {
    return DocumentReference.of(text).sha256().equals(wanted.sha256());
  }

  private static List<Path> places(String path, String name, Path file, Optional<Path> bundled) {
    List<Path> places = new ArrayList<>();
    path(path).ifPresent(places::add);
    path(name).ifPresent(n -> places.add(file.toAbsolutePath().resolveSibling(n)));
    bundled.ifPresent(places::add);
    return places;
  }

  /** A path of another system may be none here. */
  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
