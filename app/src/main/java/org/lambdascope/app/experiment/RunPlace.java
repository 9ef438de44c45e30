package org.lambdascope.app.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.Coalescer;
import org.lambdascope.app.common.FileNames;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.run.RunFolder;
import org.lambdascope.app.run.RunRecord;
import org.lambdascope.app.samples.Samples;

/** The folder of a run, which follows the file's name until one is chosen; and what it holds. */
public final class RunPlace {

  private final TaskRunner tasks;
  private final Samples samples;
  private final Coalescer soon;
  private final StringProperty out = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<@Nullable RunRecord> standing = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable String> ran = new ReadOnlyObjectWrapper<>();
  private boolean chosen;
  private int latest;

  /** What a folder holds: a run, and the text of the experiment file that it is of. */
  private record Found(RunRecord run, @Nullable String text) {

    static @Nullable Found in(Path folder) throws IOException {
      RunRecord run = RunFolder.read(folder);
      if (run == null) {
        return null;
      }
      Path spec = RunFolder.specFile(folder);
      return new Found(
          run,
          Files.isRegularFile(spec)
              ? new String(Files.readAllBytes(spec), StandardCharsets.UTF_8)
              : null);
    }
  }

  RunPlace(TaskRunner tasks, Samples samples) {
    this.tasks = tasks;
    this.samples = samples;
    soon = new Coalescer(tasks, Duration.ofMillis(250));
    out.subscribe((before, now) -> look());
  }

  /** The folder, as it is shown. */
  public StringProperty outProperty() {
    return out;
  }

  /** The run that the folder holds; null if it holds none. */
  public ReadOnlyObjectProperty<@Nullable RunRecord> standingProperty() {
    return standing.getReadOnlyProperty();
  }

  /** The experiment file that the folder's run is of, as it was then; null if it holds none. */
  ReadOnlyObjectProperty<@Nullable String> ranProperty() {
    return ran.getReadOnlyProperty();
  }

  /** Sets the folder, which then no longer follows the file's name. */
  public void set(Path folder) {
    set(FileNames.shown(folder));
  }

  /** Sets the folder as it is shown, which then no longer follows the file's name. */
  public void set(String folder) {
    chosen = true;
    out.set(folder);
  }

  /** Has it follow the file's name again. */
  void follow() {
    chosen = false;
  }

  /**
   * Proposes a folder, unless one is chosen.
   *
   * @param file null if it was never saved
   * @param name of the run
   */
  void suggest(@Nullable Path file, String name) {
    if (chosen) {
      return;
    }
    // Beside nothing that is bundled: that folder may not be ours to write to.
    Path bundled = samples.folder().orElse(null);
    Path beside = file == null ? null : file.toAbsolutePath().getParent();
    boolean elsewhere =
        beside == null || (bundled != null && beside.startsWith(bundled.toAbsolutePath()));
    Path base =
        elsewhere
            ? Path.of(System.getProperty("user.home", ""), "lambdascope-runs")
            : Objects.requireNonNull(beside, "a file’s folder").resolve("runs");
    out.set(FileNames.shown(base.resolve(name)));
  }

  /**
   * Where a run is put.
   *
   * @param resume whether it goes on with the run that the folder holds
   */
  record Ready(Path folder, boolean resume) {}

  /**
   * Makes ready for a run by what the folder holds now, which may be newer than what is shown:
   * where that is a finished run, another folder is taken.
   *
   * @param failed takes what is wrong with the folder
   */
  void prepare(Consumer<Ready> then, Consumer<Throwable> failed) {
    String named = out.get();
    tasks.start(
        "look into " + named,
        c -> ready(FileNames.path(named)),
        ready -> {
          if (!ready.folder().equals(FileNames.path(named))) {
            set(ready.folder());
          }
          then.accept(ready);
        },
        failed);
  }

  private static Ready ready(Path folder) throws IOException {
    RunRecord there = RunFolder.read(folder);
    if (there == null) {
      return new Ready(folder, false);
    }
    return there.status() == RunRecord.Status.DONE
        ? new Ready(unused(folder), false)
        : new Ready(folder, true);
  }

  /** A folder that is not there yet, of nearly that name. */
  private static Path unused(Path folder) {
    String name = String.valueOf(folder.getFileName()).replaceFirst("-\\d+$", "");
    for (int i = 2; ; i++) {
      Path next = folder.resolveSibling(name + "-" + i);
      if (!Files.exists(next)) {
        return next;
      }
    }
  }

  /** Looks, soon, what the folder holds. */
  void look() {
    soon.offer(this::lookNow);
  }

  private void lookNow() {
    int asked = ++latest;
    String folder = out.get();
    tasks.start(
        "look into " + folder,
        c ->
            folder.isBlank()
                ? Optional.<Found>empty()
                : Optional.ofNullable(Found.in(FileNames.path(folder))),
        found -> show(asked, found.orElse(null)),
        failure -> show(asked, null));
  }

  private void show(int asked, @Nullable Found found) {
    if (asked == latest) {
      ran.set(found == null ? null : found.text());
      standing.set(found == null ? null : found.run());
    }
  }
}
