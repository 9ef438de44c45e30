package org.lambdascope.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.prefs.Preferences;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.lambdascope.app.common.FxFilePicker;
import org.lambdascope.app.run.RunStore;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.session.StateFolder;
import org.lambdascope.app.settings.PreferencesSettings;

/** Opens the window from the command line. */
public final class WorkbenchLauncher {

  private WorkbenchLauncher() {}

  /**
   * Opens the window and returns when it is closed.
   *
   * @param model a model to open at once
   * @param text a text to open at once
   * @param samples are run when there is neither
   * @throws UnsupportedOperationException if there is no display
   */
  public static void launch(Optional<Path> model, Optional<Path> text, Samples samples) {
    List<Path> open = Stream.of(model, text).flatMap(Optional::stream).toList();
    CountDownLatch closed = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Platform.startup(
        () -> {
          try {
            Stage stage = new Stage();
            WorkbenchWindow window =
                new WorkbenchWindow(
                    stage,
                    new PreferencesSettings(
                        Preferences.userNodeForPackage(WorkbenchLauncher.class)),
                    FxFilePicker::new,
                    samples,
                    RunStore.standardFile());
            window.onEnded(closed::countDown);
            window.show(open);
            window.startAutosave(
                StateFolder.ofUser(),
                () -> {
                  if (open.isEmpty()) {
                    window.showcase().start();
                  }
                });
          } catch (RuntimeException | Error e) {
            failure.set(e);
            closed.countDown();
          }
        });
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Platform.exit();
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("the window could not be made", thrown);
    }
  }
}
