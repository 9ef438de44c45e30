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
 * <p>A stall is counted if the thread itself was busy for longer than the limit: not if it was
 * ready and other programs had the processor, not the first time that the process comes to a place,
 * when classes are loaded and code is interpreted, and not where the headless platform copies
 * pixels one by one or a window that opens waits for the software renderer, which is the work of a
 * screen and of a graphics card elsewhere. No suite fails for it unless the limit is given: {@code
 * -Dlambdascope.fxStall=50}, in milliseconds.
 */
final class FxStalls implements BeforeAllCallback, AfterAllCallback {

  private static final int MOST_LINES = 12;
  private static final String HEADLESS = "com.sun.glass.ui.headless.";
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
    List<FxWatchdog.Stall> counted = new ArrayList<>();
    int others = 0;
    int headless = 0;
    int renderer = 0;
    List<FxWatchdog.Stall> first = new ArrayList<>();
    for (FxWatchdog.Stall stall : watchdog.take()) {
      if (stall.busyMillis() < FxWatchdog.LIMIT_MILLIS) {
        others++;
      } else if (stall.place().startsWith(HEADLESS)) {
        headless++;
      } else if (stall.busyMillis() - stall.rendererMillis() < FxWatchdog.LIMIT_MILLIS) {
        renderer++;
      } else if (SEEN.add(placeWithoutLines(stall.place()))) {
        first.add(stall);
      } else {
        counted.add(stall);
      }
    }
    String report =
        "FX thread, %s: %d stalls over %d ms (%d more at first use, %d while others had the processor, %d of the headless platform, %d of the renderer)%n"
            .formatted(
                context.getDisplayName(),
                counted.size(),
                FxWatchdog.LIMIT_MILLIS,
                first.size(),
                others,
                headless,
                renderer);
    report += lines("  ", counted) + lines("  first use: ", first);
    System.out.print(report);
    System.out.flush();
    if (STRICT && !counted.isEmpty()) {
      throw new AssertionError(report);
    }
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
