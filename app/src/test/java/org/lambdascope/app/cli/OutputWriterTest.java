package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.engine.task.Cancellation;

class OutputWriterTest {

  @Test
  void aFullDiskIsAFailure() {
    StringWriter err = new StringWriter();
    assertThat(help("No space left on device", err)).isEqualTo(ExitStatus.FAILURE);
    assertThat(err.toString().strip())
        .isEqualTo("lambdascope: standard output: No space left on device");
  }

  @Test
  void aReaderThatLeavesIsNone() {
    StringWriter err = new StringWriter();
    assertThat(help("Broken pipe", err)).isZero();
    assertThat(err.toString()).isEmpty();
  }

  private static int help(String reason, StringWriter err) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        };
    Terminal terminal =
        new Terminal(
            new OutputWriter(broken, StandardCharsets.UTF_8),
            new PrintWriter(err),
            false,
            Cancellation.NONE);
    return new CommandLineRunner(terminal, Samples.none(), (model, text) -> {}).run("--help");
  }
}
