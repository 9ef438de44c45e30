package org.lambdascope.app.session;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.models.LoadedText;
import org.lambdascope.app.models.SharedModel;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.workbench.WorkbenchContent;

/**
 * A picture of the window, taken on the user-interface thread in no time; it becomes a {@link
 * Session} on another.
 *
 * @param missing the session that was opened without its model or text, which it still refers to;
 *     null for none
 */
record SessionCapture(
    @Nullable SharedModel model,
    @Nullable LoadedText text,
    @Nullable Session missing,
    WorkbenchContent content,
    ViewState view,
    @Nullable Map<String, WindowBounds> windows,
    @Nullable PageState pages,
    List<Action> history) {

  /** Whether there is something to lose. */
  boolean worthKeeping() {
    return holdsWork() || !content.columns().isEmpty();
  }

  /** Whether there is more than the arms that are there at first. */
  boolean holdsWork() {
    return model != null || text != null || missing != null;
  }

  Session describe(References references) {
    return new Session(
        model != null ? references.of(model) : missing == null ? null : missing.model(),
        text != null ? references.of(text) : missing == null ? null : missing.document(),
        content,
        view,
        windows,
        pages,
        history);
  }
}
