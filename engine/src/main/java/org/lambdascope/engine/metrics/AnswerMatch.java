package org.lambdascope.engine.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * Exact match and token F1 of an answer, as SQuAD 2.0 (Rajpurkar et al., ACL 2018) is evaluated:
 * lower case, no ASCII punctuation, no articles, white space evened out; the best of all gold
 * answers counts.
 */
public final class AnswerMatch {

  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
  // Not \b, whose words differ between languages: here letters, numbers and the underscore.
  private static final Pattern ARTICLE =
      Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])");

  private AnswerMatch() {}

  /** Whether the prediction equals a gold answer after normalisation. */
  public static boolean exact(String prediction, List<String> answers) {
    String normal = normalise(prediction);
    return best(answers, gold -> normalise(gold).equals(normal) ? 1 : 0) > 0;
  }

  /**
   * The harmonic mean of token precision and recall, 0 to 1. Where either side has no tokens, 1 if
   * both have none.
   */
  public static double f1(String prediction, List<String> answers) {
    List<String> predicted = tokens(prediction);
    return best(answers, gold -> f1(predicted, tokens(gold)));
  }

  /** A text as it is compared. */
  public static String normalise(String text) {
    return String.join(" ", tokens(text));
  }

  private static List<String> tokens(String text) {
    String plain = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return Whitespace.split(ARTICLE.matcher(plain).replaceAll(" "));
  }

  private static double best(List<String> answers, ToDoubleFunction<String> score) {
    // A gold answer of which nothing is left counts only where there is no other.
    List<String> there = answers.stream().filter(a -> !tokens(a).isEmpty()).toList();
    return there.isEmpty()
        ? score.applyAsDouble("")
        : there.stream().mapToDouble(score).max().orElse(0);
  }

  private static double f1(List<String> predicted, List<String> gold) {
    if (predicted.isEmpty() || gold.isEmpty()) {
      return predicted.equals(gold) ? 1 : 0;
    }
    Map<String, Integer> free = new HashMap<>();
    gold.forEach(token -> free.merge(token, 1, Integer::sum));
    int common = 0;
    for (String token : predicted) {
      int left = free.getOrDefault(token, 0);
      if (left > 0) {
        common++;
        free.put(token, left - 1);
      }
    }
    double precision = (double) common / predicted.size();
    double recall = (double) common / gold.size();
    return common == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }
}
