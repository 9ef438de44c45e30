package org.lambdascope.app.tour;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One step of the tour.
 *
 * @param title what it is about
 * @param text what to see
 * @param targets select the nodes that it points at, together, as {@code Node.lookupAll} does
 * @param arrive brings the window to where the step can be seen
 * @param task what the user is asked to do; empty for nothing
 * @param did what the user has done then; empty for nothing
 * @param done whether the user has done it
 * @param perform does it for a user who goes on without
 */
public record TourStep(
    String title,
    String text,
    List<String> targets,
    Runnable arrive,
    String task,
    String did,
    BooleanSupplier done,
    Runnable perform) {

  /** A step that only shows something. */
  public static TourStep showing(String title, String text, List<String> targets, Runnable arrive) {
    return new TourStep(title, text, targets, arrive, "", "", () -> true, () -> {});
  }

  /**
   * The same step with something to do.
   *
   * @param request asks for it
   * @param fulfilled says that it is done
   */
  public TourStep asking(
      String request, String fulfilled, BooleanSupplier isDone, Runnable instead) {
    return new TourStep(title, text, targets, arrive, request, fulfilled, isDone, instead);
  }
}
