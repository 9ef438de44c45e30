package org.lambdascope.app.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.lambdascope.app.run.RunFolder;
import org.lambdascope.app.run.RunStore;
import org.lambdascope.app.run.RunStore.StoredMetric;
import org.lambdascope.app.run.RunSummary;

/**
 * Where runs come from: the store, and folders that were opened by themselves. Nothing stays open,
 * so that commands can write to the store meanwhile. Called on background threads.
 */
final class RunCatalogue {

  private RunCatalogue() {}

  /** The runs of a store, the latest first. */
  static List<RunSummary> stored(Path store) throws IOException {
    try (RunStore opened = RunStore.openToRead(store)) {
      return opened.summaries();
    }
  }

  /**
   * The run of a folder.
   *
   * @throws IOException if it holds none
   */
  static RunSummary folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "%s: expected the folder of a run, found %s"
              .formatted(folder, Files.exists(folder) ? "a file" : "nothing"));
    }
    try (RunStore store = RunStore.inMemory()) {
      store.put(folder);
      return store.summaries().getFirst();
    }
  }

  /** The metrics of a run, from the store or, if that does not have it, from its folder. */
  static List<StoredMetric> metrics(Path store, RunSummary run) throws IOException {
    String id = run.run().record().id();
    if (Files.isRegularFile(store)) {
      try (RunStore opened = RunStore.openToRead(store)) {
        List<StoredMetric> metrics = opened.metrics(id);
        if (!metrics.isEmpty()) {
          return metrics;
        }
      }
    }
    if (RunFolder.read(run.run().folder()) == null) {
      return List.of();
    }
    try (RunStore folder = RunStore.inMemory()) {
      folder.put(run.run().folder());
      return folder.metrics(id);
    }
  }

  /** The figures of a run by their folders, each of which the editor opens. */
  static List<Path> figures(RunSummary run) throws IOException {
    Path folder = RunFolder.figuresOf(run.run().folder());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> figures = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isDirectory).sorted().toList()) {
        if (Files.isRegularFile(file.resolve("figure.json"))) {
          figures.add(file);
        }
      }
    }
    return figures;
  }

  /** The picture beside a figure's folder. */
  static Path picture(Path figure) {
    return Objects.requireNonNull(figure.getParent(), "a figure lies in a run’s folder")
        .resolve(figure.getFileName() + ".png");
  }
}
