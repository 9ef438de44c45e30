package org.lambdascope.app.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stacks of the FX thread during one stall, and what they say of where its time went. */
final class StallSamples {

  /** What is no fault of the program. */
  enum Excuse {
    /** There is none. */
    NONE,
    /** The headless platform copies pixels one by one, which is the work of a screen elsewhere. */
    HEADLESS,
    /** The toolkit waits for its software renderer when a window opens or closes. */
    RENDERER,
    /** A window is made or closed, which nobody can use yet or any more. */
    WINDOWS
  }

  private static final String OURS = "org.lambdascope.";
  private static final int MOST_FRAMES = 3;

  /** The toolkit's method in which a window that opens or closes waits until all are drawn. */
  private static final String WAITS_FOR_RENDERER = "runWithRenderLock";

  private static final String HEADLESS_PLATFORM = "com.sun.glass.ui.headless.";

  /** Native methods of these wait for a disk, a network or another thread, not for a processor. */
  private static final List<String> WAITING =
      List.of("java.io.", "java.net.", "sun.nio.", "java.lang.Process", "org.duckdb.");

  /** Classes are read from files at their first use, whoever uses them. */
  private static final List<String> LOADING =
      List.of("java.lang.ClassLoader", "jdk.internal.loader.");

  /** By method, which the sampler may hit in any line, and then by line. */
  private final Map<String, Map<String, Integer>> places = new HashMap<>();

  private final Map<Excuse, Integer> ran = new EnumMap<>(Excuse.class);
  private final Map<Excuse, Integer> waited = new EnumMap<>(Excuse.class);
  private int taken;

  /**
   * Takes note of a stack.
   *
   * @param stack the inner frames first
   * @param windows whether a window is made or closed meanwhile
   */
  void add(StackTraceElement[] stack, Thread.State state, boolean windows) {
    List<String> ours = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (StackTraceElement frame : stack) {
      boolean own = frame.getClassName().startsWith(OURS);
      List<String> frames = own ? ours : others;
      if (frames.size() < MOST_FRAMES) {
        frames.add(text(frame, own));
      }
    }
    taken++;
    // Where nothing is to be done the thread waits too, in the platform's own loop.
    boolean idle = ours.isEmpty() && others.stream().noneMatch(f -> f.contains("quantum"));
    boolean waits = state == Thread.State.RUNNABLE ? !ours.isEmpty() && waitsOutside(stack) : !idle;
    (waits ? waited : ran).merge(excuse(stack, waits, windows), 1, Integer::sum);
    List<String> frames = ours.isEmpty() ? others : ours;
    String method = frames.isEmpty() ? "" : frames.getFirst().replaceAll(":-?\\d+$", "");
    places
        .computeIfAbsent(method, m -> new HashMap<>())
        .merge(String.join(" ← ", frames), 1, Integer::sum);
  }

  private static Excuse excuse(StackTraceElement[] stack, boolean waits, boolean windows) {
    if (windows) {
      return Excuse.WINDOWS;
    }
    if (waits) {
      return Arrays.stream(stack).anyMatch(f -> f.getMethodName().equals(WAITS_FOR_RENDERER))
          ? Excuse.RENDERER
          : Excuse.NONE;
    }
    return Arrays.stream(stack)
            .limit(MOST_FRAMES)
            .anyMatch(f -> f.getClassName().startsWith(HEADLESS_PLATFORM))
        ? Excuse.HEADLESS
        : Excuse.NONE;
  }

  /** Java calls a thread runnable while a native method of it waits for a file or a lock of one. */
  private static boolean waitsOutside(StackTraceElement[] stack) {
    return stack[0].isNativeMethod()
        && startsWith(stack[0], WAITING)
        && Arrays.stream(stack).noneMatch(f -> startsWith(f, LOADING));
  }

  private static boolean startsWith(StackTraceElement frame, List<String> names) {
    return names.stream().anyMatch(frame.getClassName()::startsWith);
  }

  /**
   * The part of a stall in which the thread computed, or waited for something in the program.
   *
   * @param nanos how long the stall was
   * @param computed processor time of the thread in it
   */
  long busy(long nanos, long computed) {
    return Math.min(nanos, computed + nanos * sum(waited) / taken);
  }

  /** The part of {@link #busy} that nothing excuses. */
  long own(long nanos, long computed) {
    int running = sum(ran);
    long part = running == 0 ? 0 : computed * ran.getOrDefault(Excuse.NONE, 0) / running;
    return Math.min(nanos, part + nanos * waited.getOrDefault(Excuse.NONE, 0) / taken);
  }

  /** What excuses most of it. */
  Excuse excuse() {
    return Arrays.stream(Excuse.values())
        .filter(e -> e != Excuse.NONE && times(e) > 0)
        .max(Comparator.comparingInt(this::times))
        .orElse(Excuse.NONE);
  }

  private int times(Excuse excuse) {
    return ran.getOrDefault(excuse, 0) + waited.getOrDefault(excuse, 0);
  }

  /** Where the thread was most of the time, its caller after it. */
  String place() {
    return places.values().stream()
        .max(Comparator.comparingInt(lines -> lines.values().stream().mapToInt(n -> n).sum()))
        .flatMap(lines -> lines.entrySet().stream().max(Map.Entry.comparingByValue()))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static int sum(Map<Excuse, Integer> counts) {
    return counts.values().stream().mapToInt(n -> n).sum();
  }

  private static String text(StackTraceElement frame, boolean own) {
    String type = frame.getClassName();
    String name = own ? type.substring(type.lastIndexOf('.') + 1) : type;
    return "%s.%s:%d".formatted(name, frame.getMethodName(), frame.getLineNumber());
  }
}
