package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The commands on a real model and a real text. */
class CommandsTest {

  private static String model = "";
  private static String text = "";
  private static JsonNode reference = new ObjectMapper().createObjectNode();

  @TempDir Path folder;

  @BeforeAll
  static void find() {
    // Surefire runs in the module's folder, one below the repository's root.
    Path shared = Path.of("").toAbsolutePath().resolve("../../shared").normalize();
    Path found = shared.resolve("models/stories260K");
    Path story = shared.resolve("texts/tinystories-valid.txt");
    Assumptions.assumeTrue(
        Files.exists(found) && Files.exists(story),
        "skipped: no models/stories260K and texts in ../shared beside the checkout");
    model = found.toString();
    text = story.toString();
    reference = new ObjectMapper().readTree(found.resolve("reference.json").toFile());
  }

  @Test
  void infoDescribesTheModel() {
    Invocation run = Invocation.of("info", model, "--json");
    JsonNode info = new ObjectMapper().readTree(run.out);
    assertThat(info.get("pretrainLength").asInt()).isEqualTo(512);
    assertThat(info.get("layers").asInt()).isEqualTo(5);
    assertThat(info.get("bosId").asInt()).isEqualTo(1);
    assertThat(Invocation.of("info", model).out).contains("L_pretrain  512").contains("128k");
  }

  @Test
  void tokenizeGivesTheReferenceIds() {
    Invocation run = Invocation.of("tokenize", model, "--text", "Once upon a time");
    assertThat(run.out.strip()).isEqualTo("1,403,407,261,378");
    assertThat(Invocation.of("tokenize", model, "--text", "Once", "--no-bos").out.strip())
        .isEqualTo("403");
  }

  @Test
  void generateGivesTheReferenceTextFromFolderAndGguf() {
    List<Integer> expected = ids(reference.get("greedy_ids"));
    for (String path : List.of(model, model + "/stories260K.gguf")) {
      Path json = folder.resolve("g.json");
      Invocation run =
          Invocation.of(
              "generate",
              path,
              "--prompt",
              "",
              "--max-new-tokens",
              "200",
              "--greedy",
              "--json",
              json.toString());
      assertThat(run.status).isZero();
      JsonNode result = new ObjectMapper().readTree(json.toFile());
      List<Integer> all = ids(result.get("prompt"));
      all.addAll(ids(result.get("arms").get(0).get("ids")));
      assertThat(all).isEqualTo(expected);
      assertThat(result.get("arms").get(0).get("stop").asString()).isEqualTo("length");
      assertThat(run.out)
          .isEqualTo(result.get("arms").get(0).get("text").asString() + System.lineSeparator());
    }
  }

  @Test
  void generateHeadsSeveralArmsAndStops() {
    Invocation run =
        Invocation.of(
            "generate",
            model,
            "--prompt",
            "Once upon a time",
            "--max-new-tokens",
            "80",
            "--greedy",
            "--stop",
            "named Lily",
            "--arm",
            "vanilla",
            "--arm",
            "window:local=64");
    assertThat(run.out)
        .contains("== vanilla")
        .contains("== window:local=64")
        .contains("there was a little girl")
        .doesNotContain("named Lily");
  }

  @Test
  void armsWrittenSideBySideAreWhatEachWritesAlone() {
    List<String> arms = List.of("vanilla", "window:local=8", "truncate:local=16,stride=8");
    StringBuilder alone = new StringBuilder();
    for (String arm : arms) {
      alone
          .append(alone.isEmpty() ? "" : System.lineSeparator())
          .append("== ")
          .append(arm)
          .append(System.lineSeparator())
          .append(generated("--arm", arm).out);
    }
    Invocation together =
        generated("--arm", arms.get(0), "--arm", arms.get(1), "--arm", arms.get(2));
    assertThat(together.status).isZero();
    assertThat(together.out).isEqualTo(alone.toString());
  }

