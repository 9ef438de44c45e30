package org.lambdascope.app.shell;

import java.time.Duration;
import java.util.function.Supplier;
import org.lambdascope.app.common.TaskRunner;
import org.lambdascope.app.settings.Settings;
import org.lambdascope.app.settings.WindowLayout;

/**
 * Remembers how the window stands a moment after it was changed, and when it is closed: of a
 * program that is killed, the next start knows it too.
 */
final class LayoutMemory {

  /** How long a change waits for others: a divider that is dragged moves with every frame. */
  static final Duration REST = Duration.ofSeconds(1);

  private final TaskRunner tasks;
  private final Settings settings;
  private final Supplier<WindowLayout> layout;
  private boolean waiting;
  private boolean closed;

  /**
   * Remembers nothing yet.
   *
   * @param layout how the window stands
   */
  LayoutMemory(TaskRunner tasks, Settings settings, Supplier<WindowLayout> layout) {
    this.tasks = tasks;
    this.settings = settings;
    this.layout = layout;
  }

  /** Something stands elsewhere. */
  void changed() {
    if (!waiting && !closed) {
      waiting = true;
      tasks.after(REST, this::rested);
    }
  }

  /** Remembers it for the last time: a window that is closed has lost those of its parts. */
  void close() {
    closed = true;
    settings.setLayout(layout.get());
  }

  private void rested() {
    waiting = false;
    if (closed) {
      return;
    }
    WindowLayout now = layout.get();
    if (!now.equals(settings.layout())) {
      settings.setLayout(now);
      tasks.start(
          "remember the layout",
          cancellation -> {
            settings.flush();
            return now;
          },
          written -> {},
          failure -> {}); // it is in memory all the same, and written when the program ends
    }
  }
}
