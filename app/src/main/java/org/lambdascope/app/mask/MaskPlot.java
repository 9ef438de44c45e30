package org.lambdascope.app.mask;

/**
 * Where cells lie in the picture.
 *
 * @param span what is shown
 * @param left of the picture, in pixels
 * @param top of the picture
 * @param width of the picture
 * @param height of the picture
 */
record MaskPlot(MaskSpan span, double left, double top, double width, double height) {

  double right() {
    return left + width;
  }

  double bottom() {
    return top + height;
  }

  /** Where a key's cell begins. */
  double x(double key) {
    return left + (key - span.keyFrom()) / span.keys() * width;
  }

  /** Where a query's cell begins. */
  double y(double query) {
    return top + (query - span.queryFrom()) / span.queries() * height;
  }

  double key(double x) {
    return span.keyFrom() + (x - left) / width * span.keys();
  }

  double query(double y) {
    return span.queryFrom() + (y - top) / height * span.queries();
  }

  boolean contains(double x, double y) {
    return x >= left && x < right() && y >= top && y < bottom();
  }

  /** How far a place is from an edge, in pixels across; infinite where the edge is not shown. */
  double distance(MaskEdge edge, double x, double y) {
    return switch (edge.line()) {
      case KEY -> Math.abs(x - x(edge.value()));
      case QUERY -> Math.abs(y - y(edge.value()));
      case DISTANCE -> Math.abs(x - diagonal(edge.value(), query(y)));
    };
  }

  /**
   * Where the edge at a raw distance crosses a height: keys right of it are nearer than {@code
   * distance}. The cell of query i ends at i + 1.
   */
  double diagonal(int distance, double query) {
    return x(query - distance + 0.5);
  }

  /** By how many tokens a parameter changes when its edge is dragged. */
  double change(MaskEdge.Line line, double dx, double dy) {
    double keys = dx / width * span.keys();
    double queries = dy / height * span.queries();
    return switch (line) {
      case KEY -> keys;
      case QUERY -> queries;
      case DISTANCE -> queries - keys;
    };
  }
}
