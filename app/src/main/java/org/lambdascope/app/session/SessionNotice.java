package org.lambdascope.app.session;

import java.util.List;

/**
 * Something that the user may want to do about a session; the window goes on meanwhile.
 *
 * @param text what it is about
 * @param choices what can be done, the likeliest first
 * @param dismissed what closing it does
 */
public record SessionNotice(String text, List<Choice> choices, Runnable dismissed) {

  /** Something that can be done. */
  public record Choice(String label, Runnable action) {}
}
