package org.lambdascope.app.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders with all that is in them. */
public final class FileTrees {

  private FileTrees() {}

  /** Deletes a folder, or a file; nothing if it is not there. */
  public static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> paths = Files.walk(tree)) {
      all = paths.sorted(Comparator.reverseOrder()).toList(); // what is in a folder before it
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
