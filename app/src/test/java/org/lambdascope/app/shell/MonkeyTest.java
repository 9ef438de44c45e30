package org.lambdascope.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.lambdascope.app.samples.Samples;
import org.lambdascope.app.session.SessionFile;
import org.lambdascope.app.workbench.WorkbenchViewModel;

/**
 * Random actions on the whole window: nothing is thrown, nothing stands still, and nothing is kept
 * when the window is closed.
 *
 * <p>Runs when seeds are named, as the profile {@code monkey} does: {@code
 * -Dlambdascope.monkey.seeds=1,2,3,4,5 -Dlambdascope.monkey.actions=500}.
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

  /** Greater or smaller than before, by this part of it. */
  private static final double MOST_CHANGE = 0.10;

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

  /** With fewer actions chance decides what is reached. */
  private static final int ENOUGH = 2500;

  /**
   * Of pages, panels and menus, the part that one seed with 500 actions reaches at least: seven
   * plays reached 22 to 28 of 36.
   */
  private static final double FAIR_SHARE = 0.5;

  private static final int FAIR_ACTIONS = 500;

  private List<Path> good = List.of();
  private final MonkeyReach reach = new MonkeyReach();
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
    readAgain();
    play(WARM_UP_SEED, ACTIONS, output);
    long before = heap();
    LiveHeap.dump("before");
    for (long seed : SEEDS) {
      play(seed, ACTIONS, output);
      long after = heap();
      LiveHeap.dump("seed-" + seed);
      System.out.printf(
          "monkey, seed %d: %d actions, heap %.1f MB (%.1f MB before)%n",
          seed, ACTIONS, after / 1e6, before / 1e6);
      if (Math.abs(after - before) > before * MOST_CHANGE) {
        throw new AssertionError(
            "seed %d: expected the %.1f MB of heap before, give or take %.0f %%, found %.1f MB%n%s"
                .formatted(
                    seed, before / 1e6, 100 * MOST_CHANGE, after / 1e6, LiveHeap.histogram()));
      }
    }
    if (SEEDS.size() * ACTIONS >= ENOUGH) {
      assertThat(reach.missing()).as("what no seed came to").isEmpty();
    }
  }

  /** The state in which heaps are compared: the same document, read by the first arms. */
  private void readAgain() throws Exception {
    open(TOKENS);
    run();
  }

  /** Plays with a window, closes it and opens another. */
  private void play(long seed, int actions, Path output) throws Exception {
    Monkey monkey = new Monkey(seed, this, good, bad, output);
    Path state = folder.resolve("state-" + seed);
    try (Traps traps = new Traps()) {
      try {
        saveByItself(state);
        for (int i = 0; i < actions && traps.caught().isEmpty(); i++) {
          monkey.act();
        }
        settle();
        closed = new WeakReference<>(window.workbench());
        close();
        leftInOrder(state.resolve("autosave"));
        start();
        readAgain();
      } catch (Exception | AssertionError e) {
        throw new AssertionError(told(seed, monkey, traps), e);
      }
      assertThat(traps.caught()).as(told(seed, monkey, traps)).isEmpty();
    }
    System.out.printf("monkey, seed %d: %s%n", seed, monkey.reach());
    if (ACTIONS >= FAIR_ACTIONS) {
      assertThat(monkey.reach().share())
          .as(monkey.reach().toString())
          .isGreaterThanOrEqualTo(FAIR_SHARE);
    }
    reach.reached(monkey.reach());
    // Robots, that of the platform too, remember the window in which they were last.
    robot.targetWindow(stage).moveTo(stage.getX() + 2, stage.getY() + 2).type(KeyCode.SHIFT);
  }

  /** As windows do that users open. */
  private void saveByItself(Path state) throws Exception {
    boolean[] begun = new boolean[1];
    Bounded.onFx(
        () -> {
          window.startAutosave(state, () -> begun[0] = true);
          return window;
        });
    Bounded.until("autosave has begun", () -> begun[0]);
  }

  /** What was not saved is kept to be offered; nothing claims that its window is still there. */
  private static void leftInOrder(Path autosaves) throws Exception {
    Bounded.until(
        "the autosave is ended",
        () -> files(autosaves).stream().noneMatch(f -> f.toString().endsWith(".lock")));
    List<Path> sessions = files(autosaves).stream().filter(SessionFile::isSession).toList();
    assertThat(sessions).hasSizeLessThanOrEqualTo(1);
    for (Path session : sessions) {
      SessionFile.read(session);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Bytes of heap that are in use when the closed window is gone. */
  private long heap() throws Exception {
    // Notices of a closed window wait for seconds to be taken away.
    for (int i = 0; i < PATIENCE_SECONDS && !closed.refersTo(null); i++) {
      System.gc();
      TimeUnit.SECONDS.sleep(1);
    }
    if (!closed.refersTo(null)) {
      LiveHeap.dump("kept");
      throw new AssertionError("a closed window is kept by something\n" + LiveHeap.histogram());
    }
    // The toolkit frees the pictures of nodes that are gone when it draws the next one.
    for (double opacity : new double[] {0.5, 1}) {
      Bounded.onFx(
          () -> {
            stage.getScene().getRoot().setOpacity(opacity);
            return stage;
          });
      TimeUnit.MILLISECONDS.sleep(500);
      System.gc();
    }
    return LiveHeap.bytes();
  }
}
