package org.lambdascope.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scores of 1,000 pairs of texts in several scripts, empty ones among them, against sacreBLEU,
 * rouge-score and SQuAD 2.0's definitions; {@code src/test/reference/make_metrics_fixture.py} made
 * them.
 */
final class MetricsReferenceTest {

  private static final double TOLERANCE = 1e-6;

  private static JsonNode fixture = JsonMapper.shared().createObjectNode();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(
                MetricsReferenceTest.class.getResourceAsStream("/reference/metrics.json.gz")))) {
      fixture = JsonMapper.shared().readTree(in);
    }
    assertThat(fixture.get("pairs").size()).isEqualTo(1000);
  }

  private static Bleu bleu(JsonNode setting) {
    JsonNode value = setting.get(2);
    BleuSmoothing smoothing =
        switch (setting.get(1).asString()) {
          case "exp" -> BleuSmoothing.EXP;
          case "floor" -> BleuSmoothing.floor(value.asDouble());
          case "add-k" -> BleuSmoothing.addK(value.asDouble());
          default -> BleuSmoothing.NONE;
        };
    return new Bleu(
        BleuTokenisation.of(setting.get(0).asString()), smoothing, setting.get(3).asBoolean());
  }

  @Test
  void sentenceBleuIsSacrebleus() {
    for (JsonNode pair : fixture.get("pairs")) {
      String hypothesis = pair.get("hypothesis").asString();
      List<String> references = List.of(pair.get("reference").asString());
      for (int s = 0; s < fixture.get("sentence").size(); s++) {
        Bleu bleu = bleu(fixture.get("sentence").get(s));
        assertThat(bleu.sentence(hypothesis, references).score())
            .as("%s of '%s' against '%s'", bleu, hypothesis, references)
            .isCloseTo(pair.get("bleu").get(s).asDouble(), within(TOLERANCE));
      }
    }
  }

  @Test
  void corpusBleuIsSacrebleusWithOneReferenceAndWithTwo() {
    int size = fixture.get("lot").asInt();
    for (int s = 0; s < fixture.get("settings").size(); s++) {
      Bleu bleu = bleu(fixture.get("settings").get(s));
      for (int lot = 0; lot * size < fixture.get("pairs").size(); lot++) {
        List<String> hypotheses = new ArrayList<>();
        List<List<String>> one = new ArrayList<>();
        List<List<String>> two = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          hypotheses.add(text(lot * size + i, "hypothesis"));
          String first = text(lot * size + i, "reference");
          one.add(List.of(first));
          two.add(List.of(first, text(lot * size + (i + 1) % size, "reference")));
        }
        BleuScore single = bleu.corpus(hypotheses, one);
        assertThat(single.signature()).isEqualTo(fixture.get("signatures").get(s).asString());
        assertThat(single.score())
            .as("%s, lot %d", bleu, lot)
            .isCloseTo(fixture.get("corpus").get(s).get(lot).asDouble(), within(TOLERANCE));
        assertThat(bleu.corpus(hypotheses, two).score())
            .as("%s, lot %d, two references", bleu, lot)
            .isCloseTo(fixture.get("corpus2").get(s).get(lot).asDouble(), within(TOLERANCE));
      }
    }
  }

  private static String text(int pair, String side) {
    return fixture.get("pairs").get(pair).get(side).asString();
  }

  @Test
  void rougeIsRougeScores() {
    for (JsonNode pair : fixture.get("pairs")) {
      String prediction = pair.get("hypothesis").asString();
      String reference = pair.get("reference").asString();
      List<RougeScore> scores =
          List.of(
              Rouge.n(1, reference, prediction),
              Rouge.n(2, reference, prediction),
              Rouge.l(reference, prediction),
              Rouge.lSum(reference, prediction));
      for (int s = 0; s < scores.size(); s++) {
        JsonNode expected = pair.get("rouge");
        RougeScore score = scores.get(s);
        String what = "%s of '%s' against '%s'";
        String name = fixture.get("rouge").get(s).asString();
        assertThat(score.precision())
            .as(what, name, prediction, reference)
            .isCloseTo(expected.get(3 * s).asDouble(), within(TOLERANCE));
        assertThat(score.recall())
            .as(what, name, prediction, reference)
            .isCloseTo(expected.get(3 * s + 1).asDouble(), within(TOLERANCE));
        assertThat(score.f())
            .as(what, name, prediction, reference)
            .isCloseTo(expected.get(3 * s + 2).asDouble(), within(TOLERANCE));
      }
    }
  }

  @Test
  void exactMatchAndF1AreSquads() {
    for (JsonNode pair : fixture.get("pairs")) {
      String prediction = pair.get("hypothesis").asString();
      List<String> gold = List.of(pair.get("reference").asString());
      assertThat(AnswerMatch.exact(prediction, gold) ? 1.0 : 0.0)
          .as("'%s' against '%s'", prediction, gold)
          .isEqualTo(pair.get("exact").asDouble());
      assertThat(AnswerMatch.f1(prediction, gold))
          .as("'%s' against '%s'", prediction, gold)
          .isCloseTo(pair.get("f1").asDouble(), within(TOLERANCE));
    }
  }
}
