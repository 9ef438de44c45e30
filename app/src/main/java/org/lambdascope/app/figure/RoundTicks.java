package org.lambdascope.app.figure;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnit;
import org.jfree.chart.axis.TickUnitSource;

/**
 * Tick steps of 1, 2 and 5 times a power of ten. All ticks of an axis have the decimals that its
 * step needs, so that labels are as short as can be and alike in every locale.
 */
final class RoundTicks implements TickUnitSource {

  private static final int[] STEPS = {1, 2, 5};
  private static final double NEARLY = 1 - 1e-9;

  private final boolean wholeNumbers;

  RoundTicks(boolean wholeNumbers) {
    this.wholeNumbers = wholeNumbers;
  }

  @Override
  public TickUnit getLargerTickUnit(TickUnit unit) {
    return getCeilingTickUnit(unit.getSize() * 1.001);
  }

  @Override
  public TickUnit getCeilingTickUnit(TickUnit unit) {
    return getCeilingTickUnit(unit.getSize());
  }

  @Override
  public TickUnit getCeilingTickUnit(double size) {
    double least = Math.clamp(size, wholeNumbers ? 1 : 1e-300, 1e300);
    int exponent = (int) Math.floor(Math.log10(least));
    for (int e = exponent; e <= exponent + 1; e++) {
      for (int step : STEPS) {
        double unit = step * Math.pow(10, e);
        if (unit >= least * NEARLY) {
          return new NumberTickUnit(unit, format(Math.max(0, -e)));
        }
      }
    }
    throw new IllegalStateException("no tick step for " + size);
  }

  /** Thousands separated as English does, a true minus sign, a fixed number of decimals. */
  static DecimalFormat format(int decimals) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setMinusSign('\u2212');
    symbols.setGroupingSeparator(',');
    symbols.setDecimalSeparator('.');
    DecimalFormat format = new DecimalFormat("#,##0", symbols);
    format.setMinimumFractionDigits(Math.min(decimals, 12));
    format.setMaximumFractionDigits(Math.min(decimals, 12));
    return format;
  }
}
