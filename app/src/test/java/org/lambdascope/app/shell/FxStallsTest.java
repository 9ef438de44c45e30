package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lambdascope.app.shell.StallSamples.Excuse;

/** Which stalls of the FX thread are the program's. */
class FxStallsTest {

  private static final int NATIVE = -2;
  private static final long LIMIT = FxWatchdog.LIMIT_MILLIS;
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(10 * LIMIT);

  private static final StackTraceElement OURS =
      frame("org.lambdascope.app.runs.RunsViewModel", "reload", 12);
  private static final StackTraceElement PULSE =
      frame("com.sun.javafx.tk.quantum.QuantumToolkit", "pulse", 7);
  private static final StackTraceElement READ =
      frame("java.io.FileInputStream", "readBytes0", NATIVE);
  private static final StackTraceElement COPY =
      frame("com.sun.glass.ui.headless.HeadlessWindow", "blit", 3);

  private final StallSamples samples = new StallSamples();

  private static StackTraceElement frame(String type, String method, int line) {
    return new StackTraceElement(type, method, "X.java", line);
  }

  private void sample(int times, boolean windows, Thread.State state, StackTraceElement... stack) {
    for (int i = 0; i < times; i++) {
      samples.add(stack, state, windows);
    }
  }

  private void runnable(int times, StackTraceElement... stack) {
    sample(times, false, Thread.State.RUNNABLE, stack);
  }

  private static FxWatchdog.Stall stall(long busy, long own, Excuse excuse, String place) {
    return new FxWatchdog.Stall(busy, busy, own, excuse, place);
  }

  @Test
  void aThreadThatIsReadyWhileOthersHaveTheProcessorIsNotBusy() {
    runnable(10, frame("java.util.HashMap", "get", 1), OURS, PULSE);
    assertThat(samples.busy(NANOS, 0)).isZero();
    assertThat(samples.own(NANOS, 0)).isZero();
  }

  @Test
  void ourOwnReadingOfAFileIsBusyThoughItTakesNoProcessor() {
    runnable(6, READ, frame("java.nio.file.Files", "readString", 1), OURS, PULSE);
    runnable(4, OURS, PULSE);
    assertThat(samples.own(NANOS, 0)).isEqualTo(6 * NANOS / 10);
    assertThat(samples.place()).startsWith("RunsViewModel.reload:12");
  }

  @Test
  void filesThatTheToolkitReadsAndClassesThatAreLoadedAreNotOurs() {
    runnable(5, READ, frame("javafx.scene.text.Font", "loadFont", 1), PULSE);
    runnable(5, READ, frame("jdk.internal.loader.BuiltinClassLoader", "loadClass", 1), OURS, PULSE);
    assertThat(samples.busy(NANOS, 0)).isZero();
  }

  @Test
  void aLockThatWeWaitForIsBusyAndAnEmptyQueueIsNot() {
    sample(3, false, Thread.State.BLOCKED, OURS, PULSE);
    sample(7, false, Thread.State.WAITING, frame("com.sun.glass.ui.headless.Loop", "wait", 1));
    assertThat(samples.own(NANOS, 0)).isEqualTo(3 * NANOS / 10);
  }

  @Test
  void theHeadlessPlatformExcusesThePartOfTheTimeThatItTakes() {
    runnable(3, frame("java.nio.IntBuffer", "put", 1), COPY, PULSE); // most often one stack
    for (int line = 1; line <= 7; line++) {
      runnable(1, frame("org.lambdascope.app.mask.MaskImage", "paint", line), PULSE);
    }
    assertThat(samples.busy(NANOS, NANOS)).isEqualTo(NANOS);
    assertThat(samples.own(NANOS, NANOS)).isEqualTo(7 * NANOS / 10);
    assertThat(samples.excuse()).isEqualTo(Excuse.HEADLESS);
    assertThat(samples.place())
        .as("lines of a method are one place")
        .startsWith("MaskImage.paint:");
  }

  @Test
  void theRendererExcusesWaitingForIt() {
    sample(
        9,
        false,
        Thread.State.WAITING,
        frame("com.sun.javafx.tk.quantum.QuantumRenderer", "runWithRenderLock", 1),
        OURS);
    sample(1, false, Thread.State.WAITING, OURS, PULSE);
    assertThat(samples.excuse()).isEqualTo(Excuse.RENDERER);
    assertThat(samples.own(NANOS, 0)).isEqualTo(NANOS / 10);
  }

  @Test
  void whatHappensWhileAWindowIsMadeIsToldApart() {
    sample(8, true, Thread.State.RUNNABLE, OURS);
    runnable(2, OURS);
    assertThat(samples.excuse()).isEqualTo(Excuse.WINDOWS);
    assertThat(samples.own(NANOS, NANOS)).isEqualTo(NANOS / 5);
  }

  @Test
  void theFirstTimeExcusesAPlaceOnceAndNotWithoutEnd() {
    Set<String> seen = new HashSet<>();
    FxWatchdog.Stall brief = stall(2 * LIMIT, 2 * LIMIT, Excuse.NONE, "A.b:1 ← A.c:2");
    FxWatchdog.Stall again = stall(2 * LIMIT, 2 * LIMIT, Excuse.NONE, "A.b:9 ← A.d:2");
    FxWatchdog.Stall endless =
        stall(FxStalls.FIRST_USE_MILLIS, FxStalls.FIRST_USE_MILLIS, Excuse.NONE, "E.f:1 ← A.c:2");
    FxStalls.Judgement judged = FxStalls.judge(List.of(brief, again, endless), seen);
    assertThat(judged.first()).containsExactly(brief);
    assertThat(judged.counted()).containsExactly(again, endless);
    assertThat(seen).containsExactlyInAnyOrder("A.b", "E.f");
  }

  @Test
  void excusedStallsAreNumberedAndLongOnesOfWindowsAreCounted() {
    FxWatchdog.Stall opening = stall(2 * LIMIT, 0, Excuse.WINDOWS, "W.show:1");
    FxWatchdog.Stall endless = stall(FxStalls.WINDOWS_MILLIS, 0, Excuse.WINDOWS, "W.show:1");
    FxStalls.Judgement judged =
        FxStalls.judge(
            List.of(
                stall(LIMIT - 1, LIMIT - 1, Excuse.NONE, "A.b:1"),
                stall(2 * LIMIT, LIMIT - 1, Excuse.HEADLESS, "A.b:1"),
                stall(2 * LIMIT, LIMIT - 1, Excuse.RENDERER, "A.b:1"),
                opening,
                endless),
            new HashSet<>());
    assertThat(judged)
        .isEqualTo(new FxStalls.Judgement(List.of(endless), List.of(), List.of(opening), 1, 1, 1));
  }
}
