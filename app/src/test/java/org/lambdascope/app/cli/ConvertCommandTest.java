package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lambdascope.engine.experiment.Arm;
import org.lambdascope.engine.experiment.ArmKind;
import org.lambdascope.engine.experiment.ScoreListener;
import org.lambdascope.engine.experiment.ScoreOptions;
import org.lambdascope.engine.experiment.Scoring;
import org.lambdascope.engine.model.LanguageModel;
import org.lambdascope.engine.model.ModelLoader;
import org.lambdascope.engine.task.Cancellation;

/** The bundled model as a GGUF file. */
class ConvertCommandTest {

  /** Twice the model's training length: enough to see quantisation, few enough for a test. */
  private static final int TOKENS = 1024;

  @TempDir Path folder;
  private Path model = Path.of("");
  private Path document = Path.of("");

  @BeforeEach
  void find() {
    Path samples = Path.of("").toAbsolutePath().resolve("../samples").normalize();
    model = samples.resolve("models/lambda-llama");
    document = samples.resolve("documents/chronicle-32k.txt");
    Assumptions.assumeTrue(
        Files.exists(model) && Files.exists(document), "skipped: the samples are not there");
  }

  private Invocation convert(String type, Path out, String... more) {
    return Invocation.of(
        Stream.concat(
                Stream.of("convert", model.toString(), "--type", type, "--out", out.toString()),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  /** Bounds in nats: what the types lose on the bundled model. */
  @ParameterizedTest
  @CsvSource({"f32, 0.0005", "bf16, 0.0005", "f16, 0.001", "q8_0, 0.02", "q4_0, 0.25"})
  void theConvertedModelReadsAsTheOriginal(String type, double bound) throws IOException {
    Path out = folder.resolve("model.gguf");
    Invocation run = convert(type, out);
    assertThat(run.status).as(run.err).isZero();
    assertThat(run.out).contains("model.gguf: ").contains("tensors");
    String text = Files.readString(document);
    try (LanguageModel original = ModelLoader.open(model);
        LanguageModel converted = ModelLoader.open(out)) {
      int[] tokens = original.tokenizer().encode(text, true);
      assertThat(converted.tokenizer().encode(text, true)).isEqualTo(tokens);
      assertThat(converted.tokenizer().bosId()).isEqualTo(original.tokenizer().bosId());
      assertThat(converted.tokenizer().eosIds()).isEqualTo(original.tokenizer().eosIds());
      assertThat(converted.tokenizer().addsBosByDefault())
          .isEqualTo(original.tokenizer().addsBosByDefault());
      assertThat(converted.config().pretrainLength()).isEqualTo(original.config().pretrainLength());
      int[] first = Arrays.copyOf(tokens, TOKENS);
      assertThat(nll(converted, first)).isCloseTo(nll(original, first), within(bound));
    }
  }

  private static double nll(LanguageModel opened, int[] tokens) {
    int length = opened.config().pretrainLength();
    return Scoring.score(
            opened.decoder(),
            Arm.withDefaults(ArmKind.LM_INFINITE, length),
            tokens,
            ScoreOptions.DEFAULT,
            ScoreListener.NONE,
            Cancellation.NONE)
        .meanNll(0, tokens.length - 1);
  }

  @Test
  void anExistingFileIsReplacedOnlyWhenForced() throws IOException {
    Path out = Files.writeString(folder.resolve("there.gguf"), "precious");
    Invocation refused = convert("q8_0", out);
    assertThat(refused.status).isEqualTo(ExitStatus.FAILURE);
    assertThat(refused.err).contains("expected a file that does not exist yet").contains("--force");
    assertThat(out).hasContent("precious");
    assertThat(convert("q8_0", out, "--force").status).isZero();
    assertThat(Files.size(out)).isGreaterThan(1 << 20);
  }

  @Test
  void whatCannotBeDoneLeavesNothingBehind() throws IOException {
    Path out = folder.resolve("m.gguf");
    assertThat(convert("q5_9", out).status).isEqualTo(ExitStatus.USAGE);
    assertThat(convert("q8_0", folder.resolve("no/such/folder.gguf")).err)
        .contains("there is no folder");
    Invocation stopped =
        Invocation.cancelledBy(
            () -> true, "convert", model.toString(), "--type", "q8_0", "--out", out.toString());
    assertThat(stopped.status).isEqualTo(ExitStatus.INTERRUPTED);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aModelIsNotWrittenOverItself() {
    Path out = folder.resolve("m.gguf");
    assertThat(convert("q8_0", out).status).isZero();
    Invocation run =
        Invocation.of(
            "convert", out.toString(), "--type", "q4_0", "--out", out.toString(), "--force");
    assertThat(run.status).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err).contains("no part of the model");
  }
}
