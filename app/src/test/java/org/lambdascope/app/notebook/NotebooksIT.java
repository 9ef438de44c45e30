package org.lambdascope.app.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Executes all notebooks as a reader does, on the packaged program. Skipped where Jupyter or the
 * kernel is not there; {@code -Dlambdascope.jupyter=…} names a Jupyter that is not on the path.
 */
final class NotebooksIT {

  /** How {@code run.sh} ends where something that it needs is absent. */
  private static final int ABSENT = 77;

  @Test
  void runFromTopToBottom() throws IOException, InterruptedException {
    assumeFalse(
        System.getProperty("os.name", "").startsWith("Windows"), "notebooks/run.sh needs bash");
    Path script = NotebookFile.FOLDER.resolve("run.sh");
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
    builder.redirectErrorStream(true);
    builder.environment().put("LAMBDASCOPE_JAVA_HOME", System.getProperty("java.home"));
    String jupyter = System.getProperty("lambdascope.jupyter", "");
    if (!jupyter.isEmpty()) {
      builder.environment().put("LAMBDASCOPE_JUPYTER", jupyter);
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status == ABSENT) {
      abort(said.strip());
    }

    assertThat(status).as(said).isZero();
    List<NotebookFile> kept = NotebookFile.in(NotebookFile.FOLDER);
    List<NotebookFile> executed = NotebookFile.in(NotebookFile.FOLDER.resolve("target"));
    assertThat(executed)
        .extracting(NotebookFile::name)
        .containsExactlyElementsOf(kept.stream().map(NotebookFile::name).toList());
    for (int i = 0; i < kept.size(); i++) {
      assertThat(executed.get(i).kinds())
          .as("%s: what its cells show is kept; run.sh --in-place", kept.get(i).name())
          .isEqualTo(kept.get(i).kinds());
    }
  }
}
