package org.lambdascope.engine.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A question with passages, one of which answers it.
 *
 * @param question the question
 * @param value the answer in a word or two
 * @param answers all that count as the whole answer: the value, and the sentence that says it
 * @param passages all passages
 * @param gold which of them answers it
 */
record Question(
    String question, String value, List<String> answers, List<String> passages, int gold) {

  Question {
    answers = List.copyOf(answers);
    passages = List.copyOf(passages);
  }

  /**
   * Reads a line.
   *
   * @param most how many passages will be asked for
   */
  static Question of(JsonLines.Line line, int most) throws IOException {
    List<String> passages = line.texts("passages");
    double gold = line.number("gold");
    if (gold != Math.rint(gold) || gold < 0 || gold >= passages.size()) {
      throw line.error(
          "gold: expected a whole number below the %d passages, found %s"
              .formatted(passages.size(), gold));
    }
    if (passages.size() < most) {
      throw line.error(
          "passages: expected at least the %d that are asked for, found %d"
              .formatted(most, passages.size()));
    }
    String value = line.text("value");
    List<String> answers =
        line.object().has("answer") ? List.of(value, line.text("answer")) : List.of(value);
    return new Question(line.text("question"), value, answers, passages, (int) gold);
  }

  /** {@code k} passages in their order, among them the one that answers. */
  List<String> passages(int k) {
    List<String> chosen = new ArrayList<>();
    int others = k - 1;
    for (int i = 0; i < passages.size() && k > 0; i++) {
      if (i == gold) {
        chosen.add(passages.get(i));
      } else if (others > 0) {
        chosen.add(passages.get(i));
        others--;
      }
    }
    return chosen;
  }
}
