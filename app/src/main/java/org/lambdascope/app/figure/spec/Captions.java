package org.lambdascope.app.figure.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.Table;
import org.lambdascope.app.figure.Typography.PanelLetters;

/** Captions, plain and for LaTeX. */
public final class Captions {

  /** What LaTeX reads otherwise, or does not have in text. */
  private static final Map<Character, String> LATEX =
      Map.ofEntries(
          Map.entry('\\', "\\textbackslash{}"),
          Map.entry('{', "\\{"),
          Map.entry('}', "\\}"),
          Map.entry('$', "\\$"),
          Map.entry('&', "\\&"),
          Map.entry('#', "\\#"),
          Map.entry('%', "\\%"),
          Map.entry('_', "\\_"),
          Map.entry('^', "\\textasciicircum{}"),
          Map.entry('~', "\\textasciitilde{}"),
          Map.entry('−', "$-$"),
          Map.entry('±', "$\\pm$"),
          Map.entry('×', "$\\times$"),
          Map.entry('≤', "$\\leq$"),
          Map.entry('≥', "$\\geq$"),
          Map.entry('≈', "$\\approx$"),
          Map.entry('Λ', "$\\Lambda$"),
          Map.entry('Σ', "$\\Sigma$"),
          Map.entry('Δ', "$\\Delta$"),
          Map.entry('μ', "$\\mu$"),
          Map.entry('σ', "$\\sigma$"),
          Map.entry('τ', "$\\tau$"),
          Map.entry('–', "--"),
          Map.entry('—', "---"),
          Map.entry('…', "\\ldots{}"));

  private Captions() {}

  /** A caption made of titles. */
  public static String of(Drawing drawing) {
    return switch (drawing) {
      case Figure figure -> of(figure);
      case Table table -> of(table);
    };
  }

  private static String of(Table table) {
    List<String> parts = new ArrayList<>();
    add(parts, table.title());
    if (table.hasBest()) {
      String where = table.hasBestEverywhere() ? "" : ", where not all are alike as printed";
      add(parts, "the best value of a column is underlined" + where);
    }
    return parts.isEmpty() ? "" : String.join(". ", parts) + ".";
  }

  /** What is shown, then the panels by letter. */
  private static String of(Figure figure) {
    List<String> parts = new ArrayList<>();
    List<Panel> panels = figure.panels();
    add(parts, figure.title());
    if (panels.size() == 1) {
      add(parts, panels.getFirst().title());
      add(parts, panels.getFirst().subtitle());
    } else {
      add(parts, figure.sharedSubtitle());
      List<String> lettered = new ArrayList<>();
      for (int i = 0; i < panels.size(); i++) {
        Panel panel = panels.get(i);
        String own = figure.ownSubtitle(panel);
        lettered.add(
            PanelLetters.PARENTHESES.of(i)
                + " "
                + panel.title()
                + (own.isEmpty() ? "" : ", " + own));
      }
      add(parts, String.join("; ", lettered));
    }
    return parts.isEmpty() ? "" : String.join(". ", parts) + ".";
  }

  private static void add(List<String> parts, String part) {
    if (!part.isEmpty()) {
      parts.add(part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
  }

  /**
   * A {@code figure} environment that includes the figure at its own size.
   *
   * @param fileName of the figure, as LaTeX finds it
   * @param label what {@code \ref} names, after {@code fig:}
   * @param spansColumns whether it spans both columns of a page with two
   */
  public static String latex(String caption, String fileName, String label, boolean spansColumns) {
    String environment = spansColumns ? "figure*" : "figure";
    return """
        %% Laid out at its final size: include it without width or scale.
        \\begin{%s}[t]
          \\centering
          \\includegraphics{%s}
          \\caption{%s}
          \\label{fig:%s}
        \\end{%s}
        """
        .formatted(environment, fileName, escaped(caption), label, environment);
  }

  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(LATEX.getOrDefault(c, String.valueOf(c)));
    }
    return out.toString();
  }
}
