package org.lambdascope.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One entry changes; every other character stays. */
class SpecTextTest {

  private static final String TEXT =
      """
      # What this is for.
      lambdascope: 1
      model: lambda-llama   # bundled
      arms: [vanilla, "lm-infinite:global=10,local=512"]
      data: {text: welcome, piece: 64}
      experiments:
        # Fig. 3.
        - kind: perplexity
          lengths: [16, 64]  # milestones
          window: 8

        # Table 2.
        - kind: generation-quality
          lengths:
            - 16
            - 32
          new-tokens: 4
      """;

  private static SpecText text() throws SpecException {
    return SpecText.of("a.yaml", TEXT);
  }

  private static String replaced(String from, String to) {
    assertThat(TEXT).contains(from);
    return TEXT.replace(from, to);
  }

  @Test
  void valuesAreReadAsWritten() throws SpecException {
    SpecText text = text();
    assertThat(text.values("model")).containsExactly("lambda-llama");
    assertThat(text.values("arms")).containsExactly("vanilla", "lm-infinite:global=10,local=512");
    assertThat(text.values("experiments[1].lengths")).containsExactly("16", "32");
    assertThat(text.values("experiments[1].stride")).isEmpty();
    assertThat(text.size("experiments")).isEqualTo(2);
    assertThat(text.keys("data")).containsExactly("text", "piece");
    assertThat(text.has("data.piece")).isTrue();
    assertThat(text.has("experiments[7].kind")).isFalse();
  }

  @Test
  void oneValueIsReplaced() throws SpecException {
    assertThat(text().with("model", "lambda-cepe").text())
        .isEqualTo(replaced("lambda-llama ", "lambda-cepe "));
    assertThat(text().with("data.piece", "128").text())
        .isEqualTo(replaced("piece: 64", "piece: 128"));
    assertThat(text().with("experiments[0].lengths", "[8]").text())
        .isEqualTo(replaced("[16, 64]", "[8]"));
    assertThat(text().with("arms", SpecText.list(List.of("ceiling", "window:local=8"))).text())
        .isEqualTo(
            replaced(
                "[vanilla, \"lm-infinite:global=10,local=512\"]", "[ceiling, \"window:local=8\"]"));
  }

  @Test
  void aBlockOfLinesBecomesOneLine() throws SpecException {
    assertThat(text().with("experiments[1].lengths", "[8]").text())
        .isEqualTo(replaced("lengths:\n      - 16\n      - 32\n", "lengths: [8]\n"));
  }

  @Test
  void aNewEntryGoesBehindTheLast() throws SpecException {
    assertThat(text().with("experiments[0].stride", "4").text())
        .isEqualTo(replaced("window: 8\n", "window: 8\n    stride: 4\n"));
    assertThat(text().with("data.count", "2").text())
        .isEqualTo(replaced("piece: 64}", "piece: 64, count: 2}"));
    assertThat(text().with("experiments[1].data.text", "b").text())
        .isEqualTo(replaced("new-tokens: 4\n", "new-tokens: 4\n    data: {text: b}\n"));
    assertThat(text().with("seed", "3").text()).isEqualTo(TEXT.stripTrailing() + "\nseed: 3\n");
  }

  @Test
  void anEntryGoesWithItsLineOrItsComma() throws SpecException {
    assertThat(text().without("experiments[0].window").text())
        .isEqualTo(replaced("    window: 8\n", ""));
    assertThat(text().without("data.text").text()).isEqualTo(replaced("text: welcome, ", ""));
    assertThat(text().without("data.piece").text()).isEqualTo(replaced(", piece: 64", ""));
    assertThat(text().without("data.piece").without("data.text").text())
        .isEqualTo(replaced("data: {text: welcome, piece: 64}\n", ""));
    assertThat(text().without("experiments[0].kind").text())
        .isEqualTo(replaced("- kind: perplexity\n    lengths", "- lengths"));
    assertThat(text().without("nothing").text()).isEqualTo(TEXT);
  }

