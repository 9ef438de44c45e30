package org.lambdascope.app.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The notebooks as they are kept: executed, small, and the same whoever executed them. */
final class NotebookFilesTest {

  private static final long MOST_BYTES = 400_000;

  static Stream<NotebookFile> notebooks() throws IOException {
    List<NotebookFile> notebooks = NotebookFile.in(NotebookFile.FOLDER);
    assertThat(notebooks)
        .extracting(NotebookFile::name)
        .containsExactly(
            "01-quickstart.ipynb",
            "02-ood-factors.ipynb",
            "03-lm-infinite-tables.ipynb",
            "04-cepe.ipynb");
    return notebooks.stream();
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void wereExecutedFromTopToBottom(NotebookFile notebook) {
    assertThat(notebook.code())
        .extracting(cell -> cell.path("execution_count").asInt())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, notebook.code().size()).boxed().toList());
    for (JsonNode output : notebook.outputs()) {
      assertThat(output.path("output_type").asString()).isNotEqualTo("error");
      assertThat(output.path("name").asString()).isNotEqualTo("stderr");
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void sayNothingOfTheMachine(NotebookFile notebook) {
    JsonNode metadata = notebook.json().path("metadata");
    assertThat(metadata.propertyNames()).containsExactlyInAnyOrder("kernelspec", "language_info");
    assertThat(metadata.path("kernelspec").path("name").asString()).isEqualTo("lambdascope");
    assertThat(metadata.path("language_info").propertyNames()).containsExactly("name");
    for (JsonNode cell : notebook.json().path("cells")) {
      assertThat(cell.path("metadata").propertyNames()).isEmpty();
    }
    // Paths, but not slashes between words.
    assertThat(notebook.outputs().toString())
        .doesNotContainPattern("[^\\w/](/(home|root|tmp|Users|work|var|private)/|[A-Z]:\\\\\\\\)");
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void holdPicturesOfModestSize(NotebookFile notebook) throws IOException {
    assertThat(Files.size(notebook.path())).isLessThan(MOST_BYTES);
    int pictures = 0;
    for (JsonNode output : notebook.outputs()) {
      JsonNode png = output.path("data").path("image/png");
      if (!png.isMissingNode()) {
        byte[] bytes = Base64.getMimeDecoder().decode(png.asString());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        assertThat(image.getWidth()).isEqualTo(630);
        pictures++;
      }
    }
    assertThat(pictures).isPositive();
  }
}
