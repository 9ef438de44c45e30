package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.common.Dialogs;
import org.lambdascope.app.common.ErrorReport;
import org.lambdascope.app.common.FxDialogs;
import org.lambdascope.app.common.FxTaskRunner;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/** A window that is closed in the middle of something: nothing of it stays open, or in memory. */
class ClosedWindowTest extends WindowFixture {

  private static final int MOST_COLLECTIONS = 40;

  @Test
  void theTourGoesWithIt() throws Exception {
    robot.interact(() -> window.tour().start());
    assertForgotten();
  }

  @Test
  void theScreenThatItFilledGoesWithIt() throws Exception {
    robot.interact(() -> stage.setFullScreen(true));
    assertForgotten();
  }

  @Test
  void aDialogGoesWithItAndNoneComesAfterIt() throws Exception {
    try (FxTaskRunner tasks = new FxTaskRunner()) {
      ErrorReport report = new ErrorReport("Cannot", "expected this, found that", "");
      robot.interact(
          () -> {
            Dialogs dialogs = new FxDialogs(stage, tasks);
            dialogs.error(report);
            assertThat(Window.getWindows()).hasSize(2);
            stage.close();
            dialogs.error(report);
            dialogs.notice("Done", "after it");
            assertThat(stage.getScene().getRoot().lookup(".notice")).isNull();
          });
    }
    assertThat(List.copyOf(Window.getWindows())).isEmpty();
    assertForgotten();
  }

  private void assertForgotten() throws Exception {
    WeakReference<WorkbenchViewModel> closed = closed();
    // Robots, that of the platform too, remember the window in which they were last.
    robot.targetWindow(stage).moveTo(stage).type(KeyCode.SHIFT);
    for (int i = 0; i < MOST_COLLECTIONS && !closed.refersTo(null); i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    if (!closed.refersTo(null)) {
      LiveHeap.dump("kept");
    }
    assertThat(closed.refersTo(null)).as("a closed window is collected").isTrue();
  }

  /** Closes the window and opens another. */
  private WeakReference<WorkbenchViewModel> closed() throws Exception {
    WeakReference<WorkbenchViewModel> reference = new WeakReference<>(window.workbench());
    close();
    start();
    return reference;
  }
}
