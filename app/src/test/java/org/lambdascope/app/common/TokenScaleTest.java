package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenScaleTest {

  @ParameterizedTest
  @EnumSource(TokenShading.class)
  void textCanBeReadOnEveryShade(TokenShading shading) {
    for (boolean dark : new boolean[] {false, true}) {
      TokenScale scale = shading.scale(dark);
      Color muted = new TokenPainter(dark).muted();
      assertThat(TokenScale.contrast(muted, scale.shade(Double.NaN))).isGreaterThan(4.5);
      for (int i = 0; i <= 200; i++) {
        Color shade = scale.at(i / 200.0);
        assertThat(TokenScale.contrast(TokenScale.textOn(shade), shade))
            .as("%s, dark %s, at %d of 200", shading, dark, i)
            .isGreaterThan(4.5);
      }
    }
  }
}
