package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/**
 * Random actions on the whole window: nothing is thrown, nothing stands still, and nothing is kept
 * when the window is closed.
 *
 * <p>Runs when seeds are named; all of them: {@code -Dlambdascope.monkey.seeds=1,2,3,4,5
 * -Dlambdascope.monkey.actions=500}.
 */
@EnabledIfSystemProperty(
    named = "lambdascope.monkey.seeds",
    matches = ".+",
    disabledReason = "random actions are for when they are asked for")
class MonkeyTest extends WindowFixture {

  private static final List<Long> SEEDS =
      Arrays.stream(System.getProperty("lambdascope.monkey.seeds", "1,2").split(","))
          .map(Long::valueOf)
          .toList();

  private static final int ACTIONS = Integer.getInteger("lambdascope.monkey.actions", 120);

  /** Loads classes and fills caches, so that what comes after is measured against it. */
  private static final long WARM_UP_SEED = 0;

  private static final double MOST_GROWTH = 0.10;
  private static final int TOKENS = 600;
  private static final int PATIENCE_SECONDS = 30;

  private static final String EXPERIMENT =
      """
      lambdascope: 1
      name: tiny
      model: lambda-llama
      arms: [vanilla, "window:local=16"]
      data: {text: welcome, piece: 64, count: 2}
      experiments:
        - kind: perplexity
          lengths: [16, 64]
      """;

  private List<Path> good = List.of();
  private List<Path> bad = List.of();
  private WeakReference<WorkbenchViewModel> closed = new WeakReference<>(null);

  @Override
  Samples samples(Path empty) throws IOException {
    Path bundled = folder.resolve("bundled");
    return Files.exists(bundled) ? Samples.in(bundled) : TinyModel.samples(bundled, TOKENS);
  }

  private void prepare(Path output) throws Exception {
    Path cepe = folder.resolve("models/lambda-cepe");
    TinyModel.addCepe(folder);
    good =
        List.of(
            TinyModel.in(folder),
            TinyModel.text(folder, TOKENS),
            cepe,
            Files.writeString(folder.resolve("tiny.yaml"), EXPERIMENT),
            output.resolve("session.lambdascope"),
            output.resolve("entropy/figure.json"));
    bad =
        List.of(
            folder.resolve("absent.txt"),
            Files.createDirectories(folder.resolve("empty")),
            Files.writeString(folder.resolve("empty.txt"), ""),
            Files.writeString(folder.resolve("bad.gguf"), "not a model at all, but long enough"),
            Files.write(folder.resolve("latin1.txt"), new byte[] {'c', (byte) 0xE9, '\n'}),
            Files.writeString(folder.resolve("bad.yaml"), "lambdascope: 1\narms: [no such"),
            Files.writeString(folder.resolve("figure.json"), "{\"panels\": 7}"),
            Files.writeString(folder.resolve("torn.lambdascope"), "PK"));
  }

  @Test
  void nothingIsThrownNothingStandsStillAndNothingIsKept() throws Exception {
    Path output = Files.createDirectories(folder.resolve("output"));
    prepare(output);
    play(WARM_UP_SEED, ACTIONS, output);
    long before = heap();
    for (long seed : SEEDS) {
      play(seed, ACTIONS, output);
      long after = heap();
      System.out.printf(
          "monkey, seed %d: %d actions, heap %.1f MB (%.1f MB before)%n",
          seed, ACTIONS, after / 1e6, before / 1e6);
      if (after > before * (1 + MOST_GROWTH)) {
        throw new AssertionError(
            "seed %d: expected at most %.0f %% more than the %.1f MB of heap before, found %.1f MB%n%s"
                .formatted(seed, 100 * MOST_GROWTH, before / 1e6, after / 1e6, histogram()));
      }
    }
  }

  /** Plays with a window, closes it and opens another. */
  private void play(long seed, int actions, Path output) throws Exception {
    open(TOKENS);
    Monkey monkey = new Monkey(seed, this, good, bad, output);
    try (Traps traps = new Traps()) {
      try {
        for (int i = 0; i < actions && traps.caught().isEmpty(); i++) {
          monkey.act();
        }
        settle();
        closed = new WeakReference<>(window.workbench());
        close();
        start();
      } catch (Exception | AssertionError e) {
        throw new AssertionError(told(seed, monkey, traps), e);
      }
      assertThat(traps.caught()).as(told(seed, monkey, traps)).isEmpty();
    }
    // Robots, that of the platform too, remember the window in which they were last.
    robot.targetWindow(stage).moveTo(stage.getX() + 2, stage.getY() + 2).type(KeyCode.SHIFT);
  }

  private static String told(long seed, Monkey monkey, Traps traps) {
    List<String> history = monkey.history();
    return "seed %d, %d actions:\n  %s\ncaught: %s"
        .formatted(seed, history.size(), String.join("\n  ", history), traps.caught());
  }

  /** Stops what runs, and closes all other windows. */
  private void settle() throws Exception {
    Bounded.onFx(
        () -> {
          workbench().cancel();
          window.runs().experiment().job().cancel();
          Clipboard.getSystemClipboard().clear(); // a figure for print takes 40 MB there
          List.copyOf(Window.getWindows()).stream()
              .filter(w -> w != stage && w instanceof Stage)
              .forEach(Window::hide);
          return stage;
        });
    Bounded.until(
        "nothing runs",
        () ->
            workbench().statusProperty().get() == null
                && window.models().openingProperty().get().isEmpty()
                && window.jobs().active().isEmpty());
  }

  /** Bytes that are in use when the closed window is gone. */
  private long heap() throws Exception {
    // Notifications of a closed window stay for seconds.
    for (int i = 0; i < PATIENCE_SECONDS && !closed.refersTo(null); i++) {
      System.gc();
      TimeUnit.SECONDS.sleep(1);
    }
    if (!closed.refersTo(null)) {
      throw new AssertionError("a closed window is kept by something\n" + histogram());
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      // The toolkit frees the pictures of nodes that are gone when it draws the next one.
      for (double opacity : new double[] {0.5, 1}) {
        Bounded.onFx(
            () -> {
              stage.getScene().getRoot().setOpacity(opacity);
              return stage;
            });
        TimeUnit.MILLISECONDS.sleep(200);
      }
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** The classes that hold the most bytes. */
  private static String histogram() throws JMException {
    Object text =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    return String.valueOf(text).lines().limit(40).collect(Collectors.joining("\n"));
  }
}
