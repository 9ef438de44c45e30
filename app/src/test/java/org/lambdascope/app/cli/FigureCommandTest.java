package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.figure.ExportOptions;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.SampleFigures;
import org.lambdascope.app.figure.Venue;
import org.lambdascope.app.figure.spec.FigureBundle;

final class FigureCommandTest {

  @TempDir Path folder;

  @BeforeEach
  void store() throws IOException {
    Figure figure = Objects.requireNonNull(SampleFigures.kinds().get("grouped-bars"));
    FigureBundle.write(
        folder.resolve("bars"), figure, ExportOptions.of(figure, Venue.PLAIN), Venue.PLAIN);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void drawsAgainForAVenueWithACaption() throws IOException {
    Invocation drawn =
        Invocation.of(
            "figure",
            path("bars"),
            "--venue",
            "acl",
            "--out",
            path("f.pdf"),
            "--out",
            path("f.svg"),
            "--caption",
            path("f.tex"),
            "--anonymous");
    assertThat(drawn.err).isEmpty();
    assertThat(drawn.status).isZero();
    assertThat(drawn.out).contains("f.pdf", "f.svg", "f.tex");
    try (PDDocument document = Loader.loadPDF(folder.resolve("f.pdf").toFile())) {
      assertThat(document.getPage(0).getMediaBox().getWidth() * 25.4 / 72).isBetween(76.9, 77.1);
    }
    assertThat(Files.readString(folder.resolve("f.tex")))
        .contains("\\includegraphics{f.pdf}", "95 \\% interval");
  }

  @Test
  void keepsThePageOfTheSpecification() throws IOException {
    Invocation drawn =
        Invocation.of("figure", path("bars/figure.json"), "--out", path("f.pdf"), "--height", "70");
    assertThat(drawn.status).isZero();
    try (PDDocument document = Loader.loadPDF(folder.resolve("f.pdf").toFile())) {
      assertThat(document.getPage(0).getMediaBox().getWidth() * 25.4 / 72).isBetween(159.9, 160.1);
      assertThat(document.getPage(0).getMediaBox().getHeight() * 25.4 / 72).isBetween(69.9, 70.1);
    }
  }

  @Test
  void mistakesAreUsageErrors() {
    Invocation venue =
        Invocation.of("figure", path("bars"), "--venue", "x", "--out", path("f.pdf"));
    assertThat(venue.status).isEqualTo(2);
    assertThat(venue.err).contains("--venue: expected one of plain, acl-column");
    Invocation format = Invocation.of("figure", path("bars"), "--out", path("f.gif"));
    assertThat(format.status).isEqualTo(2);
    assertThat(format.err).contains("expected a name that ends in .pdf");
    Invocation missing = Invocation.of("figure", path("none"), "--out", path("f.pdf"));
    assertThat(missing.status).isEqualTo(1);
    assertThat(missing.err).contains("none: no such file");
  }
}
