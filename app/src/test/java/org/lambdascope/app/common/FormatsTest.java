package org.lambdascope.app.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatsTest {

  @Test
  void bytesInBinaryUnits() {
    assertThat(Formats.bytes(0)).isEqualTo("0 B");
    assertThat(Formats.bytes(1023)).isEqualTo("1023 B");
    assertThat(Formats.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Formats.bytes(300L << 20)).isEqualTo("300 MiB");
    assertThat(Formats.bytes(Long.MAX_VALUE)).endsWith("TiB");
  }

  @Test
  void durations() {
    assertThat(Formats.duration(0.44)).isEqualTo("0.4 s");
    assertThat(Formats.duration(59.4)).isEqualTo("59 s");
    assertThat(Formats.duration(185)).isEqualTo("3 min 05 s");
    assertThat(Formats.duration(7260)).isEqualTo("2 h 01 min");
    assertThat(Formats.duration(Double.NaN)).isEqualTo("–");
    assertThat(Formats.left(0.04)).isEqualTo("under 1 s left");
    assertThat(Formats.left(1.25)).isEqualTo("1.3 s left");
  }

  @Test
  void differences() {
    assertThat(Formats.difference(6.2e-6)).isEqualTo("6×10⁻⁶");
    assertThat(Formats.difference(9.7e-13)).isEqualTo("1×10⁻¹²");
    assertThat(Formats.difference(2.4)).isEqualTo("2.40");
    assertThat(Formats.difference(0)).isEqualTo("0");
    assertThat(Formats.difference(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void ratesAndNats() {
    assertThat(Formats.rate(1234.4)).isEqualTo("1,234");
    assertThat(Formats.rate(3.44)).isEqualTo("3.4");
    assertThat(Formats.nats(Double.NaN)).isEqualTo("–");
    assertThat(Formats.nats(1.2345)).isEqualTo("1.235");
  }
}
