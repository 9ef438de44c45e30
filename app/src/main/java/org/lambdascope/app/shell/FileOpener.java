package org.lambdascope.app.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.figure.spec.FigureBundle;
import org.lambdascope.app.session.SessionFile;

/** Opens files by what they are, whichever way they come: dropped, or named on the command line. */
final class FileOpener {

  private static final String RUN = "run.json";

  /** What files are opened as. */
  enum Sort {
    SESSION,
    EXPERIMENT,
    FIGURE,
    RUN,
    /** A model or a text. */
    SOURCE
  }

  /**
   * What opens a file of each sort.
   *
   * @param run takes the folder of a run
   * @param sources takes all models and texts at once
   */
  record Actions(
      Consumer<Path> session,
      Consumer<Path> experiment,
      Consumer<Path> figure,
      Consumer<Path> run,
      Consumer<List<Path>> sources) {}

  private final TaskRunner tasks;
  private final Actions actions;

  FileOpener(TaskRunner tasks, Actions actions) {
    this.tasks = tasks;
    this.actions = actions;
  }

  /** Looks at files in the background, and opens them. */
  void open(List<Path> paths) {
    if (!paths.isEmpty()) {
      tasks.start(
          "look at what to open",
          cancellation -> paths.stream().collect(Collectors.groupingBy(FileOpener::sort)),
          this::openSorted,
          failure -> {}); // only that the window closes: looking does not fail
    }
  }

  private void openSorted(Map<Sort, List<Path>> found) {
    found.getOrDefault(Sort.SESSION, List.of()).forEach(actions.session());
    found.getOrDefault(Sort.EXPERIMENT, List.of()).forEach(actions.experiment());
    found.getOrDefault(Sort.FIGURE, List.of()).forEach(actions.figure());
    found.getOrDefault(Sort.RUN, List.of()).stream()
        .map(path -> path.endsWith(RUN) ? path.toAbsolutePath().getParent() : path)
        .forEach(actions.run());
    actions.sources().accept(found.getOrDefault(Sort.SOURCE, List.of()));
  }

  /** What a file or folder is. */
  static Sort sort(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    if (SessionFile.isSession(path)) {
      return Sort.SESSION;
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return Sort.EXPERIMENT;
    }
    if (path.endsWith(RUN) || Files.isRegularFile(path.resolve(RUN))) {
      return Sort.RUN;
    }
    if (path.endsWith(FigureBundle.SPEC) || Files.isRegularFile(path.resolve(FigureBundle.SPEC))) {
      return Sort.FIGURE;
    }
    return Sort.SOURCE;
  }
}
