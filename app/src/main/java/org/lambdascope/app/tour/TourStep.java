package org.lambdascope.app.tour;

import java.util.function.BooleanSupplier;

/**
 * One step of the tour.
 *
 * @param title what it is about
 * @param text what to see
 * @param target selects the node that it points at, as {@code Scene.lookup} does; empty for none
 * @param arrive brings the window to where the step can be seen
 * @param task what the user is asked to do; empty for nothing
 * @param done whether the user has done it
 * @param perform does it for a user who goes on without
 */
public record TourStep(
    String title,
    String text,
    String target,
    Runnable arrive,
    String task,
    BooleanSupplier done,
    Runnable perform) {

  /** A step that only shows something. */
  public static TourStep showing(String title, String text, String target, Runnable arrive) {
    return new TourStep(title, text, target, arrive, "", () -> true, () -> {});
  }

  /** The same step with something to do. */
  public TourStep asking(String request, BooleanSupplier isDone, Runnable instead) {
    return new TourStep(title, text, target, arrive, request, isDone, instead);
  }
}
