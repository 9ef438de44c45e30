package org.lambdascope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lambdascope.engine.experiment.ArmParser;

class PiecesTest {

  @Test
  void bucketsDouble() {
    assertThat(PositionBuckets.of(5000).stream().map(PositionBuckets.Bucket::label))
        .containsExactly("0–64", "64–256", "256–512", "512–1k", "1k–2k", "2k–4k", "4k–8k");
    assertThat(PositionBuckets.of(2)).hasSize(1);
    assertThat(PositionBuckets.of(64)).hasSize(1);
    assertThat(PositionBuckets.of(65)).hasSize(2);
    assertThat(PositionBuckets.of(Integer.MAX_VALUE).getLast().to()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void headingsTellArmsOfAKindApart() {
    assertThat(
            ScoreTable.headings(
                List.of(
                    ArmParser.parse("vanilla", 8),
                    ArmParser.parse("window:local=2", 8),
                    ArmParser.parse("window:local=3", 8))))
        .containsExactly("vanilla", "window#1", "window#2");
  }

  @Test
  void linesBreakBetweenWords() {
    String end = System.lineSeparator();
    assertThat(Paragraphs.wrap("one two three\n\nfour", "  ", 9))
        .isEqualTo("  one two" + end + "  three" + end + end + "  four" + end);
    assertThat(Paragraphs.wrap("abcdefgh i", "", 5)).isEqualTo("abcde" + end + "fgh i" + end);
    assertThat(Paragraphs.wrap("", "  ", 9)).isEmpty();
  }

  @Test
  void idsMayStandBetweenCommasOrSpacesOrInAnArray() {
    assertThat(TokenIds.parse("--ids", " [1, 2,3]\n4 5 ")).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void progressSaysSpeedAndTimeLeft() {
    assertThat(ProgressLine.line("vanilla", "tokens", 1000, 4000, 2))
        .isEqualTo("vanilla: 1,000 of 4,000 tokens (25 %), 500 tokens/s, 6 s left");
    assertThat(ProgressLine.duration(185)).isEqualTo("3 min 05 s");
    assertThat(ProgressLine.duration(7440)).isEqualTo("2 h 04 min");
  }
}