  private Invocation generated(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("generate", model, "--prompt", "Once upon a time", "--max-new-tokens", "40"));
    arguments.addAll(List.of("--temperature", "0.8", "--seed", "3"));
    arguments.addAll(List.of(more));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  @Test
  void logitsMatchTheReference() throws IOException {
    Path npy = folder.resolve("l.npy");
    List<Integer> prompt = ids(reference.get("prompt_ids"));
    Invocation run =
        Invocation.of(
            "logits",
            model,
            "--ids",
            String.join(",", prompt.stream().map(String::valueOf).toList()),
            "--out",
            npy.toString());
    assertThat(run.status).isZero();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
    int header = 10 + bytes.getShort(8);
    assertThat(header % 64).isZero();
    assertThat(new String(bytes.array(), 10, header - 10, StandardCharsets.US_ASCII))
        .contains("'descr': '<f4'")
        .contains("'shape': (%d, 512)".formatted(prompt.size()))
        .endsWith("\n");
    JsonNode rows = reference.get("prompt_logits");
    for (int t = 0; t < prompt.size(); t++) {
      for (int v = 0; v < 512; v++) {
        assertThat((double) bytes.getFloat(header + 4 * (512 * t + v)))
            .isCloseTo(rows.get(t).get(v).asDouble(), within(1e-3));
      }
    }
    assertThat(Invocation.of("logits", model, "--ids", "1,512", "--out", npy.toString()).err)
        .contains("expected ids from 0 to 511, found 512 as number 2");
  }