  @Test
  void itemsComeAndGo() throws SpecException {
    Map<String, String> item = new LinkedHashMap<>();
    item.put("kind", "ood-factors");
    item.put("length", "64");
    assertThat(text().withItem("experiments", item).text())
        .isEqualTo(TEXT + "  - kind: ood-factors\n    length: 64\n");
    assertThat(text().without("experiments[0]").text())
        .isEqualTo(
            replaced(
                "  - kind: perplexity\n    lengths: [16, 64]  # milestones\n    window: 8\n", ""));
    assertThat(text().withCopy("experiments", 0).text())
        .isEqualTo(
            TEXT + "  - kind: perplexity\n    lengths: [16, 64]  # milestones\n    window: 8\n");
    SpecText flow = SpecText.of("a.yaml", "experiments: [{kind: a}]");
    assertThat(flow.withItem("experiments", item).text())
        .isEqualTo("experiments: [{kind: a}, {kind: ood-factors, length: 64}]");
    assertThat(SpecText.of("a.yaml", "lambdascope: 1").withItem("experiments", item).text())
        .isEqualTo("lambdascope: 1\nexperiments: [{kind: ood-factors, length: 64}]");
  }

  @Test
  void everyCharacterOfAnyPlaneCountsOnce() throws SpecException {
    SpecText text = SpecText.of("a.yaml", "# 𝛬 mask\nname: 𝛬\nseed: 1\n");
    assertThat(text.with("seed", "2").text()).isEqualTo("# 𝛬 mask\nname: 𝛬\nseed: 2\n");
  }

  @Test
  void textsThatYamlReadsOtherwiseAreQuoted() throws SpecException {
    for (String value :
        List.of(
            "a: b", "- a", "#a", "a #b", "[a]", "{a}", "\"a\"", "a\\b", "*a", "a, b", "'", "é")) {
      SpecText text = SpecText.of("a.yaml", "name: x").with("name", SpecText.scalar(value));
      assertThat(text.values("name")).containsExactly(value);
    }
  }

  @Test
  void mistakesNameLineAndPlace() {
    assertThatThrownBy(
            () -> ExperimentFile.parse(Path.of("a.yaml"), TEXT.replace("[16, 64]", "[64, 16]")))
        .isInstanceOfSatisfying(
            SpecException.class,
            e -> {
              assertThat(e.line()).isEqualTo(9);
              assertThat(e.place()).isEqualTo("experiments[0].lengths[1]");
              assertThat(e.reason()).isEqualTo("expected more than the 64 before it, found '16'");
              assertThat(e).hasMessage("a.yaml:9: " + e.place() + ": " + e.reason());
            });
    assertThatThrownBy(
            () ->
                ExperimentFile.parse(
                    Path.of("a.yaml"), TEXT.replace("lengths: [16, 64]", "smooth: 8")))
        .isInstanceOfSatisfying(
            SpecException.class,
            e -> {
              assertThat(e.line()).isEqualTo(8);
              assertThat(e.place()).isEqualTo("experiments[0].lengths");
            });
    assertThatThrownBy(() -> SpecText.of("a.yaml", "a: [1"))
        .isInstanceOfSatisfying(
            SpecException.class, e -> assertThat(e.reason()).startsWith("not YAML"));
    assertThatThrownBy(() -> SpecText.of("a.yaml", "arms: [vanilla,\n  window\ndata: x\n"))
        .isInstanceOfSatisfying(
            SpecException.class,
            e -> {
              assertThat(e.line()).isEqualTo(3);
              assertThat(e.reason()).endsWith("flow sequence that begins in line 1)");
            });
  }

  @Test
  void aTextThatIsNoMappingTakesNoEntry() throws Exception {
    SpecText text = SpecText.of("a.yaml", "0");
    assertThatThrownBy(() -> text.with("file.pretrain-length", "8"))
        .isInstanceOf(SpecException.class)
        .hasMessage("a.yaml:1: expected keys with values, found '0'");
  }
}
