package org.lambdascope.app.inspector;

import java.util.Locale;

/**
 * A token that may come next.
 *
 * @param rank from 1
 * @param id its id
 * @param text its text, for people
 * @param probability 0 to 1
 * @param share its probability relative to the highest of all arms, 0 to 1
 * @param actual whether it is the one that does come next in the arm's text
 */
public record Candidate(
    int rank, int id, String text, double probability, double share, boolean actual) {

  /** The probability for people. */
  public String percent() {
    return percent(probability);
  }

  /** A probability for people: {@code 12.3 %}, {@code < 0.1 %}. */
  static String percent(double probability) {
    if (Double.isNaN(probability)) {
      return "–";
    }
    return probability < 0.0005
        ? "< 0.1 %"
        : String.format(Locale.ROOT, "%.1f %%", 100 * probability);
  }
}
