package org.lambdascope.app.session;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.settings.WindowBounds;
import org.lambdascope.app.workbench.WorkbenchContent;

/**
 * What a session file holds.
 *
 * @param model which model was open; null for none
 * @param document which text was open; null for none
 * @param content arms, settings and results
 * @param view what was looked at, and how
 * @param windows which pages and parts were in windows of their own, by their names, and where;
 *     null if that is not known, as in files of versions that did not keep it
 * @param pages what single pages showed, and which parts stood around them; null likewise
 * @param history what was done, the oldest first
 */
public record Session(
    @Nullable ModelReference model,
    @Nullable DocumentReference document,
    WorkbenchContent content,
    ViewState view,
    @Nullable Map<String, WindowBounds> windows,
    @Nullable PageState pages,
    List<Action> history) {

  public Session {
    windows = windows == null ? null : Map.copyOf(windows);
    history = List.copyOf(history);
  }
}
