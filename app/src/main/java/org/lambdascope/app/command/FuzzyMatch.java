package org.lambdascope.app.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How well a text answers a query: each word of the query must be found in it, its letters in
 * order, wherever the word stands. Letters that begin words or follow one another count most.
 *
 * @param score higher is better
 * @param hits places of the letters that were found, ascending
 */
record FuzzyMatch(int score, List<Integer> hits) {

  private static final int LETTER = 1;
  private static final int START_OF_WORD = 8;
  private static final int IN_A_ROW = 6;
  private static final int GAP = 3;
  private static final double LEAST_PER_LETTER = 3.6;
  private static final int NEVER = Integer.MIN_VALUE / 2;

  FuzzyMatch {
    hits = List.copyOf(hits);
  }

  /** Null if some word is not in the text; a query of no words matches everything with score 0. */
  static @Nullable FuzzyMatch of(String query, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.length() != text.length()) {
      lower = text; // some letter has another length in lower case, so places would be wrong
    }
    int score = 0;
    TreeSet<Integer> hits = new TreeSet<>();
    for (String word : query.toLowerCase(Locale.ROOT).trim().split("\\s+", -1)) {
      FuzzyMatch match = word(word, lower);
      if (match == null) {
        return null;
      }
      score += match.score;
      hits.addAll(match.hits);
    }
    return new FuzzyMatch(score, new ArrayList<>(hits));
  }

  /** The best way to find the letters of a word in order, by dynamic programming. */
  private static @Nullable FuzzyMatch word(String word, String text) {
    int n = text.length();
    int m = word.length();
    if (m == 0) {
      return new FuzzyMatch(0, List.of());
    }
    int[][] best = new int[m][n]; // the best score with letter i of the word at place j of the text
    int[][] from = new int[m][n]; // where the letter before it is then
    for (int i = 0; i < m; i++) {
      Arrays.fill(best[i], NEVER);
      int before = NEVER; // of the letter before, at least one place apart
      int beforeAt = -1;
      for (int j = i; j < n; j++) {
        if (i > 0 && j >= 2 && best[i - 1][j - 2] > before) {
          before = best[i - 1][j - 2];
          beforeAt = j - 2;
        }
        if (text.charAt(j) != word.charAt(i)) {
          continue;
        }
        int here = LETTER + (startsWord(text, j) ? START_OF_WORD : 0);
        if (i == 0) {
          best[i][j] = here;
          continue;
        }
        int inARow = best[i - 1][j - 1] + IN_A_ROW;
        int apart = before - GAP;
        if (Math.max(inARow, apart) > NEVER / 2) {
          best[i][j] = here + Math.max(inARow, apart);
          from[i][j] = inARow >= apart ? j - 1 : beforeAt;
        }
      }
    }
    int end = -1;
    for (int j = 0; j < n; j++) {
      if (best[m - 1][j] > NEVER / 2 && (end < 0 || best[m - 1][j] > best[m - 1][end])) {
        end = j;
      }
    }
    // Letters that lie scattered over the words of a text mean nothing.
    if (end < 0 || (m > 1 && best[m - 1][end] < LEAST_PER_LETTER * m)) {
      return null;
    }
    List<Integer> hits = new ArrayList<>();
    for (int i = m - 1, j = end; i >= 0; j = from[i][j], i--) {
      hits.addFirst(j);
    }
    return new FuzzyMatch(best[m - 1][end], hits);
  }

  private static boolean startsWord(String text, int at) {
    return at == 0
        || (Character.isLetterOrDigit(text.charAt(at))
            && !Character.isLetterOrDigit(text.charAt(at - 1)));
  }
}
