package org.lambdascope.app.figure;

/**
 * A line across a panel.
 *
 * @param vertical whether it stands at a place on the x axis, else at one on the y axis
 * @param at the place
 * @param label short label, drawn beside the line; may be empty
 */
public record Marker(boolean vertical, double at, String label) {

  /** A vertical line. */
  public static Marker vertical(double at, String label) {
    return new Marker(true, at, label);
  }

  /** A horizontal line. */
  public static Marker horizontal(double at, String label) {
    return new Marker(false, at, label);
  }

  /** Where the training length lies on an axis of distances or positions. */
  public static Marker pretrainLength(int tokens) {
    return vertical(tokens, "L_pretrain");
  }
}
