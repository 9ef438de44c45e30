package org.lambdascope.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the results of an experiment on context go. */
final class ContextOutput {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the results into this folder as they come.")
  private @Nullable Path folder;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Nullable Path folder() {
    return folder;
  }

  boolean json() {
    return json;
  }

  /** Finds or makes the folder, before the run. */
  void prepare(Path model) throws IOException {
    if (folder != null) {
      FigureFiles.into(folder);
      if (folder.toRealPath().equals(model.toRealPath())) {
        throw CliException.usage(
            "--out %s: expected another folder than the model's".formatted(folder));
      }
    }
  }
}
