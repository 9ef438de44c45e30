package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the toolkit does wrong is let through; what we do is not, wherever we are called. */
class TrapsTest {

  private static final StackTraceElement CHECK =
      new StackTraceElement("java.util.Objects", "checkIndex", "Objects.java", 1);
  private static final StackTraceElement BLIT =
      new StackTraceElement(
          "com.sun.glass.ui.headless.HeadlessWindow", "blit", "HeadlessWindow.java", 2);
  private static final StackTraceElement RESIZE =
      new StackTraceElement(
          "com.sun.glass.ui.headless.HeadlessWindow", "notifyResize", "HeadlessWindow.java", 3);
  private static final StackTraceElement SCENE =
      new StackTraceElement("javafx.scene.Scene", "setWidth", "Scene.java", 4);
  private static final StackTraceElement OURS =
      new StackTraceElement("org.lambdascope.app.mask.MaskCanvas", "resized", "M.java", 5);

  private final Traps traps = new Traps();

  @AfterEach
  void close() {
    traps.close();
  }

  private static void throwUncaught(Throwable thrown, StackTraceElement... stack) {
    thrown.setStackTrace(stack);
    Objects.requireNonNull(Thread.getDefaultUncaughtExceptionHandler())
        .uncaughtException(Thread.currentThread(), thrown);
  }

  @Test
  void theHeadlessPlatformMayDrawBeyondItsScreen() {
    throwUncaught(new IndexOutOfBoundsException(), CHECK, BLIT);
    assertThat(traps.caught()).isEmpty();
  }

  @Test
  void aListenerThatItCallsMayNotGoBeyondAnything() {
    throwUncaught(new IndexOutOfBoundsException(), CHECK, OURS, SCENE, RESIZE);
    throwUncaught(new IndexOutOfBoundsException(), CHECK, SCENE, RESIZE);
    assertThat(traps.caught()).hasSize(2);
  }

  @Test
  void anythingElseIsCaughtWhereverItComesFrom() {
    throwUncaught(new IllegalStateException(), BLIT);
    throwUncaught(new IndexOutOfBoundsException());
    assertThat(traps.caught()).hasSize(2);
  }
}
