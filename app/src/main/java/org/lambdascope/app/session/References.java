package org.lambdascope.app.session;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.engine.model.LanguageModel;

/** Describes what is open, each model and text once: hashing takes its time. Thread-safe. */
final class References {

  private final Map<SharedModel, ModelReference> models =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<LoadedText, DocumentReference> documents =
      Collections.synchronizedMap(new WeakHashMap<>());

  ModelReference of(SharedModel shared) {
    return models.computeIfAbsent(shared, s -> describe(s.model()));
  }

  DocumentReference of(LoadedText text) {
    return documents.computeIfAbsent(text, DocumentReference::of);
  }

  private static ModelReference describe(LanguageModel model) {
    try {
      return ModelReference.of(model.path());
    } catch (IOException e) {
      // Moved away while it is open: its name must do.
      return new ModelReference(
          model.path().toAbsolutePath().normalize().toString(), model.name(), 0, "");
    }
  }
}
