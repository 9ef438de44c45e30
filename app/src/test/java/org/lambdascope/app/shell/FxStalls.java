package org.lambdascope.app.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Says at the end of a suite where the FX thread stood still, and for how long.
 *
 * <p>A stall is counted if the thread itself was busy for longer than the limit, or waited for a
 * file or for another thread: not if it was ready and other programs had the processor; not the
 * first time that the process comes to a place, when classes are loaded and code is interpreted,
 * unless it takes {@value #FIRST_USE_MILLIS} ms; not for the part in which the headless platform
 * copies pixels one by one or a window that opens waits for the software renderer, which is the
 * work of a screen and of a graphics card elsewhere; and not while a window is made or closed,
 * unless it takes {@value #WINDOWS_MILLIS} ms. No suite fails for it unless the limit is given:
 * {@code -Dlambdascope.fxStall=50}, in milliseconds.
 */
final class FxStalls implements BeforeAllCallback, AfterAllCallback {

  private static final int MOST_LINES = 12;

  /** What takes longer is too long also for code that is interpreted. */
  static final long FIRST_USE_MILLIS = 500;

  /** What takes longer is too long also for a window that is made or closed. */
  static final long WINDOWS_MILLIS = 2_000;

  private static final boolean STRICT = System.getProperty("lambdascope.fxStall") != null;

  /** Places that were come to before, of all suites in this process. */
  private static final Set<String> SEEN = new HashSet<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    FxWatchdog.instance().watch();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    FxWatchdog watchdog = FxWatchdog.instance();
    watchdog.pause();
    Judgement judged = judge(watchdog.take(), SEEN);
    String report =
        "FX thread, %s: %s%n%s%s"
            .formatted(
                context.getDisplayName(),
                judged,
                lines("  ", judged.counted()),
                lines("  first use: ", judged.first()));
    System.out.print(report);
    System.out.flush();
    if (STRICT && !judged.counted().isEmpty()) {
      throw new AssertionError(report);
    }
  }

  /**
   * What became of stalls.
   *
   * @param counted those that nothing excuses
   * @param first those at places that were not come to before
   * @param windows those while windows were made or closed
   * @param others the number of those while others had the processor
   * @param headless the number of those of the headless platform
   * @param renderer the number of those of the renderer
   */
  record Judgement(
      List<FxWatchdog.Stall> counted,
      List<FxWatchdog.Stall> first,
      List<FxWatchdog.Stall> windows,
      int others,
      int headless,
      int renderer) {

    @Override
    public String toString() {
      return "%d stalls over %d ms (%d more at first use, %d while others had the processor, %d of the headless platform, %d of the renderer, %d up to %d ms while windows were made or closed)"
          .formatted(
              counted.size(),
              FxWatchdog.LIMIT_MILLIS,
              first.size(),
              others,
              headless,
              renderer,
              windows.size(),
              windows.stream().mapToLong(FxWatchdog.Stall::busyMillis).max().orElse(0));
    }
  }

  /**
   * Sorts stalls.
   *
   * @param seen places that were come to before; those of these stalls are added
   */
  static Judgement judge(List<FxWatchdog.Stall> stalls, Set<String> seen) {
    List<FxWatchdog.Stall> counted = new ArrayList<>();
    List<FxWatchdog.Stall> first = new ArrayList<>();
    List<FxWatchdog.Stall> windows = new ArrayList<>();
    int others = 0;
    int headless = 0;
    int renderer = 0;
    for (FxWatchdog.Stall stall : stalls) {
      if (stall.busyMillis() < FxWatchdog.LIMIT_MILLIS) {
        others++;
      } else if (stall.ownMillis() >= FxWatchdog.LIMIT_MILLIS) {
        boolean excused =
            seen.add(placeWithoutLines(stall.place())) && stall.ownMillis() < FIRST_USE_MILLIS;
        (excused ? first : counted).add(stall);
      } else {
        switch (stall.excuse()) {
          case HEADLESS -> headless++;
          case RENDERER -> renderer++;
          case WINDOWS -> (stall.busyMillis() < WINDOWS_MILLIS ? windows : counted).add(stall);
          case NONE -> others++;
        }
      }
    }
    return new Judgement(counted, first, windows, others, headless, renderer);
  }

  /**
   * Lets go of the windows of earlier tests if stalls are what counts: the toolkit's style manager
   * goes through all scenes of the process, also those that only await collection.
   */
  static void forgetClosedWindows() {
    if (STRICT) {
      System.gc();
    }
  }

  /** Two lines of one method are one place: the sampler hits either. */
  private static String placeWithoutLines(String place) {
    String inner = place.split(" ← ", 2)[0];
    return inner.replaceAll(":-?\\d+", "");
  }

  /** One line for a place, those with the longest stalls first. */
  private static String lines(String before, List<FxWatchdog.Stall> stalls) {
    Map<String, List<FxWatchdog.Stall>> places = new LinkedHashMap<>();
    stalls.stream()
        .sorted((a, b) -> Long.compare(b.busyMillis(), a.busyMillis()))
        .forEach(s -> places.computeIfAbsent(s.place(), p -> new ArrayList<>()).add(s));
    StringBuilder text = new StringBuilder();
    places.entrySet().stream()
        .limit(MOST_LINES)
        .forEach(
            entry -> {
              FxWatchdog.Stall longest = entry.getValue().getFirst();
              text.append(
                  "%s%d × up to %d ms (of %d ms): %s%n"
                      .formatted(
                          before,
                          entry.getValue().size(),
                          longest.busyMillis(),
                          longest.millis(),
                          entry.getKey()));
            });
    return text.toString();
  }
}
