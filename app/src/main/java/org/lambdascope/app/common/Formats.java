package org.lambdascope.app.common;

import java.util.Locale;

/** Numbers as people read them. The same on every machine: figures and screenshots travel. */
public final class Formats {

  /** A space at which no line is broken: a value alone in the next line says little. */
  public static final String TOGETHER = "\u00A0";

  /**
   * What stands between things that are said in one line; where it is broken, no dot begins one.
   */
  public static final String AND = TOGETHER + "· ";

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Formats() {}

  /** Bytes in binary units: {@code 1.5 MiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value >= 100 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }

  /** A whole number with thousands separators: {@code 8,192}. */
  public static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** A rate of tokens: {@code 1,234} or {@code 3.4}. */
  public static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond >= 10 ? "%,.0f" : "%.1f", perSecond);
  }

  /** Nats: {@code 1.234}, or a dash when there is none. */
  public static String nats(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** A difference, of which the magnitude matters: {@code 6×10⁻⁶}, {@code 0.25}. */
  public static String difference(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : String.valueOf(value);
    }
    if (Math.abs(value) >= 0.01) {
      return String.format(Locale.ROOT, "%.2f", value);
    }
    String[] parts = String.format(Locale.ROOT, "%.0e", value).split("e", 2);
    StringBuilder text = new StringBuilder(parts[0]).append("×10");
    String.valueOf(Integer.parseInt(parts[1]))
        .chars()
        .forEach(c -> text.append(c == '-' ? '⁻' : SUPERSCRIPTS.charAt(c - '0')));
    return text.toString();
  }

  /** How long something will still take: {@code 12 s left}; no guess is good to less than 1 s. */
  public static String left(double seconds) {
    return (seconds < 1 ? "under 1 s" : duration(seconds)) + " left";
  }

  /** A duration: {@code 0.4 s}, {@code 12 s}, {@code 3 min 05 s}. */
  public static String duration(double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0) {
      return "–";
    }
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
