package org.lambdascope.app.figure;

import java.awt.Graphics2D;
import java.io.IOException;
import java.io.OutputStream;

/** What is drawn on a page of its own and exported: a figure, or a table. */
public sealed interface Drawing permits Figure, Table {

  /** What a file says that it shows; may be empty. */
  String heading();

  /** A page that suits it, of a given width in millimetres. */
  FigureSize pageOf(double widthMm, Typography type);

  /** Draws it over a whole page, in points. */
  void draw(Graphics2D g2, ExportOptions options);

  /** Writes the data that it shows, as CSV in UTF-8. */
  void writeData(OutputStream out) throws IOException;
}
