package org.lambdascope.app.figure.spec;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lambdascope.app.figure.Table;

/** Tables for LaTeX, with the rules of the package booktabs. */
public final class LatexTables {

  private LatexTables() {}

  /**
   * A {@code table} environment.
   *
   * @param caption what it shows
   * @param label what {@code \ref} names, after {@code tab:}
   * @param spansColumns whether it spans both columns of a page with two
   */
  public static String latex(Table table, String caption, String label, boolean spansColumns) {
    String environment = spansColumns ? "table*" : "table";
    StringBuilder out = new StringBuilder("% Needs \\usepackage{booktabs}.\n");
    out.append("\\begin{%s}[t]\n  \\centering\n".formatted(environment));
    out.append("  \\begin{tabular}{l%s}\n".formatted("r".repeat(table.columns().size())));
    out.append("    \\toprule\n    ").append(Captions.escaped(table.corner()));
    for (String column : table.columns()) {
      out.append(" & ").append(Captions.escaped(column));
    }
    out.append(" \\\\\n");
    for (Table.Section section : table.sections()) {
      out.append("    \\midrule\n");
      if (!section.title().isEmpty()) {
        out.append(
            "    \\multicolumn{%d}{l}{%s} \\\\\n"
                .formatted(table.columns().size() + 1, Captions.escaped(section.title())));
      }
      for (int r = 0; r < section.rows().size(); r++) {
        out.append("    ").append(row(section, r, table.columns().size())).append(" \\\\\n");
      }
    }
    out.append("    \\bottomrule\n  \\end{tabular}\n");
    out.append("  \\caption{%s}\n  \\label{tab:%s}\n".formatted(Captions.escaped(caption), label));
    return out.append("\\end{%s}\n".formatted(environment)).toString();
  }

  private static String row(Table.Section section, int row, int columns) {
    return Captions.escaped(section.rows().get(row).name())
        + IntStream.range(0, columns)
            .mapToObj(
                c -> {
                  String text = Captions.escaped(section.text(row, c));
                  return " & " + (section.isBest(row, c) ? "\\underline{" + text + "}" : text);
                })
            .collect(Collectors.joining());
  }
}
