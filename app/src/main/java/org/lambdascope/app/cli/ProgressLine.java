package org.lambdascope.app.cli;

import java.util.Locale;
import org.lambdascope.engine.task.Progress;

/**
 * One line on standard error that says how far a run has come, at what speed and how long it will
 * take. It rewrites itself on a terminal; elsewhere, when asked for, it prints a line now and then.
 */
final class ProgressLine implements Progress, AutoCloseable {

  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 5_000_000_000L;

  /** Of less, nothing can be foretold. */
  private static final double LEAST_SHARE = 0.01;

  private final Terminal terminal;
  private final boolean shown;
  private final String unit;
  private String stage = "";
  private long stageStart;
  private long drawnAt;
  private int drawnLength;

  /**
   * Makes a line.
   *
   * @param forced whether it is shown although nobody watches
   * @param unit what is counted, such as {@code tokens}
   */
  ProgressLine(Terminal terminal, boolean forced, String unit) {
    this.terminal = terminal;
    this.unit = unit;
    shown = forced || terminal.interactive();
  }

  @Override
  public void update(String newStage, long done, long total) {
    if (!shown) {
      return;
    }
    long now = System.nanoTime();
    if (!newStage.equals(stage)) {
      close();
      stage = newStage;
      stageStart = now;
      drawnAt = now - LINE_NANOS;
    }
    long pause = terminal.interactive() ? REDRAW_NANOS : LINE_NANOS;
    if (now - drawnAt < pause && done < total) {
      return;
    }
    drawnAt = now;
    draw(line(stage, unit, done, total, (now - stageStart) * 1e-9));
  }

  @Override
  public void close() {
    clear();
  }

  /**
   * A progress of work that is not counted in tokens: shown as a share, with the time that all of
   * it will take.
   */
  Progress inPercent() {
    long start = System.nanoTime();
    long[] first = {-1};
    return (newStage, done, total) -> {
      if (!shown) {
        return;
      }
      long now = System.nanoTime();
      if (first[0] < 0) {
        first[0] = done;
      }
      long pause = terminal.interactive() ? REDRAW_NANOS : LINE_NANOS;
      if (now - drawnAt < pause && newStage.equals(stage)) {
        return;
      }
      stage = newStage;
      drawnAt = now;
      double share = total == 0 ? 1 : (double) done / total;
      double seconds = (now - start) * 1e-9;
      String left =
          share > LEAST_SHARE && done > first[0] && done < total
              ? ", %s left".formatted(duration(seconds * (total - done) / (done - first[0])))
              : "";
      draw(String.format(Locale.ROOT, "%.0f %%%s: %s", 100 * share, left, newStage));
    };
  }

  /** Clears the line on a terminal, so that what follows begins on an empty one. */
  void clear() {
    if (drawnLength > 0) {
      terminal.err().print("\r" + " ".repeat(drawnLength) + "\r");
      terminal.err().flush();
      drawnLength = 0;
    }
  }

  static String line(String stage, String unit, long done, long total, double seconds) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d %s (%d %%)",
            stage,
            done,
            total,
            unit,
            total == 0 ? 100 : 100 * done / total));
    if (done > 0 && seconds > 0) {
      double speed = done / seconds;
      out.append(
          String.format(Locale.ROOT, speed < 10 ? ", %.1f %s/s" : ", %,.0f %s/s", speed, unit));
      if (done < total) {
        out.append(", ").append(duration((total - done) / speed)).append(" left");
      }
    }
    return out.toString();
  }

  /** Seconds for people: {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 04 min}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return "%d min %02d s".formatted(whole / 60, whole % 60);
    }
    return "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }

  private void draw(String text) {
    if (terminal.interactive()) {
      String padding = " ".repeat(Math.max(0, drawnLength - text.length()));
      terminal.err().print("\r" + text + padding);
      drawnLength = text.length();
    } else {
      terminal.err().println(text);
    }
    terminal.err().flush();
  }
}
