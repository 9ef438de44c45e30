package org.lambdascope.app.common;

import java.nio.file.Path;
import java.util.Locale;

/** Names of files that are written. */
public final class FileNames {

  private FileNames() {}

  /** The file with an extension, unless its name has it already. */
  public static Path withExtension(Path file, String extension) {
    String name = String.valueOf(file.getFileName());
    return name.toLowerCase(Locale.ROOT).endsWith("." + extension)
        ? file
        : file.resolveSibling(name + "." + extension);
  }

  /** A name without its extension. */
  public static String base(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** A name that every file system takes, made of words; never empty. */
  public static String plain(String words) {
    String name =
        words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    return name.isEmpty() ? "figure" : name;
  }
}
