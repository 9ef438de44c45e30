package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lambdascope.app.shell.TinyModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The commands on what context is worth, on a small random CEPE. */
class ContextCommandsTest {

  private static final String CEPE = "cepe:chunk=8,window=16";

  @TempDir Path folder;
  private String model = "";
  private String text = "";

  @BeforeEach
  void make() throws IOException {
    TinyModel.addCepe(folder);
    model = folder.resolve("models/lambda-cepe").toString();
    text = TinyModel.text(folder, 600).toString();
  }

  private static JsonNode json(Path file) {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void scalingScoresTheSameTargetsUnderEveryContext() {
    Path out = folder.resolve("out");
    Invocation run =
        Invocation.of(
            "context-scaling",
            model,
            "--documents",
            text,
            "--parts",
            "4",
            "--contexts",
            "0,1x,2x,100",
            "--decode",
            "2",
            "--arm",
            CEPE,
            "--arm",
            "vanilla",
            "--arm",
            "replug:passages=2,chunk=8,window=16",
            "--out",
            out.toString());
    assertThat(run.err).isEmpty();
    assertThat(run.status).isZero();
    assertThat(run.out)
        .contains("15 targets after 0 local tokens, 1 per document, in 4 documents")
        .contains("cepe:chunk=8,context=131072,window=16")
        .contains("nll_by_context.pdf", "cost_by_context.svg", "context_scaling.csv");
    JsonNode result = json(out.resolve("context_scaling.json"));
    assertThat(result.get("points")).hasSize(12);
    assertThat(result.get("measurements")).hasSize(48);
    JsonNode cepe = result.get("points").get(0);
    JsonNode vanilla = result.get("points").get(4);
    assertThat(cepe.get("nll").get("mean")).isEqualTo(vanilla.get("nll").get("mean"));
    assertThat(cepe.get("nll").get("documents").asInt()).isEqualTo(4);
    assertThat(result.get("points").get(3).get("context").asInt()).isEqualTo(100);
    assertThat(result.get("cancelled").asBoolean()).isFalse();
    assertThat(out.resolve("context_scaling.csv")).isNotEmptyFile();
  }

  @Test
  void controlsAreComparedWithTheTrueContext() {
    String[] args = {
      "context-controls",
      model,
      "--documents",
      text,
      "--parts",
      "3",
      "--stretches",
      "2",
      "--context",
      "4x",
      "--arm",
      CEPE,
      "--json"
    };
    Invocation run = Invocation.of(args);
    assertThat(run.err).isEmpty();
    JsonNode points = new ObjectMapper().readTree(run.out).get("points");
    assertThat(points.valueStream().map(p -> p.get("control").asString()))
        .containsExactly("true", "none", "other-document", "scrambled", "permuted");
    assertThat(points.get(0).get("change").get("mean").asDouble()).isZero();
    assertThat(points.get(4).get("change").get("mean").asDouble()).isBetween(-1e-4, 1e-4);
    assertThat(points.get(3).get("change").get("mean").asDouble()).isNotZero();
    args[args.length - 1] = "--seed=7";
    Invocation other = Invocation.of(args);
    assertThat(other.status).isZero();
    assertThat(other.out).contains("scrambled", "other-document", "±");
  }

  @Test
  void aCancelledRunKeepsWhatWasMeasured() {
    Path out = folder.resolve("out");
    AtomicInteger asked = new AtomicInteger();
    Invocation run =
        Invocation.cancelledBy(
            () -> asked.incrementAndGet() > 60,
            "context-scaling",
            model,
            "--documents",
            text,
            "--contexts",
            "0,1x,2x,4x,8x,16x",
            "--decode=0",
            "--arm",
            CEPE,
            "--arm",
            "vanilla",
            "--out",
            out.toString());
    assertThat(run.status).isEqualTo(ExitStatus.INTERRUPTED);
    JsonNode result = json(out.resolve("context_scaling.json"));
    assertThat(result.get("cancelled").asBoolean()).isTrue();
    assertThat(result.get("measurements").size()).isBetween(1, 11);
    assertThat(run.err)
        .contains("interrupted after %d measurements".formatted(result.get("measurements").size()));
    assertThat(Files.exists(out.resolve("nll_by_context.svg"))).isTrue();
  }

  @Test
  void costComparesTheWaysToReachAContext() {
    Path out = folder.resolve("out");
    Invocation run =
        Invocation.of(
            "context-cost",
            "--shape",
            "tiny",
            "--lengths",
            "256,512,1024",
            "--assume-from=1024",
            "--steps=2",
            "--window=32",
            "--out",
            out.toString());
    assertThat(run.status).isZero();
    assertThat(run.out)
        .contains("cepe absorbed against vanilla", "cepe materialised", "less memory", "heap MiB")
        .contains("context_cost.pdf");
    assertThat(out.resolve("context_cost.csv")).isNotEmptyFile();
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    assertThat(
            Invocation.of(
                    "context-scaling",
                    model,
                    "--documents",
                    text,
                    "--contexts",
                    "0,x",
                    "--arm",
                    CEPE)
                .err)
        .contains("--contexts: expected a number of tokens, or of windows as 4x, found 'x'");
    assertThat(
            Invocation.of(
                    "context-scaling",
                    model,
                    "--documents",
                    text,
                    "--contexts",
                    "99x",
                    "--arm",
                    CEPE)
                .err)
        .contains("--documents: expected a document of at least 1600 tokens");
    assertThat(Invocation.of("context-controls", model, "--documents", text, "--arm", CEPE).err)
        .contains("--parts N cuts one text into several");
    assertThat(
            Invocation.of(
                    "context-scaling",
                    model,
                    "--documents",
                    text,
                    "--targets=16",
                    "--contexts=0",
                    "--arm",
                    CEPE)
                .err)
        .contains("than window = 16, found 16");
    assertThat(Invocation.of("context-cost", "--shape", "huge").err)
        .contains("--shape: expected one of [llama-110m, llama-1.1b, tiny], found 'huge'");
  }
}
