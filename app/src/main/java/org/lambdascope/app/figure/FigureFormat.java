package org.lambdascope.app.figure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Files that a figure can become. */
public enum FigureFormat {
  PDF,
  SVG,
  PNG,
  CSV;

  /** File name extension, without the dot. */
  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format that a file name asks for.
   *
   * @throws IllegalArgumentException if its extension is none of these
   */
  public static FigureFormat of(Path file) {
    String name = String.valueOf(file.getFileName());
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(f -> f.extension().equals(extension))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: expected a name that ends in %s"
                        .formatted(
                            file,
                            Arrays.stream(values())
                                .map(f -> "." + f.extension())
                                .collect(Collectors.joining(", ")))));
  }
}
