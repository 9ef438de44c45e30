package org.lambdascope.app.common;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;

/** Names of files, as they are written and as they are shown. */
public final class FileNames {

  private static final String HOME = "~";

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

  /**
   * A path as it is shown: the home folder is {@code ~}, so that what tells paths apart is seen
   * first. {@link #path} reads it.
   */
  public static String shown(Path path) {
    Path home = Path.of(System.getProperty("user.home", ""));
    return home.isAbsolute() && home.getNameCount() > 0 && path.startsWith(home)
        ? path.equals(home) ? HOME : HOME + path.toString().substring(home.toString().length())
        : path.toString();
  }

  /**
   * The path that was written so.
   *
   * @throws java.nio.file.InvalidPathException if it is none
   */
  public static Path path(String shown) {
    boolean below =
        shown.equals(HOME)
            || shown.startsWith(HOME + "/")
            || shown.startsWith(HOME + File.separator);
    return below
        ? Path.of(System.getProperty("user.home", "") + shown.substring(HOME.length()))
        : Path.of(shown);
  }

  /** A name that every file system takes, made of words; never empty. */
  public static String plain(String words) {
    String name =
        words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    return name.isEmpty() ? "figure" : name;
  }
}
