package org.lambdascope.app.figure;

/**
 * The type of a page.
 *
 * @param font of everything
 * @param small size of tick labels and the legend, in points
 * @param label size of axis labels and the titles of panels, in points
 * @param title size of the title above all panels, in points
 * @param letters how panels of a figure with several are lettered
 */
public record Typography(
    FigureFont font, float small, float label, float title, PanelLetters letters) {

  /** For the window, and for pages that are made for no venue. */
  public static final Typography DEFAULT =
      new Typography(FigureFont.SANS, 7f, 8f, 8.5f, PanelLetters.PARENTHESES);

  /** How panels are lettered. */
  public enum PanelLetters {
    /** {@code (a)}. */
    PARENTHESES,
    /** {@code a}. */
    PLAIN;

    /** The letter of a panel, counted from 0. */
    String of(int panel) {
      StringBuilder letters = new StringBuilder();
      for (int i = panel; i >= 0; i = i / 26 - 1) {
        letters.insert(0, (char) ('a' + i % 26));
      }
      return this == PARENTHESES ? "(" + letters + ")" : letters.toString();
    }
  }
}
