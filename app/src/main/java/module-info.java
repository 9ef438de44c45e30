import org.jspecify.annotations.NullMarked;

/** The workbench: command line, window and figures. */
@NullMarked
module org.lambdascope.app {
  requires static org.jspecify;
  requires org.lambdascope.engine;
  requires info.picocli;
  requires tools.jackson.databind;
  requires com.fasterxml.jackson.annotation;
  requires java.desktop;
  requires java.logging;
  requires java.prefs;
  requires java.sql;
  requires duckdb.jdbc; // found as a service; named so that the launcher brings it
  requires javafx.controls;
  requires javafx.swing;
  requires org.controlsfx.controls;
  requires atlantafx.base;
  requires org.jfree.jfreechart;
  requires org.jfree.chart.fx;
  requires org.jfree.svg;
  requires org.apache.pdfbox;
  requires org.apache.fontbox;
  requires org.apache.commons.logging; // PDFBox's own need: as an automatic module it cannot say so
  requires de.rototor.pdfbox.graphics2d;

  // Specifications of figures are records that Jackson fills.
  opens org.lambdascope.app.figure to
      tools.jackson.databind;
  opens org.lambdascope.app.figure.spec to
      tools.jackson.databind;
  opens org.lambdascope.app.cli to
      info.picocli;
  opens org.lambdascope.app.session to
      tools.jackson.databind;
  opens org.lambdascope.app.run to
      tools.jackson.databind;
}
