package org.lambdascope.engine.metrics;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How BLEU cuts a text into tokens; the names are sacreBLEU's. */
public enum BleuTokenisation {
  /** At white space only. */
  NONE("none"),
  /** As {@code mteval-v13a.pl} of WMT: entities decoded, ASCII punctuation set apart. */
  V13A("13a"),
  /** Every character by itself. */
  CHAR("char"),
  /** Chinese characters each by itself, the rest as {@link #V13A} sets punctuation apart. */
  ZH("zh");

  private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

  // sacreBLEU writes Extension B and the compatibility supplement with four-digit escapes, so that
  // its ranges are U+2001–2A6D and U+2F81–2FA1 instead of those beyond the basic plane. Scores are
  // compared with its scores: these are its ranges, first and last by turns.
  private static final int[] CHINESE = {
    0x3400, 0x4DB5, 0x4E00, 0x9FBB, 0xF900, 0xFA2D, 0xFA30, 0xFA6A, 0xFA70, 0xFAD9, 0x2001, 0x2A6D,
    0x2F81, 0x2FA1, 0xFF00, 0xFFEF, 0x2E80, 0x2EFF, 0x3000, 0x303F, 0x31C0, 0x31EF, 0x2F00, 0x2FDF,
    0x2FF0, 0x2FFF, 0x3100, 0x312F, 0x31A0, 0x31BF, 0xFE10, 0xFE1F, 0xFE30, 0xFE4F, 0x2600, 0x26FF,
    0x2700, 0x27BF, 0x3200, 0x32FF, 0x3300, 0x33FF
  };

  private final String id;

  BleuTokenisation(String id) {
    this.id = id;
  }

  /** The name in a signature. */
  public String id() {
    return id;
  }

  /**
   * Finds a tokenisation by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BleuTokenisation of(String id) {
    for (BleuTokenisation tokenisation : values()) {
      if (tokenisation.id.equals(id.toLowerCase(Locale.ROOT))) {
        return tokenisation;
      }
    }
    throw new IllegalArgumentException(
        "BLEU tokenisation: expected none, 13a, char or zh, found '%s'".formatted(id));
  }

  /** The tokens of a text. */
  public List<String> tokens(String text) {
    String line = Whitespace.stripTrailing(text);
    return Whitespace.split(
        switch (this) {
          case NONE -> line;
          case V13A -> punctuated(" " + decoded(line) + " ");
          case CHAR -> spaced(line, true);
          case ZH -> punctuated(spaced(Whitespace.stripLeading(line), false));
        });
  }

  private static String decoded(String line) {
    return line.replace("<skipped>", "")
        .replace("-\n", "")
        .replace('\n', ' ')
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
  }

  private static String punctuated(String line) {
    String cut = PUNCTUATION.matcher(line).replaceAll(" $1 ");
    cut = AFTER_NO_DIGIT.matcher(cut).replaceAll("$1 $2 ");
    cut = BEFORE_NO_DIGIT.matcher(cut).replaceAll(" $1 $2");
    return DASH_AFTER_DIGIT.matcher(cut).replaceAll("$1 $2 ");
  }

  private static String spaced(String line, boolean everything) {
    StringBuilder out = new StringBuilder(line.length() * 3);
    line.codePoints()
        .forEach(
            c -> {
              boolean apart = everything || isChinese(c);
              if (apart) {
                out.append(' ');
              }
              out.appendCodePoint(c);
              if (apart) {
                out.append(' ');
              }
            });
    return out.toString();
  }

  private static boolean isChinese(int codePoint) {
    for (int i = 0; i < CHINESE.length; i += 2) {
      if (codePoint >= CHINESE[i] && codePoint <= CHINESE[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