  @Test
  void scoreWritesTheContractsJson() {
    Path json = folder.resolve("s.json");
    Invocation run =
        Invocation.of(
            "score",
            model,
            "--file",
            text,
            "--length",
            "700",
            "--arm",
            "vanilla",
            "--arm",
            "lm-infinite",
            "--json",
            json.toString());
    assertThat(run.status).isZero();
    assertThat(run.out).contains("256–512").contains("cache MiB").contains("lm-infinite");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.get("model").asString()).isEqualTo("stories260K");
    assertThat(result.get("tokens").size()).isEqualTo(700);
    assertThat(result.get("tokens").get(0).asInt()).isEqualTo(1);
    assertThat(result.get("cancelled").asBoolean()).isFalse();
    for (JsonNode arm : result.get("arms")) {
      assertThat(arm.get("nll").size()).isEqualTo(699);
      assertThat(arm.get("cacheBytes").asLong()).isPositive();
      double sum = 0;
      for (int t = 256; t < 512; t++) {
        sum += arm.get("nll").get(t - 1).asDouble();
      }
      // An independent PyTorch run gives 1.218.
      assertThat(sum / 256).isCloseTo(1.218, within(0.01));
    }
    assertThat(folder.resolve("s.json.part")).doesNotExist();
  }

  @Test
  void anInterruptedScoreKeepsWhatIsDone() {
    Path json = folder.resolve("c.json");
    AtomicInteger asked = new AtomicInteger();
    Invocation run =
        Invocation.cancelledBy(
            () -> asked.incrementAndGet() > 40,
            "score",
            model,
            "--file",
            text,
            "--length",
            "4096",
            "--chunk",
            "32",
            "--json",
            json.toString());
    assertThat(run.status).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(run.err).contains("interrupted in vanilla after");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.get("cancelled").asBoolean()).isTrue();
    assertThat(result.get("arms").get(0).get("nll").size()).isBetween(1, 4094);
  }

  @Test
  void armsThatShareABeginningScoreAsEachAlone() throws IOException {
    List<String> arms = List.of("vanilla", "lm-infinite:local=300,ceiling=300", "window:local=200");
    List<JsonNode> alone = new ArrayList<>();
    for (String arm : arms) {
      alone.add(scored("--arm", arm).get(0).get("nll"));
    }
    JsonNode together = scored("--arm", arms.get(0), "--arm", arms.get(1), "--arm", arms.get(2));
    for (int a = 0; a < arms.size(); a++) {
      assertThat(together.get(a).get("nll")).as(arms.get(a)).isEqualTo(alone.get(a));
    }
  }

  private JsonNode scored(String... arms) {
    Path json = folder.resolve("scored.json");
    List<String> arguments =
        new ArrayList<>(
            List.of("score", model, "--file", text, "--length", "600", "--chunk", "64"));
    arguments.addAll(List.of("--json", json.toString()));
    arguments.addAll(List.of(arms));
    assertThat(Invocation.of(arguments.toArray(String[]::new)).status).isZero();
    return new ObjectMapper().readTree(json.toFile()).get("arms");
  }

  @Test
  void aShortTextIsUsedWholeWithANote() throws IOException {
    Path small = Files.writeString(folder.resolve("small.txt"), "Once upon a time");
    Invocation run = Invocation.of("score", model, "--file", small.toString(), "--length", "100");
    assertThat(run.status).isZero();
    assertThat(run.err).contains("the text has 5 tokens, fewer than --length 100");
  }

  @Test
  void probeWritesTablesAndFigures() throws IOException {
    Path out = folder.resolve("new folder");
    Invocation run =
        Invocation.of(
            "probe",
            model,
            "--file",
            text,
            "--length",
            "600",
            "--arm",
            "vanilla",
            "--arm",
            "lm-infinite",
            "--out",
            out.toString());
    assertThat(run.err).contains("captures of vanilla: ");
    assertThat(run.status).isZero();
    for (String name : List.of("logits_by_distance", "entropy", "pca", "nll")) {
      for (String extension : List.of("csv", "svg", "png", "pdf")) {
        assertThat(out.resolve(name + "." + extension)).isNotEmptyFile();
      }
      assertThat(out.resolve(name).resolve("figure.json")).isNotEmptyFile();
    }
    assertThat(out.resolve("run.json")).content().contains("\"lm-infinite", "sha256:");
    assertThat(
            Invocation.of(
                    "probe",
                    model,
                    "--file",
                    text,
                    "--length",
                    "64",
                    "--layer",
                    "5",
                    "--out",
                    out.toString())
                .err)
        .contains("--layer: expected 0 to 4, found 5");
  }

  @Test
  void probeSaysWhatAShortTextHasNoFigureFor() {
    Path out = folder.resolve("short");
    Invocation run =
        Invocation.of("probe", model, "--file", text, "--length", "2", "--out", out.toString());
    assertThat(run.status).isZero();
    assertThat(run.err).contains("pca: no figure");
    assertThat(out.resolve("pca.svg")).doesNotExist();
  }

  @Test
  void aModelWhoseOutputIsBrokenIsNamed() throws IOException {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    for (String name : List.of("config.json", "tokenizer.model", "model.safetensors")) {
      Files.copy(Path.of(model, name), broken.resolve(name));
    }
    Path weights = broken.resolve("model.safetensors");
    assertThat(weights.toFile().setWritable(true)).isTrue();
    byte[] bytes = Files.readAllBytes(weights);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    // The last tensor is the final norm's: every logit becomes NaN.
    buffer.putFloat(bytes.length - Float.BYTES, Float.NaN);
    Files.write(weights, bytes);
    Path json = folder.resolve("n.json");
    Invocation score =
        Invocation.of(
            "score", broken.toString(), "--file", text, "--length", "9", "--json", json.toString());
    assertThat(score.err).contains("vanilla: 8 of 8 values are not finite numbers");
    JsonNode nll = new ObjectMapper().readTree(json.toFile()).get("arms").get(0).get("nll");
    assertThat(nll.get(0).isNull()).isTrue();
    Invocation generate =
        Invocation.of("generate", broken.toString(), "--prompt", "a", "--max-new-tokens", "2");
    assertThat(generate.status).isEqualTo(ExitStatus.FAILURE);
    assertThat(generate.err).contains("broken: logits: expected").doesNotContain("unexpected");
  }

  @Test
  void aFileOfVocabularyAloneTokenizes() {
    Path vocabulary =
        Path.of(model).resolve("../../tokenizers/vectors/ggml-vocab-llama-spm.gguf").normalize();
    Assumptions.assumeTrue(Files.exists(vocabulary), "skipped: no tokenizers/vectors in ../shared");
    assertThat(Invocation.of("tokenize", vocabulary.toString(), "--text", "Hello").out.strip())
        .isEqualTo("1,15043");
    assertThat(Invocation.of("info", vocabulary.toString()).err).contains("found no tensors");
  }

  private static List<Integer> ids(JsonNode array) {
    List<Integer> out = new ArrayList<>();
    for (JsonNode id : array) {
      out.add(id.asInt());
    }
    return out;
  }
}
