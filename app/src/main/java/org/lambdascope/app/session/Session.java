package org.lambdascope.app.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.workbench.WorkbenchContent;

/**
 * What a session file holds.
 *
 * @param model which model was open; null for none
 * @param document which text was open; null for none
 * @param content arms, settings and results
 * @param view what was looked at, and how
 * @param history what was done, the oldest first
 */
public record Session(
    @Nullable ModelReference model,
    @Nullable DocumentReference document,
    WorkbenchContent content,
    ViewState view,
    List<Action> history) {

  public Session {
    history = List.copyOf(history);
  }
}
