package org.lambdascope.app.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Coalescer;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.FileTrees;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.figure.FigureExporter;
import org.lambdascope.app.run.RunFolder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps an edited experiment file that is not saved, so that it survives the window. */
public final class ExperimentDraft {

  private static final Logger LOG = Logger.getLogger(ExperimentDraft.class.getName());

  /** How long a change waits for others before it is kept. */
  private static final Duration KEEP = Duration.ofSeconds(5);

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NAME = "experiment.json";

  private final TaskRunner tasks;
  private final ExperimentViewModel edited;
  private @Nullable Path in;
  private long order;
  private long latest = -1;

  /**
   * What is kept.
   *
   * @param file where it belongs; null if it was never saved
   * @param run the folder of the run of which it is a copy; null if it is of none
   */
  private record Kept(String text, @Nullable String file, @Nullable String run) {}

  /** Keeps nothing yet. */
  public ExperimentDraft(TaskRunner tasks, ExperimentViewModel edited) {
    this.tasks = tasks;
    this.edited = edited;
    Coalescer soon = new Coalescer(tasks, KEEP);
    edited.textProperty().subscribe((before, now) -> soon.offer(this::keep));
    edited.dirtyProperty().subscribe((before, now) -> soon.offer(this::keep));
  }

  /** Keeps it in a folder from now on, which is made when there is something to keep. */
  public void keepIn(Path folder) {
    in = folder;
    keep();
  }

  private void keep() {
    Runnable now = ending();
    tasks.start(
        "keep the experiment file",
        c -> {
          now.run();
          return true;
        },
        kept -> {},
        failure -> LOG.log(Level.INFO, "an experiment file", failure));
  }

  /** Keeps it as it is now; to be run on another thread. */
  public Runnable ending() {
    Path folder = in;
    if (folder == null) {
      return () -> {};
    }
    ExperimentViewModel.State now = edited.state();
    Kept kept =
        edited.dirtyProperty().get()
            ? new Kept(now.text(), text(now.file()), text(now.run()))
            : null;
    long number = order++;
    return () -> {
      try {
        write(folder, number, kept);
      } catch (IOException e) {
        LOG.log(Level.INFO, "an experiment file that is not saved is not kept either", e);
      }
    };
  }

  private static @Nullable String text(@Nullable Path path) {
    return path == null ? null : path.toAbsolutePath().toString();
  }

  private synchronized void write(Path folder, long number, @Nullable Kept kept)
      throws IOException {
    if (number <= latest) {
      return; // overtaken
    }
    latest = number;
    if (kept == null) {
      FileTrees.delete(folder);
    } else {
      Files.createDirectories(folder);
      FigureExporter.writeText(
          JSON.createObjectNode()
              .put("text", kept.text())
              .put("file", kept.file())
              .put("run", kept.run())
              .toString(),
          folder.resolve(NAME));
    }
  }

  /**
   * Opens what another window kept; nothing if it kept nothing.
   *
   * @param opened called when this one keeps it
   * @param failed takes why it cannot be read
   */
  public void open(Path folder, Runnable opened, Consumer<Throwable> failed) {
    tasks.start(
        "open a kept experiment file",
        c -> read(folder.resolve(NAME)),
        found -> {
          found.ifPresent(edited::restore);
          Runnable now = ending();
          tasks.start(
              "keep the experiment file",
              c -> {
                now.run();
                return true;
              },
              kept -> opened.run(),
              failed);
        },
        failed);
  }

  private static @Nullable Path path(JsonNode kept, String name) {
    JsonNode text = kept.path(name);
    return text.isString() ? FileNames.path(text.stringValue()) : null;
  }

  private static Optional<ExperimentViewModel.State> read(Path from) throws IOException {
    if (!Files.isRegularFile(from)) {
      return Optional.empty();
    }
    JsonNode kept;
    try {
      kept = JSON.readTree(from.toFile());
    } catch (JacksonException e) {
      throw new IOException(from + ": expected a kept experiment file, found none", e);
    }
    Path file = path(kept, "file");
    Path run = path(kept, "run");
    Path before = file != null ? file : run != null ? RunFolder.specFile(run) : null;
    return Optional.of(
        new ExperimentViewModel.State(
            kept.path("text").asString(""),
            file,
            run,
            before != null && Files.isRegularFile(before)
                ? Files.readString(before, StandardCharsets.UTF_8)
                : ""));
  }
}
