package org.lambdascope.engine.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads a column of texts from a file of a format that needs a library of its own. */
@FunctionalInterface
public interface TextTable {

  /**
   * Reads the texts of a column, in the order of the rows; nulls are left out.
   *
   * @throws IOException naming the file, and the columns that there are
   */
  List<String> column(Path file, String column) throws IOException;
}
