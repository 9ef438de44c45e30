package org.lambdascope.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.spec.PromptSpec;

/** What is asked, and when an answer counts. */
class PromptsTest {

  private static int words(String text) {
    return text.strip().split("\\s+").length;
  }

  private static double at(Prompt prompt, String coordinate) {
    return prompt.at().getOrDefault(coordinate, Double.NaN);
  }

  @Test
  void passKeysFillTheLengthAndStandAtTheirDepth() {
    List<Prompt> prompts =
        PassKeys.make(
            new PromptSpec.Made(new int[] {200, 400}, new double[] {0, 0.5, 1}, 2, 7),
            PromptsTest::words);
    assertThat(prompts).hasSize(12);
    for (Prompt prompt : prompts) {
      int length = (int) at(prompt, "length");
      assertThat(words(prompt.text())).isLessThanOrEqualTo(length).isGreaterThan(length - 25);
      assertThat(prompt.answer()).matches("[1-9][0-9]{4}");
      assertThat(prompt.text()).endsWith("The pass key is");
      int place = prompt.text().indexOf("The pass key is " + prompt.answer());
      double depth = (double) place / prompt.text().length();
      assertThat(depth).isBetween(at(prompt, "depth") - 0.3, at(prompt, "depth") + 0.3);
    }
    assertThat(prompts)
        .isEqualTo(
            PassKeys.make(
                new PromptSpec.Made(new int[] {200, 400}, new double[] {0, 0.5, 1}, 2, 7),
                PromptsTest::words));
  }

  @Test
  void aTextTooShortForAnyFillerHasNone() {
    PromptSpec.Made made = new PromptSpec.Made(new int[] {32}, new double[] {0.5}, 1, 1);
    assertThat(PassKeys.make(made, PromptsTest::words).getFirst().text()).doesNotContain("grass");
  }

  @Test
  void anAnswerCountsAsWholeWords() {
    assertThat(RetrievalExperiment.holds(" 12345. It", "12345")).isTrue();
    assertThat(RetrievalExperiment.holds(" 123456", "12345")).isFalse();
    assertThat(RetrievalExperiment.holds("the Éclair", "éclair")).isTrue();
    assertThat(RetrievalExperiment.holds("", "a")).isFalse();
    assertThat(RetrievalExperiment.holds("a.b", "a.b")).isTrue();
    assertThat(RetrievalExperiment.holds("axb", "a.b")).isFalse();
  }

  @Test
  void passagesKeepTheirOrderAndHoldTheAnswer() {
    Question question =
        new Question("q", "v", List.of("v"), List.of("a", "b", "c", "gold", "d"), 3);
    assertThat(question.passages(0)).isEmpty();
    assertThat(question.passages(1)).containsExactly("gold");
    assertThat(question.passages(3)).containsExactly("a", "b", "gold");
    assertThat(question.passages(5)).containsExactly("a", "b", "c", "gold", "d");
  }

  @Test
  void aGridHasEveryCombination() {
    assertThat(
            AblationExperiment.combinations(
                new TreeMap<>(Map.of("a", new int[] {1, 2}, "b", new int[] {3, 4}))))
        .containsExactly(
            Map.of("a", 1, "b", 3),
            Map.of("a", 1, "b", 4),
            Map.of("a", 2, "b", 3),
            Map.of("a", 2, "b", 4));
  }
}
