package org.lambdascope.app.session;

import org.jspecify.annotations.Nullable;
import org.lambdascope.app.models.LoadedText;

/**
 * Which text a session is about. A short one is kept in the session itself.
 *
 * @param path where it was
 * @param name the last part of its path
 * @param sha256 of its characters in UTF-8
 * @param text all of it; null if it is long
 */
public record DocumentReference(String path, String name, String sha256, @Nullable String text) {

  /** The most characters of a text that is kept; a session stays small beside its results. */
  static final int MOST_CHARACTERS = 1 << 18;

  /** Describes a text. */
  public static DocumentReference of(LoadedText text) {
    String content = text.content();
    return new DocumentReference(
        text.path().toAbsolutePath().normalize().toString(),
        text.name(),
        Sha256.of(content),
        content.length() <= MOST_CHARACTERS ? content : null);
  }
}
