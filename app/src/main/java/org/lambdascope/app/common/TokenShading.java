package org.lambdascope.app.common;

import java.util.Locale;

/** What shades a token. */
public enum TokenShading {
  /** Its negative log-likelihood. */
  NLL(
      "negative log-likelihood",
      "Negative log-likelihood of each token, in nats: 0 is certain, 8 is about 1 in 3,000."),
  /** Its probability. */
  PROBABILITY(
      "probability",
      "Probability of each token given those before it: the darker, the more probable."),
  /** Entropy of the distribution that predicted it. */
  ENTROPY(
      "entropy of the prediction",
      "Entropy −Σ p ln p of the next-token distribution that predicted each token, in nats, on the scale of the negative log-likelihood: how uncertain the arm was, whatever token came. The text is read once more for it."),
  /** What the selected token attends to it. */
  ATTENTION(
      "attention from the selected token",
      "Attention, after the softmax, of the selected token as the query to each token, in the layer and head that the panel at the right names; each shade is about five times the one before. Grey tokens are not visible to it."),
  /** Its difference to that under the reference arm. */
  DIFFERENCE(
      "difference to the reference arm",
      "Negative log-likelihood of each token in nats, less that under the reference arm: blue is less surprised than the reference, orange more.");

  private final String words;
  private final String meaning;

  TokenShading(String words, String meaning) {
    this.words = words;
    this.meaning = meaning;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** What a shade means, in sentences. */
  public String meaning() {
    return meaning;
  }

  /** The scale that its values are read on. */
  public TokenScale scale(boolean dark) {
    return switch (this) {
      case NLL, ENTROPY -> TokenScale.nll(dark);
      case PROBABILITY -> TokenScale.probability(dark);
      case ATTENTION -> TokenScale.attention(dark);
      case DIFFERENCE -> TokenScale.difference(dark);
    };
  }

  /** The lower end of the scale, for a legend. */
  public String low() {
    return switch (this) {
      case NLL, ENTROPY, PROBABILITY -> "0";
      case ATTENTION -> "≤ 0.01 %";
      case DIFFERENCE -> "≤ −%.0f nats".formatted(TokenScale.MOST_DIFFERENCE);
    };
  }

  /** The upper end of the scale, for a legend. */
  public String high() {
    return switch (this) {
      case NLL, ENTROPY -> "≥ %.0f nats".formatted(TokenScale.MOST_NLL);
      case PROBABILITY -> "1";
      case ATTENTION -> "100 %";
      case DIFFERENCE -> "≥ +%.0f nats".formatted(TokenScale.MOST_DIFFERENCE);
    };
  }

  /** A value in words; empty where there is none, or the token's likelihood says it already. */
  String describe(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return switch (this) {
      case NLL -> "";
      case PROBABILITY -> String.format(Locale.ROOT, "probability %.4f", value);
      case ENTROPY -> String.format(Locale.ROOT, "predicted with entropy %.3f nats", value);
      case ATTENTION ->
          value == 0
              ? "not visible to the selected token"
              : String.format(Locale.ROOT, "attention %.3f %%", 100 * value);
      case DIFFERENCE -> String.format(Locale.ROOT, "%+.3f nats to the reference", value);
    };
  }
}
