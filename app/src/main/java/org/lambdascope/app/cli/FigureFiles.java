package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lambdascope.app.figure.Drawing;
import org.lambdascope.app.figure.Figure;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.figure.FigureMetadata;
import org.lambdascope.app.figure.Panel;
import org.lambdascope.app.figure.spec.FigureSet;
import org.lambdascope.app.figure.spec.RunConfiguration;

/**
 * The files of a command's results: figures as SVG, PNG and PDF, each also as a folder from which
 * it is drawn again, and tables beside them.
 */
final class FigureFiles {

  private final Path folder;
  private FigureMetadata metadata = FigureMetadata.NONE;
  private final List<Path> written = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private FigureFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Finds or makes the folder, before the run.
   *
   * @throws CliException if files cannot be written there
   */
  static FigureFiles into(Path folder) {
    OutputFile.requireName("--out", folder);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw CliException.failure(
          "--out %s: expected a folder to write into, found a file".formatted(folder));
    }
    try {
      Files.createDirectories(folder);
      // Asking for permission answers wrongly on some network file systems; writing does not.
      Files.delete(Files.createTempFile(folder, ".lambdascope", ".part"));
      // Once the process is told to stop, the JDK loads no font any more.
      FigureExporter.prepare();
    } catch (IOException e) {
      throw new CliException(
          ExitStatus.FAILURE,
          "--out %s: cannot be written: %s".formatted(folder, Failures.describe(e)),
          e);
    }
    return new FigureFiles(folder);
  }

  /**
   * Writes what was run; figures from here on name it.
   *
   * @param anonymous whether names are left out
   */
  void configuration(RunConfiguration configuration, boolean anonymous) throws IOException {
    metadata = new FigureMetadata(configuration.hash(), anonymous);
    written.add(configuration.write(folder, anonymous));
  }

  /** The place of a table, which the caller writes. */
  Path table(String name) {
    Path file = folder.resolve(name + ".csv");
    written.add(file);
    return file;
  }

  /** Writes panels side by side, or one alone. */
  void figure(String name, String title, List<Panel> panels) throws IOException {
    if (panels.isEmpty()) {
      missing.add(name);
      return;
    }
    figure(
        name, panels.size() == 1 ? Figure.of(panels.getFirst()) : Figure.sideBySide(title, panels));
  }

  /** Writes a figure or a table in all formats, unless it is an empty figure. */
  void figure(String name, Drawing drawing) throws IOException {
    if (drawing instanceof Figure figure && figure.isEmpty()) {
      missing.add(name);
      return;
    }
    written.addAll(FigureSet.write(folder, name, drawing, metadata));
  }

  /** The files so far. */
  List<Path> written() {
    return List.copyOf(written);
  }

  /** Says for which figures the text was too short: they have a table and no figure. */
  void noteMissing(Terminal terminal) {
    for (String name : missing) {
      terminal.note(name + ": no figure; too few positions were read or kept for one");
    }
  }
}
