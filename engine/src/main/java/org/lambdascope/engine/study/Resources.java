package org.lambdascope.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.lambdascope.engine.spec.SpecException;
import org.lambdascope.engine.spec.SpecNode;

/** Finds the files that an experiment file names, and remembers which were used. */
public final class Resources {

  private final Path folder;
  private final UnaryOperator<Path> bundled;
  private final TextTable tables;
  private final Set<Path> used = new TreeSet<>();

  /**
   * Finds files.
   *
   * @param folder from which relative paths start: that of the experiment file
   * @param bundled the bundled file of a name; the name itself if there is none
   * @param tables reads Parquet
   */
  public Resources(Path folder, UnaryOperator<Path> bundled, TextTable tables) {
    this.folder = folder;
    this.bundled = bundled;
    this.tables = tables;
  }

  /** The file that an entry names: beside the experiment file, or bundled. */
  Path document(SpecNode node) throws SpecException {
    Path path = folder.resolve(node.text()).normalize();
    if (!Files.exists(path)) {
      path = bundled.apply(Path.of(node.text()));
    }
    if (!Files.isRegularFile(path)) {
      throw Documents.missing(node, path);
    }
    used.add(path);
    return path;
  }

  /**
   * The model that an entry names: beside the experiment file, or bundled.
   *
   * @param models the bundled model of a name; the name itself if there is none
   */
  public Path model(SpecNode node, UnaryOperator<Path> models) throws SpecException {
    Path path = folder.resolve(node.text()).normalize();
    if (!Files.exists(path)) {
      path = models.apply(Path.of(node.text()));
    }
    if (!Files.exists(path)) {
      throw node.error(
          "expected a Hugging Face folder, a GGUF file or the name of a bundled model, found nothing at "
              + path);
    }
    return path;
  }

  String text(SpecNode node, Path path) throws IOException {
    return Documents.text(node, path);
  }

  TextTable tables() {
    return tables;
  }

  /** From which relative paths start. */
  public Path folder() {
    return folder;
  }

  /** The files that were read, for the record of a run. */
  public Set<Path> used() {
    return Set.copyOf(used);
  }
}
