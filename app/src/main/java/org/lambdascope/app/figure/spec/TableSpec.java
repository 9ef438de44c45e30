package org.lambdascope.app.figure.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.figure.Table;

/**
 * The table of a {@link FigureSpec}. Its data name section, row, column and value of every cell;
 * rows and columns stand in the order in which they first appear there.
 *
 * @param corner what the columns are of, with its unit; may be empty
 * @param sections from the top, at least one
 */
public record TableSpec(String corner, List<SectionSpec> sections) {

  public TableSpec {
    if (sections.isEmpty()) {
      throw new IllegalArgumentException("expected \"sections\" with at least one, found none");
    }
    sections = List.copyOf(sections);
  }

  /**
   * How a section looks.
   *
   * @param name the quantity with its unit, as the data have it; may be empty
   * @param decimals of every value; null: 3
   * @param best which value of a column is underlined; null: none
   */
  public record SectionSpec(String name, @Nullable Integer decimals, Table.@Nullable Best best) {}
}
