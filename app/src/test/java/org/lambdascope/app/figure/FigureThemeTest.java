package org.lambdascope.app.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series are told apart by those who see fewer colours, and by those who see all. */
class FigureThemeTest {

  /**
   * What is left of linear red, green and blue (Machado et al. 2009, A Physiologically-based Model
   * for Simulation of Color Vision Deficiency, table 1, severity 1).
   */
  private enum Sight {
    NORMAL(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}),
    PROTANOPIA(
        new double[][] {
          {0.152286, 1.052583, -0.204868},
          {0.114503, 0.786281, 0.099216},
          {-0.003882, -0.048116, 1.051998}
        }),
    DEUTERANOPIA(
        new double[][] {
          {0.367322, 0.860646, -0.227968},
          {0.280085, 0.672501, 0.047413},
          {-0.011820, 0.042940, 0.968881}
        }),
    TRITANOPIA(
        new double[][] {
          {1.255528, -0.076749, -0.178779},
          {-0.078411, 0.930809, 0.147602},
          {0.004733, 0.691367, 0.303900}
        });

    private final double[][] matrix;

    Sight(double[][] matrix) {
      this.matrix = matrix;
    }
  }

  private static final double[][] TO_XYZ = {
    {0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047},
    {0.2126729, 0.7151522, 0.0721750},
    {0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883}
  };

  private static double[] times(double[][] matrix, double[] v) {
    return Arrays.stream(matrix)
        .mapToDouble(row -> Math.clamp(row[0] * v[0] + row[1] * v[1] + row[2] * v[2], 0, 1))
        .toArray();
  }

  private static double linear(int component) {
    double c = component / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  /** CIE L*a*b* under D65 of what is seen of a colour. */
  private static double[] lab(Color colour, Sight sight) {
    double[] rgb = {linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())};
    double[] f =
        Arrays.stream(times(TO_XYZ, times(sight.matrix, rgb)))
            .map(t -> t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116)
            .toArray();
    return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
  }

  private static double difference(Color a, Color b, Sight sight) {
    double[] x = lab(a, sight);
    double[] y = lab(b, sight);
    return Math.hypot(Math.hypot(x[0] - y[0], x[1] - y[1]), x[2] - y[2]);
  }

  /** Least differences: those of the palettes are 16.1 and 10.6; about 2 can just be seen. */
  @ParameterizedTest
  @CsvSource({"LIGHT, 15", "DARK, 10"})
  void everyPairOfThePaletteIsToldApart(FigureTheme theme, double least) {
    for (Sight sight : Sight.values()) {
      for (int i = 0; i < FigureTheme.PALETTE_SIZE; i++) {
        for (int j = 0; j < i; j++) {
          assertThat(difference(theme.palette(i), theme.palette(j), sight))
              .as("colours %d and %d, %s", j, i, sight)
              .isGreaterThan(least);
        }
        assertThat(difference(theme.palette(i), theme.background(), sight))
            .as("colour %d and the ground, %s", i, sight)
            .isGreaterThan(least);
      }
    }
  }
}
