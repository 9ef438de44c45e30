package org.lambdascope.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsTest {

  @Test
  void aPerfectHypothesisScoresFull() {
    String text = "The cat sat on the mat.";
    BleuScore score = Bleu.CORPUS.sentence(text, List.of(text));
    assertThat(score.score()).isBetween(99.999999, 100.000001);
    assertThat(score.counts().totals()).containsExactly(7L, 6L, 5L, 4L);
    assertThat(Rouge.n(2, text, text)).isEqualTo(new RougeScore(1, 1, 1));
    assertThat(Rouge.lSum(text, text)).isEqualTo(new RougeScore(1, 1, 1));
  }

  @Test
  void countsOfPartsAddUpToThoseOfTheWhole() {
    List<String> hypotheses = List.of("a b c d e", "x y z w");
    List<List<String>> references = List.of(List.of("a b c d f"), List.of("x y z w v"));
    BleuCounts sum =
        Bleu.CORPUS
            .count(hypotheses.get(0), references.get(0))
            .plus(Bleu.CORPUS.count(hypotheses.get(1), references.get(1)));
    assertThat(Bleu.CORPUS.score(sum, "1")).isEqualTo(Bleu.CORPUS.corpus(hypotheses, references));
  }

  @Test
  void theBestAnswerCountsAndAnEmptyOneOnlyAlone() {
    assertThat(AnswerMatch.exact("The Paris!", List.of("London", "paris"))).isTrue();
    assertThat(AnswerMatch.f1("in Paris", List.of("Paris", "in the Paris"))).isEqualTo(1);
    assertThat(AnswerMatch.f1("", List.of("", "Paris"))).isZero();
    assertThat(AnswerMatch.f1("", List.of())).isEqualTo(1);
    assertThat(AnswerMatch.normalise("An  apple's\u00a0core")).isEqualTo("apples core");
  }

  @Test
  void whatCannotBeScoredIsNamed() {
    assertThatThrownBy(() -> Bleu.CORPUS.sentence("x", List.of()))
        .hasMessageContaining("at least 1 reference");
    assertThatThrownBy(() -> Bleu.CORPUS.corpus(List.of("x"), List.of()))
        .hasMessageContaining("found 1 and 0");
    assertThatThrownBy(() -> BleuTokenisation.of("intl")).hasMessageContaining("found 'intl'");
    assertThatThrownBy(() -> BleuSmoothing.floor(-1)).hasMessageContaining("found -1.0");
    assertThatThrownBy(() -> Rouge.n(0, "x", "y")).hasMessageContaining("found 0");
  }
}
