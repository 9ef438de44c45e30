package org.lambdascope.engine.metrics;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * ROUGE (Lin, 2004) as the Python package rouge-score defines it: texts are lower-cased, tokens are
 * runs of {@code [a-z0-9]}, nothing is stemmed. A text in another script has no tokens and scores
 * 0.
 */
public final class Rouge {

  /** How it is computed; to be stored beside the scores. */
  public static final String SIGNATURE = "rouge-score|stemmer:no|tok:[a-z0-9]+";

  private static final Pattern TOKEN = Pattern.compile("[a-z0-9]+");
  private static final Pattern LINE = Pattern.compile("\n");

  private Rouge() {}

  /**
   * ROUGE-n: overlap of n-grams.
   *
   * @param n at least 1
   */
  public static RougeScore n(int n, String reference, String prediction) {
    if (n < 1) {
      throw new IllegalArgumentException("ROUGE-n: expected n ≥ 1, found " + n);
    }
    NGrams expected = NGrams.of(tokens(reference), n);
    NGrams predicted = NGrams.of(tokens(prediction), n);
    return RougeScore.of(predicted.matches(expected), predicted.total(), expected.total());
  }

  /** ROUGE-L: the longest common subsequence of the whole texts. */
  public static RougeScore l(String reference, String prediction) {
    List<String> expected = tokens(reference);
    List<String> predicted = tokens(prediction);
    int longest = 0;
    int[] row = new int[predicted.size() + 1];
    for (String token : expected) {
      int diagonal = 0;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        row[j] =
            token.equals(predicted.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
        diagonal = above;
      }
      longest = row[row.length - 1];
    }
    return RougeScore.of(longest, predicted.size(), expected.size());
  }

  /**
   * ROUGE-Lsum: lines are sentences; for each of the reference, the union of its longest common
   * subsequences with those of the prediction, no token counted twice (section 3.2 of the paper as
   * ROUGE-1.5.5 does it).
   */
  public static RougeScore lSum(String reference, String prediction) {
    List<List<String>> expected = sentences(reference);
    List<List<String>> predicted = sentences(prediction);
    Map<String, Integer> freeExpected = counts(expected);
    Map<String, Integer> freePredicted = counts(predicted);
    long hits = 0;
    for (List<String> sentence : expected) {
      BitSet union = new BitSet();
      for (List<String> other : predicted) {
        markCommon(sentence, other, union);
      }
      for (int i = union.nextSetBit(0); i >= 0; i = union.nextSetBit(i + 1)) {
        String token = sentence.get(i);
        if (freeExpected.getOrDefault(token, 0) > 0 && freePredicted.getOrDefault(token, 0) > 0) {
          hits++;
          freeExpected.merge(token, -1, Integer::sum);
          freePredicted.merge(token, -1, Integer::sum);
        }
      }
    }
    return RougeScore.of(hits, size(predicted), size(expected));
  }

  /** Marks the places in {@code a} of one longest common subsequence with {@code b}. */
  private static void markCommon(List<String> a, List<String> b, BitSet marked) {
    int[][] table = new int[a.size() + 1][b.size() + 1];
    for (int i = 1; i <= a.size(); i++) {
      for (int j = 1; j <= b.size(); j++) {
        table[i][j] =
            a.get(i - 1).equals(b.get(j - 1))
                ? table[i - 1][j - 1] + 1
                : Math.max(table[i - 1][j], table[i][j - 1]);
      }
    }
    int i = a.size();
    int j = b.size();
    while (i > 0 && j > 0) {
      if (a.get(i - 1).equals(b.get(j - 1))) {
        marked.set(i - 1);
        i--;
        j--;
      } else if (table[i][j - 1] > table[i - 1][j]) {
        j--;
      } else {
        // Of several subsequences the reference package takes this one, and the union depends on it.
        i--;
      }
    }
  }

  private static List<String> tokens(String text) {
    return TOKEN.matcher(text.toLowerCase(Locale.ROOT)).results().map(m -> m.group()).toList();
  }

  private static List<List<String>> sentences(String text) {
    List<List<String>> sentences = new ArrayList<>();
    for (String line : LINE.split(text)) {
      sentences.add(tokens(line));
    }
    return sentences;
  }

  private static Map<String, Integer> counts(List<List<String>> sentences) {
    Map<String, Integer> counts = new HashMap<>();
    sentences.forEach(s -> s.forEach(token -> counts.merge(token, 1, Integer::sum)));
    return counts;
  }

  private static long size(List<List<String>> sentences) {
    return sentences.stream().mapToLong(List::size).sum();
  }
}
