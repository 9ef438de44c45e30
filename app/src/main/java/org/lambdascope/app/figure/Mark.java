package org.lambdascope.app.figure;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Shapes at points, which tell series apart where print has no colour. */
public enum Mark {
  NONE(0, 0),
  CIRCLE(0, 0),
  SQUARE(4, Math.PI / 4),
  TRIANGLE(3, -Math.PI / 2),
  DIAMOND(4, 0),
  INVERTED_TRIANGLE(3, Math.PI / 2),
  PLUS(0, 0),
  CROSS(0, Math.PI / 4),
  STAR(5, -Math.PI / 2),

  /** Last, since small ones look like circles. */
  PENTAGON(5, -Math.PI / 2);

  /** How far the inner corners of a star are from its centre, in the distance of the outer ones. */
  private static final double INNER = 0.45;

  /** Half the width of a plus' arms, in its radius. */
  private static final double ARM = 0.33;

  private final int corners;
  private final double turn;

  Mark(int corners, double turn) {
    this.corners = corners;
    this.turn = turn;
  }

  /** The mark of a series; indices wrap around. */
  public static Mark of(int index) {
    return values()[1 + Math.floorMod(index, values().length - 1)];
  }

  /**
   * The outline around a place.
   *
   * @param radius of a circle; the others are drawn with about its area
   */
  Shape at(double x, double y, double radius) {
    Shape unit =
        switch (this) {
          case NONE -> new Path2D.Double();
          case CIRCLE -> new Ellipse2D.Double(-1, -1, 2, 2);
          case PLUS, CROSS -> plus();
          case STAR -> star();
          default -> polygon();
        };
    AffineTransform placed = AffineTransform.getTranslateInstance(x, y);
    placed.scale(radius, radius);
    return placed.createTransformedShape(unit);
  }

  private Shape polygon() {
    // A regular polygon with the area of the unit circle.
    double radius = Math.sqrt(2 * Math.PI / (corners * Math.sin(2 * Math.PI / corners)));
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners; i++) {
      double angle = turn + 2 * Math.PI * i / corners;
      double px = radius * Math.cos(angle);
      double py = radius * Math.sin(angle);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    path.closePath();
    return path;
  }

  private Shape star() {
    // With the area of the unit circle.
    double radius = Math.sqrt(Math.PI / (corners * INNER * Math.sin(Math.PI / corners)));
    Path2D path = new Path2D.Double();
    for (int i = 0; i < 2 * corners; i++) {
      double angle = turn + Math.PI * i / corners;
      double r = i % 2 == 0 ? radius : INNER * radius;
      if (i == 0) {
        path.moveTo(r * Math.cos(angle), r * Math.sin(angle));
      } else {
        path.lineTo(r * Math.cos(angle), r * Math.sin(angle));
      }
    }
    path.closePath();
    return path;
  }

  private Shape plus() {
    double end = 1.35;
    double[][] corner = {{ARM, end}, {ARM, ARM}, {end, ARM}};
    Path2D path = new Path2D.Double();
    AffineTransform quarter = new AffineTransform();
    quarter.rotate(turn);
    for (int side = 0; side < 4; side++) {
      for (int i = 0; i < corner.length; i++) {
        // Each side of the plus is the one before it, turned; its corners run the other way round.
        double[] place = corner[i].clone();
        quarter.transform(place, 0, place, 0, 1);
        if (side == 0 && i == 0) {
          path.moveTo(place[0], place[1]);
        } else {
          path.lineTo(place[0], place[1]);
        }
      }
      quarter.quadrantRotate(-1);
    }
    path.closePath();
    return path;
  }
}
