package org.lambdascope.app.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Shows files in the system's own file manager. */
final class FileManager {

  private FileManager() {}

  /**
   * Shows where a file is.
   *
   * @throws IOException if the system has no command for it
   */
  static void reveal(Path path) throws IOException {
    new ProcessBuilder(command(System.getProperty("os.name", ""), path))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The command on a system; that of Linux can only open folders. */
  static List<String> command(String system, Path path) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return List.of("explorer.exe", "/select," + path);
    }
    if (name.startsWith("mac")) {
      return List.of("open", "-R", path.toString());
    }
    Path parent = path.getParent();
    Path folder = Files.isDirectory(path) || parent == null ? path : parent;
    return List.of("xdg-open", folder.toString());
  }
}
